import type { Brief } from '../../../src-main/contract/brief.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { columnOf } from '../../../src-main/domain/columns.ts';
import { recheckOf } from '../../../src-main/domain/recheck.ts';

/** A result that waits for a decision. */
export interface Waiting {
  readonly brief: Brief;
  readonly run: Run;
}

/** When a result came; a check of its selection does not make it newer. */
const cameAt = ({ state, endedAt }: Run): number => endedAt ?? recheckOf(state)?.endedAt ?? 0;

/** What waits for a decision: what nobody has looked at first, then the oldest. */
export const queueOf = (briefs: Readonly<Record<string, Brief>>, runs: Readonly<Record<string, Run>>): Waiting[] =>
  Object.values(briefs)
    .flatMap((brief) => {
      const run = brief.currentRun === null ? undefined : runs[brief.currentRun];
      return run && columnOf(brief, run) === 'review' ? [{ brief, run }] : [];
    })
    .toSorted((a, b) => Number(a.run.seen) - Number(b.run.seen) || cameAt(a.run) - cameAt(b.run) || a.brief.number - b.brief.number);
