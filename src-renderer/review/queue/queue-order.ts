import type { Brief } from '../../../src-main/contract/brief.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { columnOf } from '../../../src-main/domain/columns.ts';

/** A result that waits for a decision. */
export interface Waiting {
  readonly brief: Brief;
  readonly run: Run;
}

/** What waits for a decision: what nobody has looked at first, then the oldest. */
export const queueOf = (briefs: Readonly<Record<string, Brief>>, runs: Readonly<Record<string, Run>>, project: string | null = null): Waiting[] =>
  Object.values(briefs)
    .flatMap((brief) => {
      const run = brief.currentRun === null ? undefined : runs[brief.currentRun];
      return run && columnOf(brief, run) === 'review' && (project === null || brief.projectId === project) ? [{ brief, run }] : [];
    })
    .toSorted((a, b) => Number(a.run.seen) - Number(b.run.seen) || (a.run.endedAt ?? 0) - (b.run.endedAt ?? 0) || a.brief.number - b.brief.number);
