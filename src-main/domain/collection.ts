import { COLLECT_LIMITS } from './collection-limits.ts';
import type { ListedEntry, TrackedFile } from './collection-listing.ts';
import { foldersAbove, gitComponent, type RawPath } from './collection-path.ts';

/** Why something in the workspace is not part of the result; the base's version of it, if there is one, stays. */
export type LeftOutReason = 'git' | 'submodule' | 'submoduleList' | 'special' | 'tooLarge' | 'pathTooLong' | 'volume';

export interface LeftOut {
  readonly path: RawPath;
  readonly reason: LeftOutReason;
  /** Bytes, or for something special find's letter. */
  readonly detail: number | string;
}

/** A regular file of the base that is still one: it is hashed and taken if it differs. */
export interface ComparedFile {
  readonly path: RawPath;
  readonly was: TrackedFile;
  readonly mode: string;
  readonly size: number;
  /** Named when it differs, but not taken. */
  readonly held: boolean;
}

/** A new file, or a link with its target. */
export interface TakenFile {
  readonly path: RawPath;
  readonly mode: string;
  readonly size: number;
  readonly target: string | null;
}

export interface CollectionPlan {
  readonly removed: readonly RawPath[];
  readonly compared: readonly ComparedFile[];
  /** Links that differ from the base: taken, whatever the ignore rules say. */
  readonly links: readonly TakenFile[];
  /** Taken unless the repository's ignore rules name them. */
  readonly untracked: readonly TakenFile[];
  readonly leftOut: readonly LeftOut[];
  /** Folders with a `.git` of their own: their files are taken like any other. */
  readonly nested: readonly RawPath[];
}

const REGULAR = '100644';
const EXECUTABLE = '100755';
const LINK = '120000';
const GITLINK = '160000';

/** A file that was put into the workspace otherwise than the base says: of a submodule, or instead of a pointer. */
export interface PlacedInstead extends TrackedFile {
  /** null: instead of a pointer. */
  readonly submodule: RawPath | null;
}

/** Id of the blob that a link with this target is, by the hash that the id `like` was made with. */
export type LinkId = (target: string, like: string) => string;

/** git knows two modes of files: whether the owner may execute it. */
const modeOf = (entry: ListedEntry): string => (entry.type === 'l' ? LINK : entry.mode & 0o100 ? EXECUTABLE : REGULAR);

/**
 * Decides from names, types and sizes alone what becomes of everything in the workspace; no content has been read yet.
 * `device` is that of the workspace's own file system.
 */
export const planCollection = (
  tracked: ReadonlyMap<RawPath, TrackedFile>,
  entries: readonly ListedEntry[],
  device: string,
  linkId: LinkId,
  placed: ReadonlyMap<RawPath, PlacedInstead> = new Map(),
): CollectionPlan => {
  const gitlinks = new Set([...tracked].flatMap(([path, file]) => (file.mode === GITLINK ? [path] : [])));
  const volumes = new Set(entries.flatMap((entry) => (entry.type === 'd' && entry.device !== device ? [entry.path] : [])));
  const isBelow = (path: RawPath, folders: ReadonlySet<RawPath>): RawPath | undefined =>
    folders.size === 0 ? undefined : foldersAbove(path).find((folder) => folders.has(folder));

  const removed: RawPath[] = [];
  const compared: ComparedFile[] = [];
  const links: TakenFile[] = [];
  const untracked: TakenFile[] = [];
  const present = new Set<RawPath>();

  const leftOut = new Map<RawPath, LeftOut>();
  const leave = (path: RawPath, reason: LeftOutReason, detail: number | string = ''): null => {
    leftOut.set(path, { path, reason, detail });
    return null;
  };
  const nested: RawPath[] = [];
  const filled = new Set([...placed.values()].flatMap(({ submodule }) => submodule ?? []));

  /** What lies in a submodule is no part of the result; it is compared with what was put there, to name a change. */
  const lookInto = (submodule: RawPath, entry: ListedEntry): void => {
    const { path, type, size, target } = entry;
    const was = placed.get(path);
    if (type === 'd' && filled.has(submodule)) return;
    if (was === undefined || (type === 'l') !== (was.mode === LINK) || (type !== 'f' && type !== 'l')) return void leave(submodule, 'submodule');
    present.add(path);
    if (target === null) compared.push({ path, was, mode: modeOf(entry), size, held: true });
    else if (was.id !== linkId(target, was.id)) leave(submodule, 'submodule');
  };

  /** null: left out, or nothing to take. */
  const usable = (entry: ListedEntry): ListedEntry | null => {
    const { path, type } = entry;
    const submodule = gitlinks.has(path) && type !== 'd' ? path : isBelow(path, gitlinks);
    if (submodule !== undefined) {
      lookInto(submodule, entry);
      return null;
    }
    const git = gitComponent(path);
    if (git !== null) {
      // `.git` itself is where a repository keeps its own things; any other spelling of it is a trap.
      if (git.split('/').at(-1) !== '.git') return leave(git, 'git');
      if (git !== '.git') nested.push(git.slice(0, -'/.git'.length));
      return null;
    }
    if (type === 'd') return volumes.has(path) ? leave(path, 'volume') : null;
    if (type !== 'f' && type !== 'l') return leave(path, 'special', type);
    if (path.length > COLLECT_LIMITS.pathBytes) return leave(path, 'pathTooLong', path.length);
    if (type === 'f' && entry.size > COLLECT_LIMITS.fileBytes) return leave(path, 'tooLarge', entry.size);
    return entry;
  };

  for (const entry of entries) {
    if (usable(entry) === null) continue;
    const { path, size, target } = entry;
    const was = placed.get(path) ?? tracked.get(path);
    const mode = modeOf(entry);
    // Its content steers git on the user's machine, and a run cannot change a submodule anyway.
    const held = path.split('/').at(-1)?.toLowerCase() === '.gitmodules';
    present.add(path);
    if (held && (was === undefined || target !== null)) leave(path, 'submoduleList');
    else if (was === undefined) untracked.push({ path, mode, size, target });
    else if (target === null) compared.push({ path, was, mode, size, held });
    else if (was.mode !== LINK || was.id !== linkId(target, was.id)) links.push({ path, mode, size, target });
  }
  for (const [path, { submodule }] of placed) if (submodule !== null && !present.has(path)) leave(submodule, 'submodule');
  for (const [path, file] of tracked) {
    const isKept = file.mode === GITLINK || present.has(path) || leftOut.has(path) || isBelow(path, volumes) !== undefined;
    if (!isKept) removed.push(path);
  }
  return { removed, compared, links, untracked, leftOut: [...leftOut.values()], nested };
};

/** What the ignore rules are read from: the same choice, in the same order, as the listing script's `find` makes. */
export const ignoreFilesOf = (entries: readonly ListedEntry[]): readonly ListedEntry[] =>
  entries.filter(
    ({ path, type, size }) =>
      type === 'f' && (path === '.gitignore' || path.endsWith('/.gitignore')) && size <= COLLECT_LIMITS.ignoreFileBytes && path.length <= COLLECT_LIMITS.pathBytes,
  );
