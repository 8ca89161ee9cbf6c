import type { Overlap } from '../../src-main/contract/fleet.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** What two briefs share: the first path, and how many more. */
export const sharedInWords = ({ kind, paths, count: all, landedOn }: Overlap): string => {
  const [first] = paths;
  const what = first === undefined ? `${all.toLocaleString('en')} ${all === 1 ? 'file' : 'files'}` : `${visibleText(first)}${all > 1 ? ` and ${(all - 1).toLocaleString('en')} more` : ''}`;
  if (landedOn !== undefined) return `both changed ${what}; it is landed on ${visibleText(landedOn)}, and not in this base`;
  return kind === 'files' ? `both changed ${what}` : `${what} ${all > 1 ? 'are' : 'is'} in play in both`;
};

/** Amber: both have changed the same files, so that one of them may not merge. Grey: they only may. */
export const overlapTone = ({ kind }: Pick<Overlap, 'kind'>): 'amber' | 'grey' => (kind === 'files' ? 'amber' : 'grey');

/** What the two colours mean. */
export const OVERLAP_LEGEND = 'Amber: both changed the same files. Grey: the same files are in play, and may be changed by both.';

/** What was changed by both comes first, in the order of the numbers. */
export const gravestFirst = (overlaps: readonly Overlap[]): Overlap[] => overlaps.toSorted((a, b) => Number(a.kind === 'scope') - Number(b.kind === 'scope'));

/** What is still met without some paths: what shares no other is gone. */
export const withoutPaths = (overlaps: readonly Overlap[], left: readonly string[]): readonly Overlap[] => {
  const isOut = new Set(left);
  return overlaps.flatMap((overlap) => {
    const paths = overlap.paths.filter((path) => !isOut.has(path));
    const count = overlap.count - (overlap.paths.length - paths.length);
    if (count === overlap.count) return [overlap];
    return count > 0 ? [{ ...overlap, paths, count }] : [];
  });
};
