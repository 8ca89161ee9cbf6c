import type { BaseChoice } from '../../contract/brief.ts';
import { commitId, treeId } from '../../contract/ids.ts';
import type { CommittedBase } from '../../contract/result.ts';
import type { BaseNotes } from './base-notes.ts';
import { type DepotDirectory, withScratch } from './depot-directory.ts';
import { withAlternates, withEnvironment } from './git-place.ts';
import { rawDiff } from './raw-diff.ts';
import { resolveBase } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import { snapshotWorkingTree } from './snapshot-working-tree.ts';
import { transferObjects } from './transfer-objects.ts';
import type { FoundRepository } from './user-repository.ts';

/** Refs of base commits, by tree. One that exists says that every object of that tree is in the depot. */
const baseRefs = 'refs/drydock-bases';

/** Earlier bases that a new one is sent as a difference to. */
const comparedBases = 8;

export interface BaseRequest {
  readonly repository: FoundRepository;
  readonly depot: DepotDirectory;
  readonly choice: BaseChoice;
  readonly baseNotes: BaseNotes;
}

/**
 * Brings a base into the depot as a commit without parents: history is not copied, and a shallow clone is as good as any.
 * The same tree on the same commit gives the same id, so that calls at once and repeats agree. A base that is known
 * costs few calls of git: to start one takes longer than what it does.
 */
export async function commitBase({ repository, depot, choice, baseNotes }: BaseRequest): Promise<CommittedBase> {
  const [origin, known] = await Promise.all([resolveBase(repository, choice), knownBases(depot)]);
  const plain = await bringTree(repository, depot, origin.tree, origin.commit, known);
  const taken = choice.kind === 'workingTree'
    ? await withScratch(depot, (scratch) => snapshotWorkingTree(repository, depot, origin.tree, scratch))
    : { tree: origin.tree, notes: [] };
  const commit = taken.tree === origin.tree ? plain : await bringTree(repository, depot, taken.tree, origin.commit, await knownBases(depot));
  const [description, notes] = await Promise.all([
    describe(repository, depot, choice, origin.description, origin.tree, taken.tree),
    baseNotes(repository, depot.place, taken.tree, depot),
  ]);
  return {
    commit: commitId.parse(commit),
    tree: treeId.parse(taken.tree),
    choice,
    originCommit: commitId.parse(origin.commit),
    branch: origin.branch,
    description,
    notes: [...taken.notes, ...notes],
  };
}

interface KnownBase {
  readonly tree: string;
  readonly commit: string;
  /** What the commit says besides its subject. */
  readonly body: string;
}

/** Bases in the depot, newest first. */
async function knownBases(depot: DepotDirectory): Promise<KnownBase[]> {
  const listed = await runGit(depot.place, ['for-each-ref', '--sort=-committerdate', '--format=%(refname:lstrip=2)%00%(objectname)%00%(contents:body)', baseRefs]);
  return listed.text.split('\n').filter((line) => line.includes('\0')).map((line) => {
    const [tree = '', commit = '', body = ''] = line.split('\0');
    return { tree, commit, body };
  });
}

const bodyOf = (origin: string): string => `Origin: ${origin}`;

/**
 * Lets go of bases that no run started from, but for the newest, which the next one is compared with. Their objects stay for now: who
 * is just bringing a base may count on them, and has it kept long before they are dropped.
 */
export async function letGoOfBases(depot: DepotDirectory): Promise<void> {
  const [known, kept] = await Promise.all([knownBases(depot), runGit(depot.place, ['for-each-ref', '--format=%(objectname)', 'refs/drydock/'])]);
  const started = new Set(kept.text.split('\n'));
  const unused = known.slice(comparedBases).filter(({ commit }) => !started.has(commit));
  if (unused.length === 0) return;
  await runGit(depot.place, ['update-ref', '--stdin'], { input: unused.map(({ tree, commit }) => `delete ${baseRefs}/${tree} ${commit}\n`).join('') });
}

/** Brings a tree, whole, and commits it. */
async function bringTree(repository: FoundRepository, depot: DepotDirectory, tree: string, origin: string, known: readonly KnownBase[]): Promise<string> {
  const here = known.find((base) => base.tree === tree);
  if (here?.body === bodyOf(origin)) return here.commit;
  if (here === undefined) {
    const from = withAlternates(repository.place, [depot.objectDirectory]);
    await transferObjects({ from, to: depot.place, wanted: [tree], without: known.slice(0, comparedBases).map((base) => base.tree) });
  }
  const commit = await writeCommit(repository, depot, tree, origin);
  await runGit(depot.place, ['update-ref', `${baseRefs}/${tree}`, commit]);
  return commit;
}

async function writeCommit(repository: FoundRepository, depot: DepotDirectory, tree: string, origin: string): Promise<string> {
  const date = (await runGit(repository.place, ['log', '-1', '--no-show-signature', '--format=%ct', origin])).text;
  const dated = withEnvironment(depot.place, { GIT_AUTHOR_DATE: `@${date} +0000`, GIT_COMMITTER_DATE: `@${date} +0000` });
  return (await runGit(dated, ['commit-tree', '-F', '-', tree], { input: `Base\n\n${bodyOf(origin)}\n` })).text;
}

async function describe(
  repository: FoundRepository,
  depot: DepotDirectory,
  choice: BaseChoice,
  words: string,
  originTree: string,
  tree: string,
): Promise<string> {
  if (choice.kind !== 'workingTree') return words;
  const changed = tree === originTree ? 0 : (await rawDiff(withAlternates(repository.place, [depot.objectDirectory]), originTree, tree)).length;
  return `${words} (${changed === 0 ? 'nothing' : changed === 1 ? '1 file' : `${changed} files`} changed)`;
}
