import { ORPCError } from '@orpc/server';
import type { Fault } from '../../../src-main/contract/fault.ts';

/** Answers with a fault, as the service does. */
export const refuse = (fault: Fault): never => {
  throw new ORPCError('FAULT', { status: 422, defined: true, message: fault.message, data: fault });
};
