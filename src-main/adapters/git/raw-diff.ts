import type { GitPlace } from './git-place.ts';
import { splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';

/** One line of `diff-tree --raw`, with paths as bytes. Mode `000000` and an id of zeros: not there on that side. */
export interface RawChange {
  readonly oldMode: string;
  readonly newMode: string;
  readonly oldId: string;
  readonly newId: string;
  readonly status: string;
  readonly path: Buffer;
  /** Set for a rename. */
  readonly oldPath: Buffer | null;
}

/** Options that keep a diff from running any program that attributes or configuration name. */
export const plainDiff = ['--no-ext-diff', '--no-textconv', '--no-color', '--ignore-submodules=none'] as const;

/** Renames are searched among at most this many pairs of paths a side; beyond it only exact ones are found. */
export const renameSearch = ['-M', '-l1000'] as const;

/** What differs between two trees, path by path, without renames. */
export async function rawDiff(place: GitPlace, from: string, to: string, extra: readonly string[] = []): Promise<RawChange[]> {
  const diff = await runGit(place, ['diff-tree', '-r', '-z', '--raw', '--full-index', '--no-renames', ...plainDiff, ...extra, from, to]);
  return parseRawDiff(splitAtNul(diff.stdout)).changes;
}

/** Reads raw lines until one that is not; `rest` is what follows them. */
export function parseRawDiff(pieces: readonly Buffer[]): { changes: RawChange[]; rest: readonly Buffer[] } {
  const changes: RawChange[] = [];
  let at = 0;
  while (pieces[at]?.[0] === 0x3a) {
    const [oldMode, newMode, oldId, newId, status] = (pieces[at] ?? Buffer.alloc(0)).toString('latin1').slice(1).split(' ');
    const first = pieces[at + 1];
    if (oldMode === undefined || newMode === undefined || oldId === undefined || newId === undefined || status === undefined || first === undefined) break;
    const renamed = status.startsWith('R') || status.startsWith('C');
    const second = renamed ? pieces[at + 2] : undefined;
    changes.push({ oldMode, newMode, oldId, newId, status: status.slice(0, 1), path: second ?? first, oldPath: second === undefined ? null : first });
    at += renamed ? 3 : 2;
  }
  return { changes, rest: pieces.slice(at) };
}
