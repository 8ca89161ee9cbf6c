import type { BaseChoice } from '../../contract/brief.ts';
import { failure } from './git-failure.ts';
import { runGit } from './run-git.ts';
import { type FoundRepository, headFacts } from './user-repository.ts';

export interface ResolvedBase {
  readonly commit: string;
  readonly tree: string;
  /** In words: `main at 1a2b3c4`. */
  readonly description: string;
  readonly branch: string | null;
}

/** The commit of the user's repository that a choice names. Faults: baseNotFound, noCommit. */
export async function resolveBase(repository: FoundRepository, choice: BaseChoice): Promise<ResolvedBase> {
  switch (choice.kind) {
    case 'workingTree':
    case 'head': {
      const { commit, tree, branch } = await headFacts(repository);
      if (choice.kind === 'workingTree') return { commit, tree, branch, description: `working tree on ${branch ?? shortId(commit)}` };
      return { commit, tree, branch, description: `${branch ?? 'detached HEAD'} at ${shortId(commit)}` };
    }
    case 'branch': {
      const commit = await branchCommit(repository, choice.name);
      if (commit === null) throw baseNotFound(`There is no branch ${choice.name}.`, 'Choose another branch, or fetch it first.');
      return { commit, tree: await treeOf(repository, commit), branch: choice.name, description: `${choice.name} at ${shortId(commit)}` };
    }
    case 'commit': {
      const commit = await commitByPrefix(repository, choice.commit.toLowerCase());
      return { commit, tree: await treeOf(repository, commit), branch: null, description: `commit ${shortId(commit)}` };
    }
  }
}

async function treeOf(repository: FoundRepository, commit: string): Promise<string> {
  return (await runGit(repository.place, ['rev-parse', '--verify', `${commit}^{tree}`])).text;
}

/** The commit of a local branch, or of a remote-tracking one; null when there is neither. */
export async function branchCommit(repository: FoundRepository, name: string): Promise<string | null> {
  if (name.startsWith('-') || name.includes('\0')) return null;
  for (const ref of [`refs/heads/${name}`, `refs/remotes/${name}`]) {
    const wellFormed = await runGit(repository.place, ['check-ref-format', ref], { expect: [0, 1] });
    if (wellFormed.exitCode !== 0) return null;
    const found = await runGit(repository.place, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], { expect: [0, 1, 128] });
    if (found.exitCode === 0) return found.text;
  }
  return null;
}

/** Looks among objects only, because a branch may be named like the beginning of an id. */
async function commitByPrefix(repository: FoundRepository, prefix: string): Promise<string> {
  const candidates = await runGit(repository.place, ['rev-parse', `--disambiguate=${prefix}`], { expect: [0, 128] });
  const described = await runGit(repository.place, ['cat-file', '--batch-check=%(objectname) %(objecttype)'], { input: `${candidates.text}\n` });
  const commits = described.text.split('\n').filter((line) => line.endsWith(' commit')).map((line) => line.slice(0, line.indexOf(' ')));
  const [commit, another] = commits;
  if (commit === undefined) throw baseNotFound(`There is no commit ${prefix}.`, 'Check the id with git log, or fetch it first.');
  if (another !== undefined) throw baseNotFound(`Several commits begin with ${prefix}.`, 'Give more digits of the id.');
  return commit;
}

export function shortId(id: string): string {
  return id.slice(0, 7);
}

function baseNotFound(message: string, next: string): Error {
  return failure('baseNotFound', message, next);
}
