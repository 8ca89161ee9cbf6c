import type { FailureReason, RunState } from '../contract/run.ts';
import { assertNever } from './assert-never.ts';

/** Signal numbers whose name helps a person; a status above 128 means ended by signal (status − 128). */
const SIGNALS: Readonly<Record<number, string>> = { 6: 'aborted', 9: 'killed', 11: 'crashed', 15: 'ended from outside' };

/** A failure in one sentence. */
export const reasonInWords = (reason: FailureReason): string => {
  if (reason.kind === 'fault') return reason.fault.message;
  if (reason.outOfMemory) return 'It ran out of memory.';
  const signal = SIGNALS[reason.exitCode - 128];
  return signal === undefined
    ? `The command ended with status ${reason.exitCode}.`
    : `The command was ${signal} (status ${reason.exitCode}).`;
};

/** A run's state as the screen says it. */
export const stateInWords = (state: RunState): string => {
  switch (state.name) {
    case 'queued':
      return 'Queued';
    case 'preparing':
      return 'Preparing';
    case 'settingUp':
    case 'sealing':
      return 'Setting up';
    case 'working':
      return 'Working';
    case 'collecting':
      return 'Collecting';
    case 'checking':
      return state.recheck === undefined ? 'Checking' : 'Checking again';
    case 'reviewable':
      return 'Ready';
    case 'failed':
      return 'Failed';
    case 'cancelling':
      return 'Cancelling';
    case 'cancelled':
      return 'Cancelled';
    case 'timedOut':
      return 'Timed out';
    case 'lost':
      return 'Lost';
    default:
      return assertNever(state);
  }
};
