import type { TreeFile } from '../../ports/depot.ts';
import type { GitPlace } from './git-place.ts';
import { pathText, splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';

/** Every file, link and gitlink of a tree with its size. `within` names exact paths or folders. */
export async function files(place: GitPlace, tree: string, within?: readonly string[]): Promise<TreeFile[]> {
  const paths = within?.filter((path) => path !== '' && !path.includes('\0'));
  if (paths?.length === 0) return [];
  const { stdout } = await runGit(place, ['ls-tree', '-r', '-l', '-z', '--full-tree', tree, ...(paths === undefined ? [] : ['--', ...paths])]);
  return splitAtNul(stdout).map((line) => {
    const tab = line.indexOf(0x09);
    // `<mode> <type> <id> <size>\t<path>`; a gitlink's size is `-`.
    const [mode = '', , id = '', size = ''] = line.toString('latin1', 0, tab).split(/ +/);
    return { path: pathText(line.subarray(tab + 1)), mode, id, size: mode === '160000' ? 0 : Number(size) };
  });
}
