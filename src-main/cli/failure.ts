import type { Fault, FaultCode } from '../contract/fault.ts';
import { ServiceUnreachable } from '../wire/client/connection.ts';
import { faultIn } from '../wire/client/fault-in.ts';

/** Exit status, as documented for scripts. */
export const EXIT = { done: 0, runFailed: 1, refused: 2, unavailable: 3, interrupted: 130 } as const;

/** A fault, or one that only a client can meet: no service to talk to. */
export type CommandFault = Omit<Fault, 'code'> & { code: FaultCode | 'serviceUnavailable' };

/** Ends a command with a fault instead of a stack trace. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly fault: CommandFault;
  constructor(fault: CommandFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** Ends a command that was used wrongly. */
export function wrongUse(message: string, next: string): CommandFailure {
  return new CommandFailure({ code: 'invalid', message, next });
}

const unavailable: ReadonlySet<CommandFault['code']> = new Set([
  'serviceUnavailable', 'engineUnavailable', 'engineFailed', 'imageMissing', 'diskFull', 'dataHeld', 'newerData', 'damagedData', 'internal',
]);

export function exitStatusOf(fault: CommandFault): number {
  return unavailable.has(fault.code) ? EXIT.unavailable : EXIT.refused;
}

/** Any error as a fault with a next step. Only its message is kept, never a stack. */
export function asFault(error: unknown): CommandFault {
  if (error instanceof CommandFailure) return error.fault;
  const fault = faultIn(error) ?? carriedFault(error);
  if (fault !== null) return fault;
  if (error instanceof ServiceUnreachable || (error instanceof Error && error.name === 'AbortError')) {
    const message = error instanceof ServiceUnreachable ? error.message : 'The connection to the service was cut.';
    return { code: 'serviceUnavailable', message, next: 'Start it with `drydock serve` or the app, then try again.' };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something unforeseen: ${message}`, next: 'Try again; `drydock doctor` reports on this machine.' };
}

/** Errors of the service's own parts carry a fault when a service is composed in this process. */
function carriedFault(error: unknown): Fault | null {
  return error instanceof Error && 'fault' in error ? (error.fault as Fault) : null;
}
