import type { Readable } from 'node:stream';
import type { GitPlace } from './git-place.ts';
import { rawDiff } from './raw-diff.ts';
import { streamGit } from './run-git.ts';

/** The bytes of a plain `git diff --binary --full-index` between two trees, made without running anything. */
export async function patch(place: GitPlace, from: string, to: string): Promise<Readable> {
  return streamGit(place, await patchCommand(place, from, to));
}

/**
 * The call that makes the patch. Where a link makes way for a folder of its name, renames are written as deletions and
 * additions: git apply takes a file renamed out of that link for one beyond it, and refuses.
 */
export async function patchCommand(place: GitPlace, from: string, to: string): Promise<string[]> {
  const changes = await rawDiff(place, from, to);
  const links = changes.filter((change) => change.oldMode === '120000' && change.newMode === '000000').map((change) => `${change.path.toString('latin1')}/`);
  const below = (path: string): boolean => links.some((link) => path.startsWith(link));
  const renames = links.length > 0 && changes.some((change) => below(change.path.toString('latin1'))) ? '--no-renames' : '--find-renames';
  return ['diff', '--binary', '--full-index', '--src-prefix=a/', '--dst-prefix=b/', '--no-color', '--no-ext-diff', '--no-textconv', renames, from, to];
}
