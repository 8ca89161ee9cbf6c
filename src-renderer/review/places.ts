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

/** The files of each result that were on screen: looked at, if not marked as viewed. */
const opened = new Map<RunId, Set<string>>();

export const noteOpened = (run: RunId, path: string): void => void opened.set(run, (opened.get(run) ?? new Set()).add(path));

export const wasOpened = (run: RunId, path: string): boolean => opened.get(run)?.has(path) ?? false;

export const placeIn = (run: RunId): ReviewPlace => places.get(run) ?? { path: null, at: null };

export const keepPlace = (run: RunId, place: ReviewPlace): void => void places.set(run, place);

/** Remembers the hunk of a file that is about to go from the screen, unless another file is the place already. */
export const keepHunk = (run: RunId, view: DiffView): void => {
  const { path } = placeIn(run);
  const hunk = view.hunk();
  if (path === null || path === view.path) keepPlace(run, { path: view.path, at: hunk && linesOfHunk(hunk) });
};
