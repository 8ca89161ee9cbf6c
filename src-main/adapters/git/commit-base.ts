import type { BaseChoice } from '../../contract/brief.ts';
import { commitId, treeId } from '../../contract/ids.ts';
import type { CommittedBase } from '../../contract/result.ts';
import { baseNotes } from './base-notes.ts';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { withAlternates, withEnvironment } from './git-place.ts';
import { rawDiff } from './raw-diff.ts';
import { resolveBase } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import { snapshotWorkingTree } from './snapshot-working-tree.ts';
import { transferObjects } from './transfer-objects.ts';
import type { UserRepository } from './user-repository.ts';

/** Refs of base commits, by tree. One that exists says that every object of that tree is in the depot. */
const baseRefs = 'refs/drydock-bases';

/** Earlier bases that a new one is sent as a difference to. */
const comparedBases = 8;

/**
 * Brings a base into the depot as a commit without parents: history is not copied, and a shallow clone is as good as any.
 * The same tree on the same commit gives the same id, so that calls at once and repeats agree.
 */
export async function commitBase(repository: UserRepository, depot: DepotDirectory, choice: BaseChoice): Promise<CommittedBase> {
  const origin = await resolveBase(repository, choice);
  const originTree = await treeOfOrigin(repository, origin.commit);
  return withScratch(depot, async (scratch) => {
    const plain = await bringTree(repository, depot, originTree, origin.commit);
    const workingTree = choice.kind === 'workingTree';
    const taken = workingTree ? await snapshotWorkingTree(repository, depot, originTree, scratch) : { tree: originTree, notes: [] };
    const commit = taken.tree === originTree ? plain : await bringTree(repository, depot, taken.tree, origin.commit);
    return {
      commit: commitId.parse(commit),
      tree: treeId.parse(taken.tree),
      choice,
      originCommit: commitId.parse(origin.commit),
      description: await describe(repository, depot, choice, origin.description, originTree, taken.tree),
      notes: [...taken.notes, ...(await baseNotes(depot.place, taken.tree))],
    };
  });
}

/** Brings a tree, whole, and commits it. */
async function bringTree(repository: UserRepository, depot: DepotDirectory, tree: string, origin: string): Promise<string> {
  const known = await runGit(depot.place, ['for-each-ref', '--sort=-committerdate', '--format=%(refname:lstrip=2)', baseRefs]);
  const trees = known.text === '' ? [] : known.text.split('\n');
  if (!trees.includes(tree)) {
    const from = withAlternates(repository.place, [depot.objectDirectory]);
    await transferObjects({ from, to: depot.place, wanted: [tree], without: trees.slice(0, comparedBases) });
  }
  const commit = await writeCommit(repository, depot, tree, origin);
  await runGit(depot.place, ['update-ref', `${baseRefs}/${tree}`, commit]);
  return commit;
}

async function writeCommit(repository: UserRepository, depot: DepotDirectory, tree: string, origin: string): Promise<string> {
  const date = (await runGit(repository.place, ['log', '-1', '--no-show-signature', '--format=%ct', origin])).text;
  const dated = withEnvironment(depot.place, { GIT_AUTHOR_DATE: `@${date} +0000`, GIT_COMMITTER_DATE: `@${date} +0000` });
  return (await runGit(dated, ['commit-tree', '-F', '-', tree], { input: `Base\n\nOrigin: ${origin}\n` })).text;
}

async function treeOfOrigin(repository: UserRepository, commit: string): Promise<string> {
  return (await runGit(repository.place, ['rev-parse', '--verify', `${commit}^{tree}`])).text;
}

async function describe(
  repository: UserRepository,
  depot: DepotDirectory,
  choice: BaseChoice,
  words: string,
  originTree: string,
  tree: string,
): Promise<string> {
  if (choice.kind !== 'workingTree') return words;
  const changed = (await rawDiff(withAlternates(repository.place, [depot.objectDirectory]), originTree, tree)).length;
  return `${words} (${changed === 0 ? 'nothing' : changed === 1 ? '1 file' : `${changed} files`} changed)`;
}
