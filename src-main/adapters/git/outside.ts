import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { PlacedFile } from '../../ports/depot.ts';
import type { DepotDirectory } from './depot-directory.ts';
import { files } from './files.ts';
import { depotPlace, type GitPlace } from './git-place.ts';
import { listTree } from './list-tree.ts';
import { ObjectReader } from './object-reader.ts';
import { splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';
import { someOf } from './snapshot-working-tree.ts';
import { transferObjects } from './transfer-objects.ts';
import { usesLfs } from './uses-lfs.ts';
import type { FoundRepository } from './user-repository.ts';

/**
 * What a tree only points at: submodules and files of Git LFS. Where the user's own clone has their content, the depot takes it in and
 * remembers it under these names: the tree of a submodule's commit, and the content of a pointer, by the pointer's blob. Trees stay as they
 * are: what is put in instead is seen by `archive` and by the collector alone.
 */
const submoduleRefs = 'refs/drydock-submodules';
const lfsRefs = 'refs/drydock-lfs';

/** Submodules in submodules are followed this deep. */
const deepest = 4;
/** What is taken in of Git LFS: of one file, and of a base in all, in bytes and files. */
const largestFile = 64 * 2 ** 20;
const largestBase = 512 * 2 ** 20;
const mostFiles = 2_000;

/** The whole of a pointer (Git LFS specification, version 1), without extensions. */
const pointerText = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize (\d{1,15})\n$/;
const largestPointer = 1_024;

interface Submodule {
  readonly path: string;
  readonly commit: string;
  /** As .gitmodules has them; null: it does not name the path. */
  readonly name: string | null;
  readonly url: string | null;
}

interface Pointer {
  readonly path: string;
  /** The pointer's own blob. */
  readonly blob: string;
  readonly oid: string;
  readonly size: number;
}

/** What a tree points at. Never changes, so that it is found once. */
interface Outside {
  readonly submodules: readonly Submodule[];
  readonly pointers: readonly Pointer[];
}

/** What the depot holds for gitlinks, by commit, and for pointers, by their blob. */
export interface KnownOutside {
  readonly trees: ReadonlyMap<string, string>;
  readonly contents: ReadonlyMap<string, string>;
}

export async function knownOutside(place: GitPlace): Promise<KnownOutside> {
  const { text } = await runGit(place, ['for-each-ref', '--format=%(refname) %(objectname)', submoduleRefs, lfsRefs]);
  const lines = text.split('\n').map((line) => line.split(' ') as [string, string]);
  const below = (refs: string): Map<string, string> => new Map(lines.filter(([name]) => name.startsWith(`${refs}/`)).map(([name, id]) => [name.slice(refs.length + 1), id]));
  return { trees: below(submoduleRefs), contents: below(lfsRefs) };
}

export async function findOutside(place: GitPlace, tree: string): Promise<Outside> {
  const [entries, lfs] = await Promise.all([files(place, tree), usesLfs(place, tree)]);
  const links = entries.filter(({ mode }) => mode === '160000');
  const list = entries.find(({ path, mode }) => path === '.gitmodules' && mode.startsWith('100'));
  const named = links.length > 0 && list !== undefined ? await readList(place, list.id) : new Map<string, { name: string; url: string | null }>();
  const small = lfs ? entries.filter(({ mode, size }) => mode.startsWith('100') && size <= largestPointer) : [];
  return {
    submodules: links.map(({ path, id }) => ({ path, commit: id, name: named.get(path)?.name ?? null, url: named.get(path)?.url ?? null })),
    pointers: await readPointers(place, small),
  };
}

/** `.gitmodules` by git's own reading of it, as text: nothing that it says is obeyed. */
async function readList(place: GitPlace, blob: string): Promise<Map<string, { name: string; url: string | null }>> {
  const { exitCode, stdout } = await runGit(place, ['config', `--blob=${blob}`, '-z', '--get-regexp', '^submodule\\..*\\.(path|url)$'], { expect: [0, 1, 128] });
  const values = new Map(exitCode === 0 ? splitAtNul(stdout).map((piece) => [piece.toString('utf8').split('\n', 1)[0] ?? '', piece.toString('utf8').replace(/^[^\n]*\n?/, '')]) : []);
  const paths = [...values].filter(([key]) => key.endsWith('.path'));
  return new Map(paths.map(([key, path]) => [path, { name: key.slice('submodule.'.length, -'.path'.length), url: values.get(key.replace(/path$/, 'url')) ?? null }]));
}

async function readPointers(place: GitPlace, small: readonly { path: string; id: string }[]): Promise<Pointer[]> {
  const pointers: Pointer[] = [];
  const reader = new ObjectReader(place, small.map(({ id }) => id));
  try {
    for (const { path, id } of small) {
      const pieces: Buffer[] = [];
      for await (const piece of reader.content(await reader.next())) pieces.push(piece);
      const [, oid, size] = pointerText.exec(Buffer.concat(pieces).toString('latin1')) ?? [];
      if (oid !== undefined) pointers.push({ path, blob: id, oid, size: Number(size) });
    }
  } finally {
    reader.close();
  }
  return pointers;
}

/**
 * Where the user's clone keeps a submodule that is checked out; null: it does not. Its own configuration names no program that is run: it is
 * read as a store of objects.
 */
async function submoduleStore(modules: string, name: string | null): Promise<GitPlace | null> {
  if (name === null || name === '' || name.split(/[\\/]/).some((part) => part === '' || part === '.' || part === '..') || name.includes('\0')) return null;
  const [directory, parent] = await Promise.all([realpath(join(modules, name)).catch(() => null), realpath(modules).catch(() => null)]);
  return directory !== null && parent !== null && directory.startsWith(parent + sep) ? depotPlace(directory) : null;
}

/** Paths of submodules that are not to be had. With a depot, the others are taken in. */
async function settleSubmodules(modules: string, submodules: readonly Submodule[], depot: DepotDirectory | null, known: KnownOutside | null, depth = 0): Promise<Submodule[]> {
  const missing: Submodule[] = [];
  for (const each of submodules) {
    if (known?.trees.has(each.commit)) continue;
    const store = await submoduleStore(modules, each.name);
    const tree = store === null ? null : await runGit(store, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${each.commit}^{tree}`], { expect: [0, 1, 128] });
    const isThere = store !== null && tree?.exitCode === 0;
    if (!isThere) missing.push(each);
    else if (depot !== null) {
      try {
        await transferObjects({ from: store, to: depot.place, wanted: [tree.text], without: [] });
        const inner = depth < deepest ? await findOutside(depot.place, tree.text) : null;
        const innerMissing = inner === null ? [] : await settleSubmodules(join(store.directory, 'modules'), inner.submodules, depot, known, depth + 1);
        missing.push(...innerMissing.map((one) => ({ ...one, path: `${each.path}/${one.path}` })));
        await runGit(depot.place, ['update-ref', `${submoduleRefs}/${each.commit}`, tree.text]);
      } catch {
        // A clone that lacks objects, or of another format: as one that is not there.
        missing.push(each);
      }
    }
  }
  return missing;
}

const storedAt = (repository: FoundRepository, { oid }: Pointer): string => join(repository.commonDirectory, 'lfs', 'objects', oid.slice(0, 2), oid.slice(2, 4), oid);

async function isThere(repository: FoundRepository, pointer: Pointer): Promise<boolean> {
  const facts = await lstat(storedAt(repository, pointer)).catch(() => null);
  return facts !== null && facts.isFile() && facts.size === pointer.size;
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** Pointers whose content is not to be had, or is more than is taken in. With a depot, the others' content is taken in. */
async function settlePointers(repository: FoundRepository, pointers: readonly Pointer[], depot: DepotDirectory | null, known: KnownOutside | null): Promise<{ missing: Pointer[]; tooLarge: Pointer[] }> {
  const missing: Pointer[] = [];
  const tooLarge: Pointer[] = [];
  const found: Pointer[] = [];
  let bytes = 0;
  for (const [at, pointer] of pointers.entries()) {
    if (known?.contents.has(pointer.blob)) continue;
    bytes += pointer.size;
    if (pointer.size > largestFile || bytes > largestBase || at >= mostFiles) tooLarge.push(pointer);
    else if (!(await isThere(repository, pointer))) missing.push(pointer);
    else if (depot !== null && (await digestOf(storedAt(repository, pointer))) !== pointer.oid) missing.push(pointer);
    else found.push(pointer);
  }
  if (depot !== null && found.length > 0) {
    const ids = (await runGit(depot.place, ['hash-object', '-w', '--no-filters', '--stdin-paths'], { input: `${found.map((pointer) => storedAt(repository, pointer)).join('\n')}\n` })).text.split('\n');
    const updates = found.map(({ blob }, at) => `update ${lfsRefs}/${blob} ${ids[at]}\n`);
    await runGit(depot.place, ['update-ref', '--stdin'], { input: updates.join('') });
  }
  return { missing, tooLarge };
}

/** An address without what signs in. */
const shownAddress = (url: string | null): string => (url === null ? 'its address' : url.replace(/^([a-z+]+:\/\/)[^/@]*@/i, '$1'));

/**
 * What the user should know of a tree that points at more than it holds; with a depot, what the user's clone has of it is taken in first.
 * Names what stays empty, and how setup, or the user, would get it.
 */
export async function settleOutside(repository: FoundRepository, { submodules, pointers }: Outside, depot: DepotDirectory | null): Promise<string[]> {
  if (submodules.length + pointers.length === 0) return [];
  const known = depot === null ? null : await knownOutside(depot.place);
  const absent = await settleSubmodules(join(repository.commonDirectory, 'modules'), submodules, depot, known);
  const { missing, tooLarge } = await settlePointers(repository, pointers, depot, known);
  const [first] = absent;
  const paths = (list: readonly { path: string }[]): string => someOf(list.map(({ path }) => path));
  return [
    ...(first === undefined
      ? []
      : [`Submodules that your clone does not have at the recorded commit are left empty: ${paths(absent)}. \`git submodule update --init --recursive\` there brings them; or setup does: \`git init -q ${first.path} && git -C ${first.path} fetch -q --depth 1 ${shownAddress(first.url)} ${first.commit} && git -C ${first.path} checkout -q FETCH_HEAD\`.`]),
    ...(missing.length === 0 ? [] : [`Files of Git LFS that your clone has no content of stay pointers: ${paths(missing)}. \`git lfs fetch\` there brings it, for the next run.`]),
    ...(tooLarge.length === 0 ? [] : [`Files of Git LFS stay pointers, because a base takes in at most ${largestFile / 2 ** 20} MiB of each and ${largestBase / 2 ** 20} MiB in all: ${paths(tooLarge)}.`]),
  ];
}

interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly path: Buffer;
}

/** Entries with the content of pointers, and with what is in submodules after each of them. */
export async function withOutside<T extends Entry>(place: GitPlace, entries: readonly T[], known: KnownOutside): Promise<(Entry & { readonly submodule: Buffer | null; readonly isPlaced: boolean })[]> {
  const all: (Entry & { submodule: Buffer | null; isPlaced: boolean })[] = [];
  for (const entry of entries) {
    const content = known.contents.get(entry.id);
    all.push({ ...entry, id: content ?? entry.id, submodule: null, isPlaced: content !== undefined });
    const tree = entry.mode === '160000' ? known.trees.get(entry.id) : undefined;
    if (tree === undefined) continue;
    const below = (await listTree(place, tree)).map((inner) => ({ ...inner, path: Buffer.concat([entry.path, Buffer.from('/'), inner.path]) }));
    for (const inner of await withOutside(place, below, known)) all.push({ ...inner, submodule: entry.path, isPlaced: true });
  }
  return all;
}

/** Everything that an archive of the tree holds otherwise than the tree says. */
export async function placedFiles(place: GitPlace, tree: string): Promise<PlacedFile[]> {
  const [entries, known] = await Promise.all([listTree(place, tree), knownOutside(place)]);
  if (known.trees.size + known.contents.size === 0) return [];
  return (await withOutside(place, entries, known)).filter(({ isPlaced, mode }) => isPlaced && mode !== '160000');
}
