import { create } from 'zustand';
import type { RunId } from '../../../src-main/contract/ids.ts';

/** Files that are called like a picture and were found to be none when they were shown. */
const useBroken = create<{ readonly files: ReadonlySet<string> }>(() => ({ files: new Set() }));

const keyOf = (run: RunId, path: string): string => `${run} ${path}`;

export const noteBroken = (run: RunId, path: string): void => {
  const { files } = useBroken.getState();
  if (!files.has(keyOf(run, path))) useBroken.setState({ files: new Set([...files, keyOf(run, path)]) });
};

/** Tells of a path of a run whether it is such a file. */
export const useBrokenPictures = (run: RunId): ((path: string) => boolean) => {
  const files = useBroken((state) => state.files);
  return (path) => files.has(keyOf(run, path));
};

/** What is said of one, beside it and among the findings. */
export const NOT_A_PICTURE = 'Not a picture, whatever its name says';
