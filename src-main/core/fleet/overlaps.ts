import type { FleetChange, FleetState, Overlap } from '../../contract/fleet.ts';
import type { BriefId, ProjectId, RunId } from '../../contract/ids.ts';
import type { Progress } from '../../contract/run.ts';
import { fileSetOfPaths } from '../../domain/file-set.ts';
import { findOverlaps, type BriefInPlace } from '../../domain/overlap.ts';
import type { Change } from '../../ports/run-store.ts';
import type { Deps } from '../deps.ts';
import { inSlices } from '../in-slices.ts';
import { createHeadFiles, type HeadFiles } from './head-files.ts';
import { createInPlay, LANDED_TOLD_MS, type InPlay } from './in-play.ts';
import { createLandedElsewhere, type IsMissing } from './landed-elsewhere.ts';

/** Milliseconds that changes are gathered for: a person who moves five cards causes one look. */
const GATHER_MS = 300;
/** Briefs of one project that are compared, each with each; those at work first, then those that changed last. */
const COMPARED = 1_000;
/** Milliseconds until those that were landed on other branches are looked for again: git tells nobody that it has merged. */
const LANDED_LOOK_MS = 60_000;
/** Briefs of one message: each may carry hundreds of paths. */
const TOLD_AT_ONCE = 20;

/** Watches which briefs meet, and tells what changes about it. */
export interface OverlapWatch {
  /** What a commit changed. */
  committed(change: Change): void;
  /** How far runs have come. */
  progressed(batch: readonly Progress[]): void;
  current(): FleetState['overlaps'];
  dispose(): void;
}

type OverlapDeps = Pick<Deps, 'store' | 'depot' | 'clock'>;

export const createOverlapWatch = ({ store, depot, clock }: OverlapDeps, progressOf: (run: RunId) => Progress, tell: (changes: FleetChange[]) => void): OverlapWatch => {
  const inPlay = createInPlay(store, clock);
  const landedElsewhere = createLandedElsewhere(depot, clock);
  const heads = createHeadFiles(depot, clock);
  const touched = new Map<RunId, string>();
  let current = new Map<BriefId, Overlap[]>();
  let callOff: (() => void) | null = null;
  let callOffLanded: (() => void) | null = null;
  let isLooking = false;
  let isDue = false;
  let isDisposed = false;

  const changedBy = ({ work }: InPlay): readonly string[] =>
    work.kind === 'finished' || work.kind === 'landed' ? work.paths : work.kind === 'running' ? (progressOf(work.run).touched?.paths ?? []) : [];

  function* overlapsAmong(briefs: readonly InPlay[], head: HeadFiles | null, isMissing: IsMissing): Generator<void, Map<BriefId, Overlap[]>> {
    const all: BriefInPlace[] = [];
    const byId = new Map(briefs.map((brief) => [brief.id, brief]));
    for (const brief of compared(briefs)) {
      const { id, number, globs, workingDirectory, scopeKey, work } = brief;
      const changed = changedBy(brief);
      if (work.kind === 'landed') {
        all.push({ id, number, changed, scope: null, landed: { branch: work.branch, isMissingFrom: (other) => byId.has(other) && isMissing(byId.get(other)!, brief) } });
        continue;
      }
      // What it was allowed to change no longer matters once it is known what it has changed.
      const ofRun = work.kind === 'finished' && head !== null ? fileSetOfPaths(head.files, changed) : null;
      const scope = ofRun ?? (scopeKey === null || head === null ? null : yield* head.scopeOf(scopeKey, globs, workingDirectory));
      all.push({ id, number, changed, scope });
      yield;
    }
    return yield* findOverlaps(all, head?.files ?? []);
  }

  const look = async (): Promise<void> => {
    const found = new Map<BriefId, Overlap[]>();
    const now = clock.now();
    const told = inPlay.all().filter(({ work }) => work.kind !== 'landed' || now - work.at <= LANDED_TOLD_MS);
    const byProject = Map.groupBy(told, ({ projectId }) => projectId);
    heads.keepOnly(new Set<ProjectId>(byProject.keys()));
    for (const [projectId, briefs] of byProject) {
      const project = store.project(projectId);
      if (project === null || briefs.length < 2) continue;
      const isMissing = await landedElsewhere.among(project, briefs, changedBy);
      const head = briefs.some(({ scopeKey }) => scopeKey !== null) ? await heads.of(project) : null;
      for (const [id, overlaps] of await inSlices(clock, overlapsAmong(briefs, head, isMissing))) found.set(id, overlaps);
      if (isDisposed) return;
    }
    const before = current;
    current = found;
    await inSlices(clock, tellDifferences(before, found, (changes) => {
      if (!isDisposed) tell(changes);
    }));
  };

  const start = (): void => {
    callOff = null;
    isLooking = true;
    isDue = false;
    look()
      // Nobody waits for the answer: the next change looks again.
      .catch(() => {})
      .finally(() => {
        isLooking = false;
        if (isDue) changed();
        else lookAgainAtLanded();
      });
  };
  const lookAgainAtLanded = (): void => {
    if (isDisposed || ![...current.values()].flat().some(({ landedOn }) => landedOn !== undefined)) return;
    callOffLanded ??= clock.after(LANDED_LOOK_MS, () => {
      callOffLanded = null;
      changed();
    });
  };
  const changed = (): void => {
    if (isDisposed) return;
    if (isLooking) isDue = true;
    else callOff ??= clock.after(GATHER_MS, start);
  };
  changed();

  return {
    committed: (change) => {
      if (inPlay.take(change)) changed();
    },
    progressed: (batch) => {
      for (const { runId, touched: now, logEnded } of batch) {
        const text = JSON.stringify(now?.paths ?? []);
        if ((touched.get(runId) ?? '[]') !== text) changed();
        if (logEnded) touched.delete(runId);
        else touched.set(runId, text);
      }
    },
    current: () => Object.fromEntries(current),
    dispose: () => {
      isDisposed = true;
      callOff?.();
      callOffLanded?.();
    },
  };
};

const compared = (briefs: readonly InPlay[]): readonly InPlay[] => {
  const said = briefs.filter(({ scopeKey, work }) => scopeKey !== null || work.kind !== 'none');
  const isAtWork = ({ work }: InPlay): number => (work.kind === 'running' || work.kind === 'finished' ? 1 : 0);
  return said.length <= COMPARED ? said : said.toSorted((a, b) => isAtWork(b) - isAtWork(a) || b.changedAt - a.changedAt).slice(0, COMPARED);
};

function* tellDifferences(before: ReadonlyMap<BriefId, Overlap[]>, now: ReadonlyMap<BriefId, Overlap[]>, tell: (changes: FleetChange[]) => void): Generator<void, void> {
  const changes: FleetChange[] = [];
  for (const id of new Set([...before.keys(), ...now.keys()])) {
    const overlaps = now.get(id) ?? [];
    if (JSON.stringify(before.get(id) ?? []) === JSON.stringify(overlaps)) continue;
    changes.push({ kind: 'overlap', id, overlaps });
    if (changes.length === TOLD_AT_ONCE) tell(changes.splice(0));
    yield;
  }
  if (changes.length > 0) tell(changes);
}
