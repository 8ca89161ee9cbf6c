import { copyFile, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { DepotDirectory } from './depot-directory.ts';
import { type GitPlace, withEnvironment } from './git-place.ts';
import { pathText, splitAtNul } from './path-text.ts';
import { runGit } from './run-git.ts';
import type { FoundRepository } from './user-repository.ts';

export interface WorkingTreeSnapshot {
  readonly tree: string;
  /** What could not be taken as it is. */
  readonly notes: string[];
}

/**
 * Writes the user's working tree as a tree object, as their own `git add -A` would (ignore rules and clean filters apply),
 * through an index in `scratch`. Only the depot's objects are in sight, and HEAD's tree must be among them: where git
 * writes an object that it sees elsewhere it dates that one anew, and nothing of the repository may be touched. What was
 * staged before is therefore still to be brought.
 */
export async function snapshotWorkingTree(repository: FoundRepository, depot: DepotDirectory, headTree: string, scratch: string): Promise<WorkingTreeSnapshot> {
  const index = join(scratch, 'index');
  const copied = await copyIndex(join(repository.gitDirectory, 'index'), index);
  const place = snapshotPlace(repository, depot, index);
  if (!copied) await runGit(place, ['read-tree', headTree]);
  const unmerged = await runGit(place, ['ls-files', '-z', '--unmerged']);
  const pinned = await pinnedFiles(place);
  // --sparse: files outside the sparse set that exist are part of the working tree; skipped ones keep what the index says.
  const added = await runGit(place, ['add', '-A', '--sparse', '--ignore-errors', '--', '.'], { expect: [0, 1] });
  const tree = (await runGit(place, ['write-tree', '--missing-ok'])).text;
  return { tree, notes: notesOf(unmerged.stdout.length > 0, pinned, added.stderr) };
}

/** The user's repository with an index of ours, writing objects into the depot. */
function snapshotPlace(repository: FoundRepository, depot: DepotDirectory, index: string): GitPlace {
  const writing = withEnvironment(repository.place, { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: depot.objectDirectory });
  return { ...writing, configuration: [...writing.configuration, 'advice.addEmbeddedRepo=false', 'core.fsyncMethod=batch', 'core.fsync=committed,loose-object'] };
}

/**
 * The copy keeps the stat cache. git trusts an entry's stat data only when the entry is older than the index file, so the
 * copy is dated back to the original's second: a file written in the same second is then read again.
 */
async function copyIndex(from: string, to: string): Promise<boolean> {
  const facts = await stat(from).catch(() => null);
  if (facts === null) return false;
  await copyFile(from, to);
  const second = Math.floor(facts.mtimeMs / 1000);
  await utimes(to, second, second);
  return true;
}

/** Files that the user told git not to look at: `ls-files -v` marks them with a lower-case letter. */
async function pinnedFiles(place: GitPlace): Promise<string[]> {
  const listed = await runGit(place, ['ls-files', '-z', '-v']);
  return splitAtNul(listed.stdout).filter((line) => /^[a-z] /.test(line.toString('latin1', 0, 2))).map((line) => pathText(line.subarray(2)));
}

function notesOf(merging: boolean, pinned: readonly string[], addWords: string): string[] {
  const notes: string[] = [];
  if (merging) notes.push('A merge is in progress: files in conflict are taken as they are, with their conflict markers.');
  if (pinned.length > 0) notes.push(`Marked assume-unchanged, so taken as committed: ${someOf(pinned)}.`);
  const unread = [...addWords.matchAll(/^error: unable to index file '(.*)'$/gm)].map((match) => match[1] ?? '');
  const empty = [...addWords.matchAll(/^error: '(.*?)\/?' does not have a commit checked out$/gm)].map((match) => match[1] ?? '');
  if (unread.length > 0) notes.push(`Could not be read and are left out: ${someOf(unread)}.`);
  if (empty.length > 0) notes.push(`Repositories without a commit inside this one are left out: ${someOf(empty)}.`);
  return notes;
}

/** A list for a sentence: the first few by name, the others by number. */
export function someOf(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(', ');
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
