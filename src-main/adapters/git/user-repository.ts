import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { failure } from './git-failure.ts';
import { type GitPlace, userPlace } from './git-place.ts';
import { runGit } from './run-git.ts';

/** A repository of the user's, found and known to have a working tree. */
export interface UserRepository {
  readonly place: GitPlace;
  /** Top folder of the working tree, links resolved. */
  readonly path: string;
  /** The git directory of this working tree. */
  readonly gitDirectory: string;
  /** The git directory that all working trees share. */
  readonly commonDirectory: string;
  readonly objectDirectory: string;
  readonly objectFormat: 'sha1' | 'sha256';
  /** core.ignoreCase: names that differ in case are one file here. */
  readonly ignoreCase: boolean;
  /** core.fileMode: the executable bit of a file means something here. */
  readonly fileMode: boolean;
}

/** Finds the repository that a folder belongs to. Faults: notARepository, bareRepository, gitMissing, gitFailed. */
export async function openUserRepository(path: string): Promise<UserRepository> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isDirectory()) throw notARepository(path);
  const inner = userPlace(path);
  const found = await runGit(inner, ['rev-parse', '--is-bare-repository', '--is-inside-work-tree', '--show-object-format', '--absolute-git-dir'], {
    expect: [0, 128],
  });
  if (found.exitCode !== 0) {
    if (/not a git repository/i.test(found.stderr)) throw notARepository(path);
    await runGit(inner, ['rev-parse', '--absolute-git-dir']);
    throw notARepository(path);
  }
  const [bare, inside, format] = found.text.split('\n');
  if (bare === 'true') {
    throw failure(
      'bareRepository',
      `${path} is a bare repository: it has no working tree.`,
      'Clone it into a folder and add that folder instead.',
    );
  }
  if (inside !== 'true') throw notARepository(path);
  const top = await realpath(await answer(inner, '--show-toplevel'));
  const place = userPlace(top);
  return {
    place,
    path: top,
    gitDirectory: await answer(place, '--absolute-git-dir'),
    commonDirectory: resolve(top, await answer(place, '--git-common-dir')),
    objectDirectory: resolve(top, await answer(place, '--git-path', 'objects')),
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    ignoreCase: await setting(place, 'core.ignoreCase', false),
    fileMode: await setting(place, 'core.fileMode', true),
  };
}

async function answer(place: GitPlace, ...question: string[]): Promise<string> {
  return (await runGit(place, ['rev-parse', ...question])).text;
}

async function setting(place: GitPlace, name: string, otherwise: boolean): Promise<boolean> {
  const value = await runGit(place, ['config', '--type=bool', '--get', name], { expect: [0, 1] });
  return value.exitCode === 0 ? value.text === 'true' : otherwise;
}

function notARepository(path: string): Error {
  return failure('notARepository', `${path} is not a git repository.`, 'Choose a folder under git, or run git init and commit in it first.');
}

/** The commit that HEAD is at. Fault: noCommit. */
export async function requireHead(repository: UserRepository): Promise<string> {
  const head = await runGit(repository.place, ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}'], { expect: [0, 1, 128] });
  if (head.exitCode === 0) return head.text;
  if (head.exitCode === 128) await runGit(repository.place, ['rev-parse', '--verify', '--end-of-options', 'HEAD^{commit}'], { expect: [0] });
  throw failure('noCommit', `${repository.path} has no commit yet.`, 'Commit something first: git add . && git commit.');
}

/** The branch that is checked out; null when HEAD is detached. */
export async function currentBranch(repository: UserRepository): Promise<string | null> {
  const name = await runGit(repository.place, ['symbolic-ref', '--quiet', 'HEAD'], { expect: [0, 1] });
  return name.exitCode === 0 ? name.text.replace(/^refs\/heads\//, '') : null;
}
