import { blobId } from '../../contract/ids.ts';
import { type FileChange, fileMode } from '../../contract/result.ts';
import type { GitPlace } from './git-place.ts';
import { pathText, splitAtNul } from './path-text.ts';
import { parseRawDiff, plainDiff, type RawChange, renameSearch } from './raw-diff.ts';
import { runGit } from './run-git.ts';

/** A change as it is shown, beside the bytes that it really names. */
export interface ExactChange {
  readonly raw: RawChange;
  readonly shown: FileChange;
}

/** What differs between two trees, with renames, lines counted. */
export async function changesBetween(place: GitPlace, from: string, to: string): Promise<ExactChange[]> {
  const diff = await runGit(place, ['diff-tree', '-r', '-z', '--raw', '--numstat', '--full-index', ...renameSearch, ...plainDiff, from, to]);
  const { changes, rest } = parseRawDiff(splitAtNul(diff.stdout));
  const counts = parseCounts(rest);
  return changes.map((raw, at) => ({ raw, shown: shownChange(raw, counts[at] ?? null) }));
}

interface Count {
  readonly binary: boolean;
  readonly additions: number;
  readonly deletions: number;
}

/** `<added>\t<deleted>\t<path>`, or with an empty path and two more pieces for a rename. `-` counts are a binary's. */
function parseCounts(pieces: readonly Buffer[]): Count[] {
  const counts: Count[] = [];
  for (let at = 0; at < pieces.length; ) {
    const line = (pieces[at] ?? Buffer.alloc(0)).toString('latin1');
    const [added = '', deleted = ''] = line.split('\t', 2);
    counts.push({ binary: added === '-', additions: Number(added) || 0, deletions: Number(deleted) || 0 });
    at += line.length === added.length + deleted.length + 2 ? 3 : 1;
  }
  return counts;
}

function shownChange(raw: RawChange, count: Count | null): FileChange {
  return {
    path: pathText(raw.path),
    oldPath: raw.oldPath === null ? null : pathText(raw.oldPath),
    kind: kindOf(raw),
    oldMode: fileMode.nullable().catch(null).parse(raw.oldMode),
    newMode: fileMode.nullable().catch(null).parse(raw.newMode),
    oldBlob: existing(raw.oldId),
    newBlob: existing(raw.newId),
    binary: count?.binary ?? false,
    additions: count?.additions ?? 0,
    deletions: count?.deletions ?? 0,
  };
}

function kindOf(raw: RawChange): FileChange['kind'] {
  switch (raw.status) {
    case 'A':
      return 'added';
    case 'D':
      return 'deleted';
    case 'R':
      return 'renamed';
    case 'T':
      return 'typeChanged';
    default:
      return raw.oldId === raw.newId && raw.oldMode !== raw.newMode ? 'modeChanged' : 'modified';
  }
}

function existing(id: string): FileChange['oldBlob'] {
  return /^0+$/.test(id) ? null : blobId.parse(id);
}
