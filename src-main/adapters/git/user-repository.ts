import { realpath, stat } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { failure } from './git-failure.ts';
import { type GitPlace, userPlace, withEnvironment } from './git-place.ts';
import { runGit } from './run-git.ts';

/** A repository of the user's, found and known to have a working tree. */
export interface FoundRepository {
  readonly place: GitPlace;
  /** Top folder of the working tree, links resolved. */
  readonly path: string;
  /** The git directory of this working tree. */
  readonly gitDirectory: string;
  /** The git directory that all working trees share. */
  readonly commonDirectory: string;
  readonly objectDirectory: string;
  readonly objectFormat: 'sha1' | 'sha256';
}

/** The same, with how its file system treats names and modes: what landing has to know. */
export interface UserRepository extends FoundRepository {
  /** core.ignoreCase: names that differ in case are one file here. */
  readonly ignoreCase: boolean;
  /** core.fileMode: the executable bit of a file means something here. */
  readonly fileMode: boolean;
}

/** git repeats an option that it does not know: between two answers it tells them apart, also where a path holds line breaks. */
const NEXT = '--drydock-next';

/** Finds the repository that a folder belongs to, by one call of git. Faults: notARepository, bareRepository, gitMissing, gitFailed. */
export async function findUserRepository(path: string): Promise<FoundRepository> {
  if (!isAbsolute(path)) throw failure('notARepository', `${path} is not a full path.`, 'Write it from the root of the disk, as `pwd` prints it.');
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw failure('notARepository', `There is no folder ${path}.`, 'Check the path.');
  if (!facts.isDirectory()) throw failure('notARepository', `${path} is a file.`, 'Name the folder of the repository.');
  const inner = userPlace(path);
  const questions = [['--absolute-git-dir'], ['--git-common-dir'], ['--git-path', 'objects'], ['--show-toplevel']];
  const found = await runGit(inner, [
    'rev-parse', '--is-bare-repository', '--is-inside-work-tree', '--show-object-format', ...questions.flatMap((question) => [NEXT, ...question]),
  ], { expect: [0, 128] });
  const [bare, inside, format] = found.text.split('\n');
  if (bare === 'true' || (/cannot use bare repository/i.test(found.stderr) && (await saysItIsBare(inner)))) {
    throw failure(
      'bareRepository',
      `${path} is a bare repository: it has no working tree.`,
      'Clone it into a folder and add that folder instead.',
    );
  }
  if (found.exitCode !== 0 && bare !== 'false' && !/not a git repository|cannot use bare repository/i.test(found.stderr)) await runGit(inner, ['rev-parse', '--absolute-git-dir']);
  if (found.exitCode !== 0 || inside !== 'true') throw notARepository(path);
  const [, gitDirectory = '', common = '', objects = '', toplevel = ''] = found.text.split(`\n${NEXT}\n`);
  // git answers relative to where it runs, links resolved.
  const [here, top] = await Promise.all([realpath(path), realpath(toplevel)]);
  return {
    place: userPlace(top),
    path: top,
    gitDirectory,
    commonDirectory: resolve(here, common),
    objectDirectory: resolve(here, objects),
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
  };
}

/** Asks a folder that looks like a repository, and that git was told not to trust, for this one fact. */
async function saysItIsBare(place: GitPlace): Promise<boolean> {
  return (await runGit(withEnvironment(place, { GIT_DIR: place.directory }), ['rev-parse', '--is-bare-repository'], { expect: [0, 128] })).text === 'true';
}

/** As `findUserRepository`, with the facts that landing needs. */
export async function openUserRepository(path: string): Promise<UserRepository> {
  const found = await findUserRepository(path);
  const [ignoreCase, fileMode] = await Promise.all([setting(found.place, 'core.ignoreCase', false), setting(found.place, 'core.fileMode', true)]);
  return { ...found, ignoreCase, fileMode };
}

async function setting(place: GitPlace, name: string, otherwise: boolean): Promise<boolean> {
  const value = await runGit(place, ['config', '--type=bool', '--get', name], { expect: [0, 1] });
  return value.exitCode === 0 ? value.text === 'true' : otherwise;
}

function notARepository(path: string): Error {
  return failure('notARepository', `${path} is not a git repository.`, 'Choose a folder under git, or run git init and commit in it first.');
}

/** The commit that HEAD is at. Fault: noCommit. */
export async function requireHead(repository: FoundRepository): Promise<string> {
  const head = await runGit(repository.place, ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'], { expect: [0, 1, 128] });
  if (head.exitCode === 0) return head.text;
  if (head.exitCode === 128) await runGit(repository.place, ['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}'], { expect: [0] });
  throw failure('noCommit', `${repository.path} has no commit yet.`, 'Commit something first: git add . && git commit.');
}

/** HEAD, its tree and the branch that is checked out (null: detached), by one call of git. Fault: noCommit. */
export async function headFacts(repository: FoundRepository): Promise<{ commit: string; tree: string; branch: string | null }> {
  const head = await runGit(repository.place, ['rev-parse', 'HEAD^{commit}', 'HEAD^{tree}', '--symbolic-full-name', 'HEAD'], { expect: [0, 128] });
  const [commit, tree, name] = head.text.split('\n');
  if (head.exitCode !== 0 || commit === undefined || tree === undefined) {
    await requireHead(repository);
    throw failure('noCommit', `${repository.path} has no commit yet.`, 'Commit something first: git add . && git commit.');
  }
  // Nothing is said of a HEAD whose name something else has too.
  const branch = name === undefined || name === '' ? await currentBranch(repository) : name;
  return { commit, tree, branch: branch === 'HEAD' ? null : (branch?.replace(/^refs\/heads\//, '') ?? null) };
}

/** The branch that is checked out; null when HEAD is detached. */
export async function currentBranch(repository: FoundRepository): Promise<string | null> {
  const name = await runGit(repository.place, ['symbolic-ref', '--quiet', 'HEAD'], { expect: [0, 1] });
  return name.exitCode === 0 ? name.text.replace(/^refs\/heads\//, '') : null;
}
