import type { Brief } from '../../contract/brief.ts';
import type { BriefId, ProjectId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { columnOf } from '../../domain/columns.ts';
import type { Change, RunStore } from '../../ports/run-store.ts';

/** What of a brief that is not done decides whom it meets. */
export interface InPlay {
  readonly id: BriefId;
  readonly number: number;
  readonly projectId: ProjectId;
  readonly changedAt: number;
  readonly globs: readonly string[];
  readonly workingDirectory: string;
  /** The same for the same globs from the same folder; null: no globs. */
  readonly scopeKey: string | null;
  readonly currentRun: RunId | null;
  readonly work: { readonly kind: 'none' } | { readonly kind: 'running'; readonly run: RunId } | { readonly kind: 'finished'; readonly paths: readonly string[] };
}

/**
 * The briefs that are not done, kept up to date from what is committed: reading thousands of them out of the store each time
 * would hold everything else up.
 */
export const createInPlay = (store: Pick<RunStore, 'briefs' | 'run'>) => {
  const briefs = new Map<BriefId, InPlay>();

  const workOf = (brief: Pick<Brief, 'decision' | 'currentRun'>, run: Run | null): InPlay['work'] => {
    const column = columnOf(brief, run);
    if (run !== null && column === 'running') return { kind: 'running', run: run.id };
    return run !== null && column === 'review' ? { kind: 'finished', paths: run.turns.at(-1)?.result?.paths ?? [] } : { kind: 'none' };
  };
  const take = (brief: Brief): void => {
    briefs.delete(brief.id);
    if (brief.decision !== null) return;
    const { id, number, projectId, changedAt, currentRun, text } = brief;
    const { inPlay, workingDirectory } = text.scope;
    const scopeKey = inPlay.length === 0 ? null : JSON.stringify([workingDirectory, ...inPlay.toSorted()]);
    const work = workOf(brief, currentRun === null ? null : store.run(currentRun));
    briefs.set(id, { id, number, projectId, changedAt, globs: inPlay, workingDirectory, scopeKey, currentRun, work });
  };
  const takeRun = (run: Run): boolean => {
    const brief = briefs.get(run.briefId);
    if (brief === undefined || brief.currentRun !== run.id) return false;
    const work = workOf({ decision: null, currentRun: run.id }, run);
    if (JSON.stringify(work) === JSON.stringify(brief.work)) return false;
    briefs.set(brief.id, { ...brief, work });
    return true;
  };
  for (const brief of store.briefs()) take(brief);

  return {
    all: (): readonly InPlay[] => [...briefs.values()],
    /** Takes in what was committed; whether anything that matters here has changed. */
    take: (change: Change): boolean => {
      for (const brief of change.briefs ?? []) take(brief);
      const isMoved = (change.runs ?? []).map(takeRun).includes(true);
      const gone = new Set<string>(change.removedProjects ?? []);
      for (const id of change.removedBriefs ?? []) briefs.delete(id);
      for (const { id, projectId } of gone.size === 0 ? [] : [...briefs.values()]) if (gone.has(projectId)) briefs.delete(id);
      return isMoved || gone.size > 0 || (change.briefs ?? []).length > 0 || (change.removedBriefs ?? []).length > 0;
    },
  };
};
