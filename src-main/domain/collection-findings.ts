import type { Finding, FileChange } from '../contract/result.ts';
import { assertNever } from './assert-never.ts';
import type { LeftOut } from './collection.ts';
import { shownPath, type RawPath } from './collection-path.ts';
import { capped } from './findings/capped.ts';
import { globMatcher } from './scope-globs.ts';

const LARGE_FILE_BYTES = 2 ** 20;

const inMiB = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

const SPECIAL: Readonly<Record<string, string>> = { p: 'a named pipe', s: 'a socket', b: 'a block device', c: 'a character device' };

const leftOutMessage = ({ reason, detail }: LeftOut, path: string): string => {
  switch (reason) {
    case 'git':
      return `${path} was left out: some file systems take its name for .git.`;
    case 'submodule':
      return `What was changed in the submodule ${path} was left out: a run cannot change a submodule.`;
    case 'submoduleList':
      return `The change of ${path} was left out: a run cannot change submodules.`;
    case 'special':
      return `${path} was left out: it is ${SPECIAL[detail] ?? 'not a file'}.`;
    case 'tooLarge':
      return `${path} was left out: ${inMiB(Number(detail))} is above the limit of 200 MiB for one file.`;
    case 'pathTooLong':
      return `${path.slice(0, 200)}… was left out: its path is ${detail} bytes long.`;
    case 'volume':
      return `${path} was left out: the image keeps it in a volume of its own.`;
    default:
      return assertNever(reason);
  }
};

/** What is missing from the result, by name, and how many ignored files there were. */
export const leftOutFindings = (leftOut: readonly LeftOut[], ignored: number): Finding[] => [
  ...capped(
    leftOut.map((one) => {
      const path = shownPath(one.path);
      return { kind: 'leftOut', path, message: leftOutMessage(one, path) };
    }),
  ),
  ...(ignored === 0
    ? []
    : [{ kind: 'note' as const, path: null, message: `${ignored} ${ignored === 1 ? 'file that the repository ignores was' : 'files that the repository ignores were'} left out.` }]),
];

/** Files of Git LFS that the result changes: it holds what they are now, where the base holds a pointer. */
export const pointerFindings = (changes: readonly FileChange[], pointers: ReadonlySet<string>): Finding[] =>
  capped(
    changes
      .filter(({ path, kind }) => pointers.has(path) && kind !== 'deleted')
      .map(({ path }): Finding => ({ kind: 'note', path, message: `${path} is kept by Git LFS: the result holds its content, and landing writes that, not a pointer.` })),
  );

/** Repositories inside the workspace: with a `.git`, whose files are taken, or bare, which git opens wherever it stands. */
export const nestedFindings = (nested: readonly RawPath[], changes: readonly FileChange[]): Finding[] => {
  const added = new Set(changes.flatMap((change) => (change.kind === 'deleted' ? [] : [change.path])));
  const bare = [...added].flatMap((path) => (path === 'HEAD' || path.endsWith('/HEAD') ? [path.slice(0, -'HEAD'.length)] : []));
  const isBare = (folder: string): boolean => added.has(`${folder}config`) && [...added].some((path) => path.startsWith(`${folder}objects/`) || path.startsWith(`${folder}refs/`));
  return capped([
    ...nested.map(shownPath).map((path): Finding => ({ kind: 'nestedRepository', path, message: `${path} is a git repository of its own: its files are part of the result, its history is not.` })),
    ...bare.filter(isBare).map((folder): Finding => ({ kind: 'nestedRepository', path: folder === '' ? null : folder.slice(0, -1), message: `${folder === '' ? 'The top folder' : folder.slice(0, -1)} looks like a bare git repository: git run inside it obeys its configuration.` })),
  ]);
};

export interface ScopeGlobs {
  readonly inPlay: readonly string[];
  readonly offLimits: readonly string[];
  /** What the globs are from; the repository's top when it is not said. */
  readonly workingDirectory?: string;
}

/** Changed paths outside what the brief put in play, or inside what it put off limits. */
export const scopeFindings = (changes: readonly FileChange[], scope: ScopeGlobs): Finding[] => {
  const folder = scope.workingDirectory ?? '';
  const inPlay = scope.inPlay.length === 0 ? () => true : globMatcher(scope.inPlay, folder);
  const offLimits = scope.offLimits.length === 0 ? () => false : globMatcher(scope.offLimits, folder);
  return capped(
    changes.flatMap((change) =>
      (change.oldPath === null ? [change.path] : [change.oldPath, change.path]).flatMap((path): Finding[] => {
        if (offLimits(path)) return [{ kind: 'outOfScope', path, message: `${path} was changed; the brief puts it off limits.` }];
        return inPlay(path) ? [] : [{ kind: 'outOfScope', path, message: `${path} was changed; it is not in the brief's scope.` }];
      }),
    ),
  );
};

/** Changed files that make the repository noticeably heavier. `sizes` by the path as shown. */
export const largeFileFindings = (changes: readonly FileChange[], sizes: ReadonlyMap<string, number>): Finding[] =>
  capped(
    changes.flatMap(({ path, newBlob }): Finding[] => {
      const size = newBlob === null ? 0 : (sizes.get(path) ?? 0);
      return size > LARGE_FILE_BYTES ? [{ kind: 'largeFile', path, message: `${path} is ${inMiB(size)}.` }] : [];
    }),
  );

const folded = (path: string): string => path.normalize('NFC').toLowerCase();

/** New names that another file system takes for one name: only one of them survives there. */
export const collisionFindings = (changes: readonly FileChange[], present: Iterable<string>): Finding[] => {
  const added = new Map<string, string>();
  for (const { path, oldPath, kind } of changes) if (kind === 'added' || oldPath !== null) added.set(folded(path), path);
  if (added.size === 0) return [];
  const collisions = new Map<string, Finding>();
  for (const path of present) {
    const other = added.get(folded(path));
    if (other === undefined || other === path) continue;
    collisions.set(other, { kind: 'note', path: other, message: `${other} and ${path} differ only in case or Unicode form: on macOS and Windows only one of them can exist.` });
  }
  return capped([...collisions.values()]);
};
