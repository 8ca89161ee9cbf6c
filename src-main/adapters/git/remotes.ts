import { runGit } from './run-git.ts';
import { findUserRepository } from './user-repository.ts';

/** Addresses of the remotes of the user's repository, as `git remote -v` words them. Writes nothing. */
export async function remotes(path: string): Promise<string> {
  const { place } = await findUserRepository(path);
  return (await runGit(place, ['config', '--get-regexp', String.raw`^remote\..*\.url$`], { expect: [0, 1] })).text;
}
