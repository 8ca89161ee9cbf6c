import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { commitId } from '../../contract/ids.ts';
import type { LandingTarget } from '../../contract/landing.ts';
import type { LandedFacts } from '../../ports/landing-site.ts';
import { clashes } from './clashes.ts';
import { failure } from './git-failure.ts';
import { drydockIdentity, type GitPlace, withAlternates, withEnvironment } from './git-place.ts';
import { landingPaths } from './landing-paths.ts';
import type { LandingContext, LandingPlan } from './landing-plan.ts';
import { type LandingRecord, nothingLanded, writeRecord } from './landing-record.ts';
import { type Merged, mergeOnto } from './merge-onto.ts';
import { branchCommit, shortId } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import { requireTargetBranch, type TargetBranch } from './target-branch.ts';
import { transferObjects } from './transfer-objects.ts';
import type { UserRepository } from './user-repository.ts';

type BranchTarget = Extract<LandingTarget, { kind: 'branch' }>;

/** A landing as a branch: one commit on the commit the run started from, or on `onto`. HEAD, index and files stay as they are. */
export async function planBranch(context: LandingContext, target: BranchTarget): Promise<LandingPlan> {
  const { request, repository, depot, scratch } = context;
  const branch = await requireTargetBranch(repository, target.name, target.onto);
  const parent = await requireParent(context, target);
  const { store, merging, parentTree, merged } = await mergeIn({ depot, repository, scratch }, request, parent);
  if (merged.conflicts.length === 0 && merged.tree === parentTree) {
    throw failure('nothingToLand', `${target.onto ?? 'The base'} has these changes already.`, 'Close the brief; there is nothing left to deliver.');
  }
  const message = (target.message.trim() === '' ? request.message : target.message).replaceAll('\0', '').trim();
  const paths = merged.conflicts.length > 0 ? [] : await landingPaths(merging, parentTree, merged.tree);
  const unfit = merged.conflicts.length === 0 ? [] : await clashes(merging, { base: request.base.tree, there: parentTree, here: request.tree, merged: merged.tree }, merged.conflicts);
  const mergedWith = parentTree === request.base.tree || merged.conflicts.length > 0 ? null : `${target.onto ?? 'the commit it started from'} at ${shortId(parent)}`;
  return {
    preview: {
      refs: [{ name: branch.ref, from: branch.from === null ? null : commitId.parse(branch.from), to: null }],
      paths,
      conflicts: [...merged.conflicts],
      ...(unfit.length > 0 && { clashes: unfit }),
      notes: mergedWith === null ? [] : [`Merged with ${mergedWith}.`],
      ...(mergedWith !== null && { mergedWith }),
      message,
    },
    basis: [`${branch.ref} ${branch.from ?? 'absent'}`, `${target.onto ?? 'base'} ${parent}`, `tree ${merged.tree}`],
    perform: () => deliver(context, merging, store, branch, parent, merged.tree, message, paths.map((path) => path.path)),
  };
}

/** Merges an accepted tree onto a commit of the user's, with every new object in the scratch folder. */
export async function mergeIn(
  { depot, repository, scratch }: Pick<LandingContext, 'depot' | 'repository' | 'scratch'>,
  { base, tree }: Pick<LandingContext['request'], 'base' | 'tree'>,
  parent: string,
): Promise<{ store: string; merging: GitPlace; parentTree: string; merged: Merged }> {
  const store = join(scratch, 'objects');
  await mkdir(store, { recursive: true });
  const merging = withAlternates(withEnvironment(depot.place, { GIT_OBJECT_DIRECTORY: store }), [depot.objectDirectory, repository.objectDirectory]);
  const parentTree = (await runGit(repository.place, ['rev-parse', '--verify', `${parent}^{tree}`])).text;
  return { store, merging, parentTree, merged: await mergeOnto(merging, base, parentTree, tree) };
}

async function requireParent({ request, repository }: LandingContext, target: BranchTarget): Promise<string> {
  if (target.onto !== null) {
    const tip = await branchCommit(repository, target.onto);
    if (tip === null) throw failure('baseNotFound', `There is no branch ${target.onto}.`, 'Choose another branch to land onto.');
    return tip;
  }
  const origin = request.base.originCommit;
  const known = await runGit(repository.place, ['cat-file', '-e', `${origin}^{commit}`], { expect: [0, 1, 128] });
  if (known.exitCode !== 0) {
    throw failure('baseNotFound', `The commit ${shortId(origin)} that the run started from is gone.`, 'Land onto a branch that exists.', { commit: origin });
  }
  return origin;
}

async function deliver(
  { request, depot, repository, faultPoint }: LandingContext,
  merging: GitPlace,
  store: string,
  branch: TargetBranch,
  parent: string,
  tree: string,
  message: string,
  paths: string[],
): Promise<LandedFacts> {
  const author = withEnvironment(merging, await identityOf(repository));
  const commit = (await runGit(author, ['commit-tree', '-p', parent, '-F', '-', tree], { input: `${message}\n` })).text;
  const facts: LandedFacts = { ...nothingLanded, refs: [{ name: branch.ref, to: commitId.parse(commit) }], paths };
  faultPoint('landing.branch.beforeObjects');
  // Read through the user's repository, because only it knows where a shallow history ends.
  const from = withAlternates(repository.place, [store, depot.objectDirectory]);
  await transferObjects({ from, to: repository.place, wanted: [commit], without: [parent] });
  faultPoint('landing.branch.afterObjects');
  await writeRecord(depot, request.landing, { state: 'movingRef', ref: branch.ref, facts: { ...facts, refs: [...facts.refs], paths } });
  faultPoint('landing.branch.beforeRef');
  const old = branch.from ?? '0'.repeat(commit.length);
  const moved = await runGit(repository.place, ['update-ref', '-m', `drydock: ${request.landing}`, branch.ref, commit, old], { expect: [0, 1, 128] });
  if (moved.exitCode !== 0) {
    throw failure('targetMoved', `The branch ${branch.ref.replace('refs/heads/', '')} changed while landing.`, 'Look at the new preview, then land again.', { stderr: moved.stderr.trim() });
  }
  faultPoint('landing.branch.afterRef');
  return facts;
}

/** Whether a landing that was cut off had moved its branch: it is at the commit, or was built on since. */
export async function branchWasMoved(repository: UserRepository, record: Extract<LandingRecord, { state: 'movingRef' }>): Promise<boolean> {
  const commit = record.facts.refs[0]?.to ?? '';
  const tip = await runGit(repository.place, ['rev-parse', '--verify', '--quiet', '--end-of-options', record.ref], { expect: [0, 1, 128] });
  if (tip.exitCode !== 0) return false;
  return (await runGit(repository.place, ['merge-base', '--is-ancestor', commit, tip.text], { expect: [0, 1, 128] })).exitCode === 0;
}

/** The user's own name, from their configuration; Drydock's when they have none. */
async function identityOf(repository: UserRepository): Promise<NodeJS.ProcessEnv> {
  const [name, email] = await Promise.all(['user.name', 'user.email'].map((key) => runGit(repository.place, ['config', '--get', key], { expect: [0, 1] })));
  const known = name?.text !== '' && email?.text !== '';
  const person = known ? { name: name?.text, email: email?.text } : drydockIdentity;
  return {
    GIT_AUTHOR_NAME: person.name,
    GIT_AUTHOR_EMAIL: person.email,
    GIT_COMMITTER_NAME: person.name,
    GIT_COMMITTER_EMAIL: person.email,
  };
}
