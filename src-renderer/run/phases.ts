import type { Phase, Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { phaseOf } from '../../src-main/domain/run-machine.ts';

const ORDER: readonly Phase[] = ['queued', 'preparing', 'settingUp', 'sealing', 'working', 'collecting', 'checking'];

/** The phases as headings. */
export const PHASE_TITLE: Readonly<Record<Phase, string>> = {
  queued: 'Waiting',
  preparing: 'Preparing',
  settingUp: 'Setup',
  sealing: 'Sealing',
  working: 'Work',
  collecting: 'Collecting',
  checking: 'Checks',
};

export interface BegunPhase {
  readonly phase: Phase;
  readonly from: number;
  /** null: under way. */
  readonly until: number | null;
  readonly state: 'done' | 'active' | 'failed';
}

/** The phases that a run has been in, by when they began. */
export const begunPhases = (run: Run): readonly BegunPhase[] => {
  const ended = hasEnded(run.state);
  const broken = ended && run.state.name !== 'reviewable' ? phaseOf(run.state) : null;
  // A run that went back, as to the queue, still has the times of what it did not reach again.
  const reached = ended ? ORDER : ORDER.slice(0, ORDER.indexOf(phaseOf(run.state)) + 1);
  const begun = reached.flatMap((phase) => {
    const from = run.times[phase];
    return from === undefined ? [] : [{ phase, from }];
  }).sort((a, b) => a.from - b.from);
  return begun.map(({ phase, from }, at) => {
    const until = begun[at + 1]?.from ?? run.endedAt;
    const isLast = at === begun.length - 1;
    return { phase, from, until, state: broken === phase ? 'failed' : isLast && !ended ? 'active' : 'done' };
  });
};

/** The phase that a moment falls into. */
export const phaseAt = (phases: readonly BegunPhase[], at: number): Phase | null => phases.findLast(({ from }) => from <= at)?.phase ?? phases[0]?.phase ?? null;
