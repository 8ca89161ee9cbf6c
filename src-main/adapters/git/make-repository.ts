import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { depotPlace } from './git-place.ts';
import { runGit } from './run-git.ts';

/**
 * Makes a repository with one commit from a folder of files, at a path that does not exist yet. It appears whole or not at all:
 * it is made beside its place and moved there.
 */
export async function makeRepository(files: string, folder: string, message: string): Promise<void> {
  const draft = `${folder}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(dirname(folder), { recursive: true });
  await cp(files, draft, { recursive: true });
  const { environment, configuration } = depotPlace(draft);
  const { GIT_DIR: _ours, ...plain } = environment;
  const place = { directory: draft, environment: plain, configuration };
  await runGit(place, ['init', '--quiet', '--initial-branch=main']);
  await runGit(place, ['add', '--all']);
  await runGit(place, ['commit', '--quiet', '--no-verify', '-m', message]);
  await rename(draft, folder);
}
