import type { Overlap } from '../contract/fleet.ts';
import type { BriefId } from '../contract/ids.ts';
import { countShared, firstShared, type FileSet } from './file-set.ts';

/** Paths that an overlap names: the contract's limit. */
const NAMED = 20;
/** Overlaps told of one brief: with more, the place is simply busy. */
const TOLD = 20;

/** A result that was landed on a branch, as others meet it. */
interface LandedResult {
  readonly branch: string;
  /** Whether the base that a brief is for lacks it: only then they still meet. */
  readonly isMissingFrom: (brief: BriefId) => boolean;
}

/** A brief of a project that is not done, or whose result was landed on a branch, with the places it is about. */
export interface BriefInPlace {
  readonly id: BriefId;
  readonly number: number;
  /** The files of HEAD that it may yet change: that its globs in play match, or, once its run has ended, that this has changed; null: none. */
  readonly scope: FileSet | null;
  /** What its work has changed. */
  readonly changed: readonly string[];
  /** Set: nobody decides on it any more, and it meets others only by what it has changed. */
  readonly landed?: LandedResult;
}

type Met = Pick<Overlap, 'kind' | 'count'> & { readonly other: BriefInPlace };

/**
 * Which briefs of one project meet, in steps; a brief that meets none is absent. Symmetric, but that a brief that
 * meets many names only those it shares the most with, and that a landed one names nobody. What was changed says more than what was planned: it is what is told of two.
 */
export function* findOverlaps(briefs: readonly BriefInPlace[], files: readonly string[]): Generator<void, Map<BriefId, Overlap[]>> {
  const byPath = new Map<string, BriefInPlace[]>();
  for (const brief of briefs) {
    for (const path of new Set(brief.changed)) {
      const others = byPath.get(path);
      if (others === undefined) byPath.set(path, [brief]);
      else others.push(brief);
    }
    yield;
  }
  const overlaps = new Map<BriefId, Overlap[]>();
  for (const brief of briefs) {
    if (brief.landed !== undefined) continue;
    const met = yield* meetingsOf(brief, briefs, byPath);
    met.sort((a, b) => (a.kind === b.kind ? b.count - a.count || a.other.number - b.other.number : a.kind === 'files' ? -1 : 1));
    const told: Overlap[] = [];
    for (const one of met.slice(0, TOLD)) {
      told.push(described(brief, one, files));
      yield;
    }
    if (told.length > 0) overlaps.set(brief.id, told.toSorted((a, b) => a.number - b.number));
  }
  return overlaps;
}

function* meetingsOf(brief: BriefInPlace, briefs: readonly BriefInPlace[], byPath: ReadonlyMap<string, readonly BriefInPlace[]>): Generator<void, Met[]> {
  const shared = new Map<BriefInPlace, number>();
  for (const path of new Set(brief.changed)) {
    for (const other of byPath.get(path) ?? []) if (other !== brief && other.landed?.isMissingFrom(brief.id) !== false) shared.set(other, (shared.get(other) ?? 0) + 1);
    yield;
  }
  const met: Met[] = [...shared].map(([other, count]) => ({ kind: 'files', count, other }));
  // Briefs with the same globs share one set.
  const counts = new Map<FileSet, number>();
  for (const other of briefs) {
    if (brief.scope === null || other.scope === null || other === brief || shared.has(other)) continue;
    let count = counts.get(other.scope);
    if (count === undefined) {
      count = countShared(brief.scope, other.scope);
      counts.set(other.scope, count);
      yield;
    }
    if (count > 0) met.push({ kind: 'scope', count, other });
  }
  return met;
}

const described = (brief: BriefInPlace, { kind, count, other }: Met, files: readonly string[]): Overlap => {
  const paths = (): string[] => {
    if (kind === 'scope') return brief.scope === null || other.scope === null ? [] : firstShared(files, brief.scope, other.scope, NAMED);
    const theirs = new Set(other.changed);
    return [...new Set(brief.changed)].filter((path) => theirs.has(path)).toSorted().slice(0, NAMED);
  };
  return { briefId: other.id, number: other.number, kind, count, paths: paths(), ...(other.landed !== undefined && { landedOn: other.landed.branch }) };
};
