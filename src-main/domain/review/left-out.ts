import type { Finding, Hunk, Result } from '../../contract/result.ts';
import type { Run } from '../../contract/run.ts';
import type { Exclusion } from './hunks.ts';

/** Lines of a change, as git counts them. */
export interface Size {
  readonly additions: number;
  readonly deletions: number;
}

/** What a change of the choice is counted with: a file's own size, and its hunks where only some of them are left out. */
export interface Sized {
  readonly whole: Size;
  readonly hunks: readonly Hunk[];
}

/** The size of hunks, which are without context. */
export const sizeOf = (hunks: readonly Hunk[]): Size => ({
  additions: hunks.reduce((sum, { newLines }) => sum + newLines, 0),
  deletions: hunks.reduce((sum, { oldLines }) => sum + oldLines, 0),
});

type LeftOut = NonNullable<Run['leftOut']>;

const leftOutOf = ({ excluded, excludedHunks }: Exclusion, path: string, { whole, hunks }: Sized): LeftOut[string] | null => {
  if (excluded.includes(path)) return { additions: whole.additions, deletions: whole.deletions };
  const ids = excludedHunks[path] ?? [];
  const out = hunks.filter(({ id }) => ids.includes(id));
  return ids.length === 0 ? null : { ...sizeOf(out), hunks: out };
};

/** The run with another choice, and what it leaves out of the files that were touched. Which tree that makes is not known any more. */
export const withChoice = (run: Run, choice: Pick<Run, 'excluded' | 'excludedHunks'>, touched: ReadonlyMap<string, Sized>): Run => {
  const { selectedTree: _before, ...rest } = run;
  const left = Object.entries(run.leftOut ?? {}).filter(([path]) => !touched.has(path));
  for (const [path, sized] of touched) {
    const out = leftOutOf(choice, path, sized);
    if (out !== null) left.push([path, out]);
  }
  return { ...rest, ...choice, leftOut: Object.fromEntries(left) };
};

/** Whether nothing of the result is left out. */
export const isWhole = ({ excluded, excludedHunks }: Exclusion): boolean => excluded.length === 0 && Object.keys(excludedHunks).length === 0;

const holds = ({ oldStart, oldLines, newStart, newLines }: Hunk, side: 'base' | 'result', line: number): boolean =>
  side === 'base' ? line >= oldStart && line < oldStart + oldLines : line >= newStart && line < newStart + newLines;

/** Whether a finding is about something that is left out, a file or the one line that it speaks of: it stays known, and is not counted. */
export const isFindingOut = ({ path, line, alone }: Finding, { excluded, excludedHunks, leftOut }: Exclusion & Pick<Run, 'leftOut'>): boolean => {
  if (path === null) return false;
  if (excluded.includes(path)) return true;
  if (line === undefined || alone === undefined) return false;
  return leftOut?.[path]?.hunks?.some((hunk) => excludedHunks[path]?.includes(hunk.id) && holds(hunk, alone, line)) ?? false;
};

export interface Chosen {
  readonly files: number;
  /** null where it is not known: the choice was made before its size was kept. */
  readonly size: Size | null;
}

/** How much of a result is chosen. */
export const chosenOf = (run: Exclusion & Pick<Run, 'leftOut'>, result: Pick<Result, 'files' | 'additions' | 'deletions'>): Chosen => {
  const out = [...new Set([...run.excluded, ...Object.keys(run.excludedHunks)])].map((path) => run.leftOut?.[path]);
  const known = out.filter((size) => size !== undefined);
  const sum = (of: keyof Size): number => known.reduce((total, size) => total + size[of], 0);
  return {
    files: result.files - run.excluded.length,
    size: known.length < out.length ? null : { additions: result.additions - sum('additions'), deletions: result.deletions - sum('deletions') },
  };
};
