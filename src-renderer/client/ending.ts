import type { Run } from '../../src-main/contract/run.ts';
import { endedInSetup } from './environment-changes.ts';
import { failureInWords, nextStepOf, signOf, type RunSign } from './run-sign.ts';

/** How a run ended without a result that is ready: what happened, and what to do now. */
export interface Ending {
  readonly tone: 'red' | 'grey';
  readonly shape: RunSign['shape'];
  readonly what: string;
  readonly next: string;
}

const nextFor = (run: Run): string => {
  const { state } = run;
  switch (state.name) {
    case 'failed':
      if (state.reason.kind === 'commandFailed' && state.reason.outOfMemory) return 'Give the environment more memory, then run again.';
      if (endedInSetup(run)) return 'Nothing was worked on. Read the end of the setup, mend the script or the environment, then run again.';
      return 'Read the end of the log, then run again.';
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

/** Changes that it left in spite of its end: they can be looked at and landed as any others. */
const hasKept = (run: Run): boolean => run.turns.at(-1)?.result?.outcome === 'done';

/** null while it is under way, and when it is ready. */
export const endingOf = (run: Run): Ending | null => {
  const what = failureInWords(run);
  if (what === null) return null;
  const next = nextStepOf(run) ?? nextFor(run);
  return { tone: run.state.name === 'cancelled' ? 'grey' : 'red', shape: signOf(run).shape, what, next: hasKept(run) ? `What it had changed by then is kept for review. ${next}` : next };
};
