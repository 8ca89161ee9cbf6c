import type { Fault, FaultCode } from '../contract/fault.ts';
import { Failure } from '../ports/failure.ts';

/** How a use case says no, inside the core; at its edge it becomes plain data. */
export class Refusal extends Failure {}

/** Ends a use case with a fault: what happened, the one next step, and what a program may want to know. */
export const refuse = (code: FaultCode, message: string, next: string, detail?: Fault['detail']): never => {
  throw new Refusal({ code, message, next, ...(detail === undefined ? {} : { detail }) });
};
