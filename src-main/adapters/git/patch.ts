import type { Readable } from 'node:stream';
import type { GitPlace } from './git-place.ts';
import { renameSearch } from './raw-diff.ts';
import { streamGit } from './run-git.ts';

/** Options that make the bytes those of a plain `git diff --binary --full-index`, and run nothing. */
export const patchOptions = ['--binary', '--full-index', '--src-prefix=a/', '--dst-prefix=b/', '--no-color', '--no-ext-diff', '--no-textconv', ...renameSearch] as const;

export function patch(place: GitPlace, from: string, to: string): Readable {
  return streamGit(place, ['diff', ...patchOptions, from, to]);
}
