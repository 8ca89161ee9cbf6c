import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { copyAside } from './file-moves.ts';
import { withAlternates, withEnvironment } from './git-place.ts';
import type { LandingContext } from './landing-plan.ts';
import type { PlannedFile } from './planned-file.ts';
import { runGit } from './run-git.ts';

/**
 * Makes the new files of a landing below `<staging>/new`, as the user's own checkout would (line ends, filters), and copies
 * what they replace below `<staging>/old`. The user's index is not read or written.
 */
export async function stageFiles({ request, depot, repository, scratch }: LandingContext, files: readonly PlannedFile[], staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  await mkdir(join(staging, 'new'), { recursive: true });
  await mkdir(join(staging, 'old'), { recursive: true });
  const place = withAlternates(withEnvironment(repository.place, { GIT_INDEX_FILE: join(scratch, 'landing-index') }), [depot.objectDirectory]);
  await runGit(place, ['read-tree', request.tree]);
  const wanted = files.filter((file) => file.change.newMode !== '000000').map((file) => file.change.path);
  const list = Buffer.concat(wanted.flatMap((path) => [path, Buffer.alloc(1)]));
  if (wanted.length > 0) await runGit(place, ['checkout-index', '-f', '-z', '--stdin', `--prefix=${join(staging, 'new')}/`], { input: list });
  for (const file of files) await copyAside(repository, file.change.path, join(staging, 'old'));
}
