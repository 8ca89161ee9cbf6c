import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectId } from '../../contract/ids.ts';
import { type DepotProject } from '../../ports/depot.ts';
import { failure } from './git-failure.ts';
import { depotPlace, type GitPlace } from './git-place.ts';
import { runGit } from './run-git.ts';
import { findUserRepository } from './user-repository.ts';

/** The depot of one project. */
export interface DepotDirectory {
  readonly place: GitPlace;
  readonly path: string;
  readonly objectDirectory: string;
}

export function depotDirectory(directory: string, project: ProjectId): DepotDirectory {
  const path = join(directory, `${project}.git`);
  return { place: depotPlace(path), path, objectDirectory: join(path, 'objects') };
}

/** A depot that exists. Fault: notFound. */
export async function requireDepot(directory: string, project: ProjectId): Promise<DepotDirectory> {
  const depot = depotDirectory(directory, project);
  if (await exists(depot.path)) return depot;
  throw failure('notFound', 'Nothing of this project is kept yet.', 'Launch a brief in it first.', { project });
}

/** Makes the project's depot when there is none, in the object format of the user's repository. Safe to call at once from several places. */
export async function ensureDepot(directory: string, project: DepotProject): Promise<DepotDirectory> {
  const depot = depotDirectory(directory, project.id);
  if (await exists(depot.path)) return depot;
  const { objectFormat } = await findUserRepository(project.path);
  await mkdir(directory, { recursive: true });
  const made = join(directory, `.${project.id}.${randomBytes(6).toString('hex')}`);
  await mkdir(made);
  try {
    const { GIT_DIR: _, ...environment } = depotPlace(made).environment;
    const nowhere: GitPlace = { ...depotPlace(made), environment };
    await runGit(nowhere, ['init', '--quiet', '--bare', '--template=', `--object-format=${objectFormat}`, '--initial-branch=none', '.']);
    await rename(made, depot.path);
  } catch (error) {
    await rm(made, { recursive: true, force: true });
    // Another caller was first: theirs is as good.
    if (!(await exists(depot.path))) throw error;
  }
  return depot;
}

/** Runs `work` with a folder of its own inside the depot, which is deleted afterwards. */
export async function withScratch<Outcome>(depot: DepotDirectory, work: (scratch: string) => Promise<Outcome>): Promise<Outcome> {
  await mkdir(join(depot.path, 'scratch'), { recursive: true });
  const scratch = await mkdtemp(join(depot.path, 'scratch', 's-'));
  try {
    return await work(scratch);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
