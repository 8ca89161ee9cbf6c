import type { BaseChoice } from '../../contract/brief.ts';
import { listTree } from './list-tree.ts';
import { pathText, splitAtNul } from './path-text.ts';
import { resolveBase } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import type { FoundRepository } from './user-repository.ts';

/** The files and links of a base, as shown, in no promised order. Submodules are not among them. Writes nothing, not even the index. */
export async function listFiles(repository: FoundRepository, choice: BaseChoice): Promise<string[]> {
  const files = choice.kind === 'workingTree' ? await workingFiles(repository) : await treeFiles(repository, choice);
  return files.map(pathText);
}

async function treeFiles(repository: FoundRepository, choice: BaseChoice): Promise<Buffer[]> {
  const { tree } = await resolveBase(repository, choice);
  return (await listTree(repository.place, tree)).filter((entry) => entry.mode !== '160000').map((entry) => entry.path);
}

/** What `git add -A` would make the index hold: what is tracked and still there, and what is new and not ignored. */
async function workingFiles({ place }: FoundRepository): Promise<Buffer[]> {
  const list = async (...args: string[]): Promise<Buffer[]> => splitAtNul((await runGit(place, ['ls-files', '-z', ...args])).stdout);
  const [staged, others, deleted] = await Promise.all([list('--stage'), list('--others', '--exclude-standard'), list('--deleted')]);
  const gone = new Set(deleted.map((path) => path.toString('latin1')));
  const tracked = new Map<string, Buffer>();
  for (const entry of staged) {
    // `<mode> <id> <stage>\t<path>`; a file in conflict is listed once for each side.
    const path = entry.subarray(entry.indexOf(0x09) + 1);
    const key = path.toString('latin1');
    if (!entry.subarray(0, 6).equals(gitlink) && !gone.has(key)) tracked.set(key, path);
  }
  // A repository inside this one is listed as a folder.
  return [...tracked.values(), ...others.filter((path) => path.at(-1) !== 0x2f)];
}

const gitlink = Buffer.from('160000');
