import { failure } from './git-failure.ts';
import { runGit } from './run-git.ts';
import type { UserRepository } from './user-repository.ts';

export interface TargetBranch {
  readonly ref: string;
  /** What the branch is at now; null: it is to be made. */
  readonly from: string | null;
}

/**
 * A branch that a landing may make, or move when it is the one that is built on. Faults: invalid, branchExists,
 * refusedByState (checked out: moving it would make the working tree look changed).
 */
export async function requireTargetBranch(repository: UserRepository, name: string, onto: string | null): Promise<TargetBranch> {
  const ref = `refs/heads/${name}`;
  await requireBranchName(repository, name, ref);
  const refs = await branches(repository);
  const from = refs.get(ref) ?? null;
  if (from !== null && name !== onto) {
    throw failure('branchExists', `The branch ${name} exists already.`, 'Choose another name, or land onto it.', { branch: name });
  }
  const inTheWay = [...refs.keys()].find((other) => other !== ref && collide(other, ref, repository.ignoreCase));
  if (inTheWay !== undefined && from === null) {
    const other = inTheWay.replace('refs/heads/', '');
    throw failure('branchExists', `The branch ${other} leaves no place for ${name}.`, 'Choose another name.', { branch: other });
  }
  const folder = (await checkedOut(repository)).get(ref);
  if (folder !== undefined) {
    throw failure('refusedByState', `The branch ${name} is checked out in ${folder}.`, 'Land into the working tree, or as another branch.', { branch: name, folder });
  }
  return { ref, from };
}

async function requireBranchName(repository: UserRepository, name: string, ref: string): Promise<void> {
  // `@` is HEAD wherever a branch is asked for, and `refs/…` reads as another ref.
  const possible = !name.startsWith('-') && name !== 'HEAD' && name !== '@' && !name.startsWith('refs/') && !name.includes('\0');
  const check = possible ? await runGit(repository.place, ['check-ref-format', ref], { expect: [0, 1] }) : null;
  if (check?.exitCode === 0) return;
  throw failure('invalid', `${JSON.stringify(name)} cannot name a branch.`, 'Use letters, digits, dashes and slashes.', { branch: name });
}

/** Local branches and what they are at. */
async function branches(repository: UserRepository): Promise<Map<string, string>> {
  const list = await runGit(repository.place, ['for-each-ref', '--format=%(objectname) %(refname)', 'refs/heads']);
  const lines = list.text.split('\n').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 1), line.slice(0, line.indexOf(' '))]));
}

/** One is a folder of the other, or they are one file where case does not count. */
function collide(left: string, right: string, ignoreCase: boolean): boolean {
  const [one, other] = ignoreCase ? [left.toLowerCase(), right.toLowerCase()] : [left, right];
  return one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
}

/** Branches that a working tree of the repository is on, and its folder. */
async function checkedOut(repository: UserRepository): Promise<Map<string, string>> {
  const list = await runGit(repository.place, ['worktree', 'list', '--porcelain', '-z']);
  const found = new Map<string, string>();
  let folder = '';
  for (const line of list.text.split('\0')) {
    if (line.startsWith('worktree ')) folder = line.slice('worktree '.length);
    if (line.startsWith('branch ')) found.set(line.slice('branch '.length), folder);
  }
  return found;
}
