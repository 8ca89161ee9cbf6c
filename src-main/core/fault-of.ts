import type { Fault } from '../contract/fault.ts';
import { assertNever } from '../domain/assert-never.ts';
import { EngineFailure, type EngineFault } from '../ports/container-engine.ts';
import { Failure } from '../ports/failure.ts';

const engineFault = (fault: EngineFault): Fault => {
  const make = (code: Fault['code'], message: string, next: string): Fault => ({ code, message, next });
  switch (fault.kind) {
    case 'unavailable':
      return make('engineUnavailable', `The container engine does not answer: ${fault.message}`, 'Start the engine; `drydock doctor` says how.');
    case 'timedOut':
      return make('engineUnavailable', `The container engine did not answer "${fault.call}" within ${Math.round(fault.afterMs / 1000)} s.`, 'Restart the engine, then run again.');
    case 'noSuchContainer':
      return make('engineFailed', `The container ${fault.name} is gone.`, 'Run again.');
    case 'noSuchImage':
      return make('imageMissing', `The image ${fault.reference} is not on this machine.`, 'Pull or build it, or choose another image for the environment.');
    case 'nameTaken':
      return make('engineFailed', `A container named ${fault.name} exists already.`, 'Run again; if it stays, remove that container.');
    case 'diskFull':
      return make('diskFull', `The container engine has no disk space left: ${fault.message}`, 'Free disk space, then run again.');
    case 'refused':
      return make('engineFailed', `The container engine refused: ${fault.message}`, 'Read the reason above; `drydock doctor` checks the engine.');
    default:
      return assertNever(fault);
  }
};

const isNoSpace = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'SQLITE_FULL' || error.code === 'EDQUOT');

/** Any error as a fault that a person can act on. An unforeseen one is `internal`, with its message and without its stack. */
export const faultOf = (error: unknown): Fault => {
  if (error instanceof EngineFailure) return engineFault(error.fault);
  if (error instanceof Failure) return error.fault;
  if (isNoSpace(error)) return { code: 'diskFull', message: 'The disk is full.', next: 'Free disk space, then run again.' };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something unforeseen went wrong: ${message}`, next: 'Try again; if it happens again, report it.' };
};

/** Whether the engine itself is away, so that nothing can be said about what exists. */
export const isEngineAway = (error: unknown): boolean =>
  error instanceof EngineFailure && (error.fault.kind === 'unavailable' || error.fault.kind === 'timedOut');
