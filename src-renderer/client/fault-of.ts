import { ORPCError } from '@orpc/client';
import { fault, type Fault } from '../../src-main/contract/fault.ts';

/** Whatever a call threw, as a fault that can be shown: the service's own words where there are any. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof ORPCError) {
    const known = fault.safeParse(error.data);
    if (known.success) return known.data;
    if (error.code === 'BAD_REQUEST') {
      return { code: 'invalid', message: 'The service does not accept this value.', next: 'Check what you typed, then try again.' };
    }
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `The service could not do this: ${message}`, next: 'Try again; if it stays, restart Drydock.' };
};
