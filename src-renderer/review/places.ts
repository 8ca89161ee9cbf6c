import type { RunId } from '../../src-main/contract/ids.ts';
import type { DiffView, Lines } from './diff/diff-view.ts';
import { linesOfHunk } from './diff/diff-view.ts';

/** A file of a result and lines in it; null: the first, and from its beginning. */
export interface ReviewPlace {
  readonly path: string | null;
  readonly at: Lines | null;
}

/** Where each result was looked at last: kept for as long as the window lives, so that whoever looks at the log comes back there. */
const places = new Map<RunId, ReviewPlace>();

export const placeIn = (run: RunId): ReviewPlace => places.get(run) ?? { path: null, at: null };

export const keepPlace = (run: RunId, place: ReviewPlace): void => void places.set(run, place);

/** Remembers the hunk of a file that is about to go from the screen, unless another file is the place already. */
export const keepHunk = (run: RunId, view: DiffView): void => {
  const { path } = placeIn(run);
  const hunk = view.hunk();
  if (path === null || path === view.path) keepPlace(run, { path: view.path, at: hunk && linesOfHunk(hunk) });
};
