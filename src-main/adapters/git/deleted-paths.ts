import type { GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { knownOutside, type KnownOutside } from './outside.ts';
import { rawDiff, type RawChange } from './raw-diff.ts';

const FOLDER = '040000';
const GITLINK = '160000';

interface DeletedPaths {
  readonly files: Buffer[];
  readonly folders: Buffer[];
}

/** What `to` no longer has. A file whose place a folder has taken is gone with that: deleting its path would take the folder. */
export async function deletedPaths(place: GitPlace, from: string, to: string): Promise<DeletedPaths> {
  const [changes, known] = await Promise.all([rawDiff(place, from, to, ['-t', '--diff-filter=ADM']), knownOutside(place)]);
  const made = new Set(changes.filter(({ status, newMode }) => status === 'A' && newMode === FOLDER).map(({ path }) => path.toString('latin1')));
  const gone = changes.filter(({ status, path }) => status === 'D' && !made.has(path.toString('latin1')));
  const moved = changes.filter(({ oldMode, newMode }) => oldMode === GITLINK && newMode === GITLINK);
  const within = await Promise.all(moved.map((change) => deletedWithin(place, change, known)));
  return {
    files: [...gone.filter(({ oldMode }) => oldMode !== FOLDER).map(({ path }) => path), ...within.flatMap(({ files }) => files)],
    // In git's order a folder comes before what is in it.
    folders: [...gone.filter(({ oldMode }) => oldMode === FOLDER).map(({ path }) => path).toReversed(), ...within.flatMap(({ folders }) => folders)],
  };
}

/** What a submodule no longer has at its new commit, as far as its content was put in. */
async function deletedWithin(place: GitPlace, { path, oldId, newId }: RawChange, { trees }: KnownOutside): Promise<DeletedPaths> {
  const [from, to] = [trees.get(oldId), trees.get(newId)];
  if (from === undefined) return { files: [], folders: [] };
  const { files, folders } = to === undefined ? { files: (await listTree(place, from)).map((entry) => entry.path), folders: [] } : await deletedPaths(place, from, to);
  const below = (inner: Buffer): Buffer => Buffer.concat([path, Buffer.from('/'), inner]);
  return { files: files.map(below), folders: folders.map(below) };
}
