import type { Run } from '../../src-main/contract/run.ts';
import { endedInSetup } from '../client/environment-changes.ts';
import { failureInWords, nextStepOf } from '../client/run-sign.ts';

/** How a run ended without a result that is ready: what happened, and what to do now. */
export interface Ending {
  readonly tone: 'red' | 'grey';
  readonly what: string;
  readonly next: string;
}

const nextFor = (run: Run): string => {
  const { state } = run;
  switch (state.name) {
    case 'failed':
      if (state.reason.kind === 'commandFailed' && state.reason.outOfMemory) return 'Give the environment more memory, then run again.';
      if (endedInSetup(run)) return 'Nothing was worked on. Read the end of the setup below, mend the script or the environment, then run again.';
      return state.phase === 'working' ? 'What it had changed by then was kept as far as it could be: open the review, or run again.' : 'Read the end of the log below, then run again.';
    case 'timedOut':
      return state.phase === 'working' ? 'Give the brief a larger time budget or a smaller goal, then run again.' : 'Raise the time that this step may take, then run again.';
    case 'lost':
      return 'Somebody removed it, or the engine did. The brief and the log are still here: run again.';
    case 'cancelled':
      return state.phase === 'queued' ? 'It had not begun. Run again puts it into the queue.' : 'The log up to there is kept. Run again begins from the base.';
    default:
      return '';
  }
};

/** null while it is under way, and when it is ready. */
export const endingOf = (run: Run): Ending | null => {
  const what = failureInWords(run);
  return what === null ? null : { tone: run.state.name === 'cancelled' ? 'grey' : 'red', what, next: nextStepOf(run) ?? nextFor(run) };
};
