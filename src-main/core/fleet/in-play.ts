import type { BaseChoice, Brief } from '../../contract/brief.ts';
import type { BriefId, CommitId, LandingId, ProjectId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { columnOf } from '../../domain/columns.ts';
import type { Change, RunStore } from '../../ports/run-store.ts';
import type { Clock } from '../../ports/surroundings.ts';

/** Milliseconds after which a landing on a branch is told of no longer: whoever has not merged it by then does not mean to. */
export const LANDED_TOLD_MS = 30 * 24 * 60 * 60_000;

/** What of a brief that is not done, or was landed on a branch lately, decides whom it meets. */
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
  readonly decision: Brief['decision'];
  /** What its work is for, as it is now: the branch that its run started from, else the brief's choice. */
  readonly base: BaseChoice;
  readonly work:
    | { readonly kind: 'none' }
    | { readonly kind: 'running'; readonly run: RunId }
    | { readonly kind: 'finished'; readonly paths: readonly string[] }
    | { readonly kind: 'landed'; readonly landing: LandingId; readonly branch: string; readonly commit: CommitId; readonly at: number; readonly paths: readonly string[] };
}

/** What of a result is selected: what is left out meets nobody. */
const pathsOf = (run: Run): readonly string[] => (run.turns.at(-1)?.result?.paths ?? []).filter((path) => !run.excluded.includes(path));

const baseOf = (brief: Pick<Brief, 'text'>, run: Run | null): BaseChoice => {
  const base = run?.turns.at(-1)?.base;
  if (base == null) return brief.text.runsWith.base;
  return base.branch == null ? base.choice : { kind: 'branch', name: base.branch };
};

/**
 * The briefs that are not done or were landed on a branch lately, kept up to date from what is committed: reading thousands of them out of the store each time
 * would hold everything else up.
 */
export const createInPlay = (store: Pick<RunStore, 'briefs' | 'run' | 'landing'>, clock: Pick<Clock, 'now'>) => {
  const briefs = new Map<BriefId, InPlay>();

  /** The last landing on a branch, with what of the result was landed. */
  const landingOf = (run: Run): InPlay['work'] => {
    for (const { landing, commit, at } of run.landed.toReversed()) {
      const target = store.landing(landing)?.target;
      if (target?.kind === 'branch' && commit !== null) return { kind: 'landed', landing, branch: target.name, commit, at, paths: pathsOf(run) };
    }
    return { kind: 'none' };
  };
  const workOf = (brief: Pick<Brief, 'decision' | 'currentRun'>, run: Run | null): InPlay['work'] => {
    if (brief.decision === 'landed' && run !== null) return landingOf(run);
    const column = columnOf(brief, run);
    if (run !== null && column === 'running') return { kind: 'running', run: run.id };
    return run !== null && column === 'review' ? { kind: 'finished', paths: pathsOf(run) } : { kind: 'none' };
  };
  const take = (brief: Brief): void => {
    briefs.delete(brief.id);
    const { id, number, projectId, changedAt, currentRun, decision, text } = brief;
    if (decision === 'closed' || (decision === 'landed' && clock.now() - changedAt > LANDED_TOLD_MS)) return;
    const { inPlay, workingDirectory } = text.scope;
    const scopeKey = inPlay.length === 0 || decision !== null ? null : JSON.stringify([workingDirectory, ...inPlay.toSorted()]);
    const run = currentRun === null ? null : store.run(currentRun);
    const work = workOf(brief, run);
    if (decision !== null && work.kind !== 'landed') return;
    briefs.set(id, { id, number, projectId, changedAt, globs: inPlay, workingDirectory, scopeKey, currentRun, decision, base: baseOf(brief, run), work });
  };
  const takeRun = (run: Run): boolean => {
    const brief = briefs.get(run.briefId);
    if (brief === undefined || brief.currentRun !== run.id) return false;
    const work = workOf({ decision: brief.decision, currentRun: run.id }, run);
    const turn = run.turns.at(-1);
    const base = turn?.base == null ? brief.base : baseOf({ text: run.order.text }, run);
    if (JSON.stringify([work, base]) === JSON.stringify([brief.work, brief.base])) return false;
    briefs.set(brief.id, { ...brief, work, base });
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
