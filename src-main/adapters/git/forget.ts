import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProjectId } from '../../contract/ids.ts';
import { depotDirectory } from './depot-directory.ts';

/** Deletes a project's depot; out of sight first, so that a crash does not leave half of one in its place. */
export async function forgetDepot(directory: string, project: ProjectId): Promise<void> {
  const gone = join(directory, `.${project}.forgotten`);
  await rm(gone, { recursive: true, force: true });
  await rename(depotDirectory(directory, project).path, gone).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  await rm(gone, { recursive: true, force: true });
}
