import type { Run } from '../../src-main/contract/run.ts';
import { failureInWords, nextStepOf } from '../client/run-sign.ts';

/** How a run ended without a result that is ready: what happened, and what to do now. */
export interface Ending {
  readonly tone: 'red' | 'grey';
  readonly what: string;
  readonly next: string;
}

const SETUP: readonly string[] = ['preparing', 'settingUp', 'sealing'];

const nextFor = (run: Run): string => {
  const { state } = run;
  switch (state.name) {
    case 'failed':
      if (state.reason.kind === 'commandFailed' && state.reason.outOfMemory) return 'Give the environment more memory, then retry.';
      if (SETUP.includes(state.phase)) return 'Nothing was worked on. Read the end of the setup below, mend the script or the environment, then retry.';
      return state.phase === 'working' ? 'What it had changed by then was kept as far as it could be: open the review, or retry.' : 'Read the end of the log below, then retry.';
    case 'timedOut':
      return state.phase === 'working' ? 'Give the brief a larger time budget or a smaller goal, then retry.' : 'Raise the time that this step may take, then retry.';
    case 'lost':
      return 'Somebody removed it, or the engine did. The brief and the log are still here: retry it.';
    case 'cancelled':
      return state.phase === 'queued' ? 'It had not begun. Retry puts it into the queue again.' : 'The log up to there is kept. Retry begins again from the base.';
    default:
      return '';
  }
};

/** null while it is under way, and when it is ready. */
export const endingOf = (run: Run): Ending | null => {
  const what = failureInWords(run);
  return what === null ? null : { tone: run.state.name === 'cancelled' ? 'grey' : 'red', what, next: nextStepOf(run) ?? nextFor(run) };
};
