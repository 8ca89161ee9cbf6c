import type { Hunk } from '../../../src-main/contract/result.ts';
import { barAfter, lineBeside, type LineComment, type Side } from './diff-view.ts';
import { hunkAt } from './line-cursor.ts';
import type { Zone } from './zones.ts';

/** Where a comment stands: below its last line. */
export type Place = Pick<LineComment, 'id' | 'side' | 'to'>;

/** Height of a hunk's bar, in pixels. */
const BAR = 26;
/** Behind the editor's own zones, which have 10 000 where nothing else is said. */
const BELOW = 20_000;

/** A bar over each hunk; the base's side, when it is in sight, leaves the same room. */
export const barZones = (side: Side, hunks: readonly Hunk[], split: boolean): Zone[] =>
  side === 'base' && !split ? [] : hunks.map((hunk) => ({ key: hunk.id, after: barAfter(hunk)[side], height: BAR, order: 0, blank: side === 'base' }));

/** In one column the lines that a hunk removes stand above those that it adds: what is said of them comes between. */
const besideRemoved = (line: number, hunks: readonly Hunk[]): number => {
  const hunk = hunkAt({ side: 'base', line }, hunks);
  return hunk ? barAfter(hunk).result : lineBeside(line, hunks);
};

/** Comments right below their lines, on whichever side these are. */
export const textZones = (side: Side, places: readonly Place[], hunks: readonly Hunk[], split: boolean, height: number): Zone[] =>
  places
    .filter((place) => place.side === side || (side === 'result' && !split))
    .map((place) => ({ key: place.id, after: place.side === side ? place.to : besideRemoved(place.to, hunks), height, order: BELOW, keep: true }));
