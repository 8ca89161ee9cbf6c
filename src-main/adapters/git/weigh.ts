import type { Weight } from '../../domain/heavy-workspace.ts';
import type { GitPlace } from './git-place.ts';
import { splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';

/** How many files and links a tree has, and their bytes together. */
export async function weigh(place: GitPlace, tree: string): Promise<Weight> {
  const { stdout } = await runGit(place, ['ls-tree', '-r', '-l', '-z', '--full-tree', tree]);
  // `<mode> <type> <id> <size>\t<path>`; a gitlink's size is `-`.
  const sizes = splitAtNul(stdout).map((line) => Number(line.toString('latin1', 0, line.indexOf(0x09)).split(/ +/)[3])).filter((size) => !Number.isNaN(size));
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
