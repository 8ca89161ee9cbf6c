import type { Hunk } from '../../contract/result.ts';
import type { Exclusion, NewExclusion } from './hunks.ts';

/** What is remembered of each file, but for one, of which `hunks` is. */
const remembered = ({ excludedHunks }: Exclusion, path: string, hunks: readonly string[]): Record<string, string[]> =>
  Object.fromEntries([...Object.entries(excludedHunks).filter(([each]) => each !== path), [path, hunks] as const].flatMap(([each, ids]) => (ids.length === 0 ? [] : [[each, [...ids]]])));

const inOrder = (hunks: readonly Hunk[], ids: ReadonlySet<string>): string[] => hunks.filter(({ id }) => ids.has(id)).map(({ id }) => id);

/**
 * The exclusion after hunks of a file were taken in or out; `hunks` are all of that file. A file without any hunk left is out as a
 * whole; taking a hunk of such a file in brings in that one alone.
 */
export const chooseHunks = (
  exclusion: Exclusion,
  path: string,
  hunks: readonly Hunk[],
  chosen: readonly string[],
  included: boolean,
): NewExclusion => {
  const isOut = exclusion.excluded.includes(path);
  const out = new Set(isOut && included ? hunks.map(({ id }) => id) : (exclusion.excludedHunks[path] ?? []));
  for (const id of chosen) {
    if (included) out.delete(id);
    else out.add(id);
  }
  const left = inOrder(hunks, out);
  const others = exclusion.excluded.filter((each) => each !== path);
  const becomesOut = included ? false : isOut || left.length === hunks.length;
  return {
    excluded: (becomesOut ? [...others, path] : others).toSorted(),
    excludedHunks: remembered(exclusion, path, left),
  };
};

/** The exclusion after whole files were taken in or out. What was taken out of a file stays remembered, unless that was all of it. */
export const choosePaths = (
  exclusion: Exclusion,
  paths: readonly string[],
  included: boolean,
  /** Paths whose every hunk is taken out. */
  emptied: ReadonlySet<string>,
): NewExclusion => {
  const excluded = new Set(exclusion.excluded);
  for (const path of paths) {
    if (included) excluded.delete(path);
    else excluded.add(path);
  }
  const kept = Object.entries(exclusion.excludedHunks).filter(([path]) => !(included && paths.includes(path) && emptied.has(path)));
  return { excluded: [...excluded].toSorted(), excludedHunks: Object.fromEntries(kept.map(([path, hunks]) => [path, [...hunks]])) };
};
