import type { Brief } from '../../src-main/contract/brief.ts';
import type { Evidence } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { columnOf } from '../../src-main/domain/columns.ts';
import { settledState } from '../../src-main/domain/recheck.ts';
import { evidenceFor } from '../../src-main/domain/evidence.ts';
import { isWhole } from '../../src-main/domain/review/left-out.ts';
import { reasonInWords, stateInWords } from '../../src-main/domain/words.ts';

export interface RunSign {
  readonly tone: 'grey' | 'accent' | 'amber' | 'green' | 'red';
  readonly shape: 'circle' | 'clock' | 'play' | 'eye' | 'check' | 'cross' | 'stop' | 'dash' | 'undo';
  readonly word: string;
}

/** Whether a run has come to its end and left everything as it was: there is nothing to judge. */
export const hasChangedNothing = (run: Run): boolean => run.turns.at(-1)?.result?.outcome === 'noChanges';

/** How a result without changes is signed as long as nobody has decided about it. */
export const NO_CHANGES: RunSign = { tone: 'amber', shape: 'dash', word: 'No changes' };

/** A run's state as colour, shape and word. */
export const signOf = (run: Run): RunSign => {
  const word = stateInWords(run.state);
  switch (run.state.name) {
    case 'queued':
      return { tone: 'grey', shape: 'clock', word };
    case 'reviewable':
      return hasChangedNothing(run) ? NO_CHANGES : { tone: 'amber', shape: 'eye', word };
    case 'failed':
    case 'timedOut':
    case 'lost':
      return { tone: 'red', shape: 'cross', word };
    case 'cancelled':
    case 'cancelling':
      return { tone: 'grey', shape: 'stop', word };
    default:
      return { tone: 'accent', shape: 'play', word };
  }
};

/** The phases as the screen names them, by the names of the run's states. */
export const PHASE_WORD: Readonly<Record<string, string>> = {
  queued: 'waiting',
  preparing: 'preparing',
  settingUp: 'setup',
  sealing: 'sealing',
  working: 'work',
  collecting: 'collecting',
  checking: 'the checks',
};

/** Where and why a run ended without a result, in one sentence; null when it did not. */
export const failureInWords = (run: Run): string | null => {
  const { state } = run;
  switch (state.name) {
    case 'failed':
      return `In ${PHASE_WORD[state.phase]}: ${reasonInWords(state.reason)}`;
    case 'timedOut':
      return `The time budget ran out in ${PHASE_WORD[state.phase]}.`;
    case 'lost':
      return `Its container was gone when Drydock looked, in ${PHASE_WORD[state.phase]}.`;
    case 'cancelled':
      return `Cancelled in ${PHASE_WORD[state.phase]}.`;
    default:
      return null;
  }
};

/** The next step that a failure names, when it names one. */
export const nextStepOf = (run: Run): string | null =>
  run.state.name === 'failed' && run.state.reason.kind === 'fault' ? run.state.reason.fault.next : null;

/** How many checks passed on what the user has chosen of the result; null when there are none, `checked` false where that is not known. */
export const checkCount = (run: Run): { readonly passed: number; readonly total: number; readonly checked: boolean; readonly items: Evidence['items'] } | null => {
  const total = run.order.text.checks.length;
  const result = run.turns.at(-1)?.result;
  if (total === 0 || !result) return null;
  const tree = isWhole(run) ? result.tree : run.selectedTree;
  if (tree === undefined) return { passed: 0, total, checked: false, items: [] };
  const { items, checked } = evidenceFor(run, tree);
  return { passed: items.filter((item) => item.verdict === 'passed').length, total, checked: checked || isWhole(run), items };
};

/** Whether a run ended without a result: failed, out of time, or its container gone. */
export const hasFailed = (run: Run): boolean => ['failed', 'timedOut', 'lost'].includes(settledState(run.state).name);

/** What a card, a run and a result say about what leaves the machine. */
export const modelInWords = (text: Brief['text']): string => {
  const { mode, model } = text.runsWith;
  return mode === 'script' ? 'no model' : `model: ${model || 'not chosen'}`;
};

/** What a brief is called: the first line of its goal that says something. */
export const titleOf = (text: Brief['text']): string => text.goal.trimStart().split(/[\r\n]/, 1)[0]?.trim() || text.runsWith.command.trim() || 'Untitled brief';

/** Whether a run's work would be lost by cancelling it now. */
export const wouldLoseWork = (run: Run | null | undefined): boolean =>
  run != null && run.state.name !== 'queued' && columnOf({ decision: null, currentRun: run.id }, run) === 'running';
