import type { Comment, Hunk } from '../../../src-main/contract/result.ts';
import { barAfter, lineBeside, type Side } from './diff-view.ts';
import type { Zone } from './zones.ts';

/** Where a comment stands: below its last line. */
export type Place = Pick<Comment, 'id' | 'side' | 'to'>;

/** Height of a hunk's bar, in pixels. */
const BAR = 26;
/** Behind the editor's own zones, which have 10 000 where nothing else is said. */
const BELOW = 20_000;

/** A bar over each hunk; the base's side, when it is in sight, leaves the same room. */
export const barZones = (side: Side, hunks: readonly Hunk[], split: boolean): Zone[] =>
  side === 'base' && !split ? [] : hunks.map((hunk) => ({ key: hunk.id, after: barAfter(hunk)[side], height: BAR, order: 0, blank: side === 'base' }));

/** Comments below their lines; those on the base stand beside them where only the result is in sight. */
export const textZones = (side: Side, places: readonly Place[], hunks: readonly Hunk[], split: boolean, height: number): Zone[] =>
  places
    .filter((place) => place.side === side || (side === 'result' && !split))
    .map((place) => ({ key: place.id, after: place.side === side ? place.to : lineBeside(place.to, hunks), height, order: BELOW, keep: true }));
