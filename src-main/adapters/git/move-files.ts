import { mkdir, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { LandedFacts } from '../../ports/landing-site.ts';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { copyAside, ignoring, moveOver, removeEmptyFolders, removeEmptyTree } from './file-moves.ts';
import { failure, fileFailure } from './git-failure.ts';
import type { LandingContext } from './landing-plan.ts';
import { type FileStep, type LandingRecord, nothingLanded, removeRecord, writeRecord } from './landing-record.ts';
import { pathText } from './path-text.ts';
import type { PlannedFile } from './planned-file.ts';
import { stageFiles } from './stage-files.ts';
import type { UserRepository } from './user-repository.ts';
import { fingerprint, foldersAbove, look, obstacleAbove, workingPath } from './working-path.ts';

type Moving = Extract<LandingRecord, { state: 'movingFiles' }>;

/**
 * Puts the files of a landing in place. Everything is made ready beside first, then the intent is recorded, then files are
 * moved one by one: whatever stops it, a repeat goes on where it stopped; an error takes back what was moved.
 */
export async function moveFiles(context: LandingContext, files: readonly PlannedFile[]): Promise<LandedFacts> {
  const { request, depot, repository, faultPoint } = context;
  const home = join(repository.gitDirectory, 'drydock');
  const staging = join(home, 'staging', request.landing);
  const replaced = join(home, 'replaced', request.landing);
  const steps = files.map(stepOf).sort(deletionsFirst);
  const facts: LandedFacts = { ...nothingLanded, paths: files.map((file) => pathText(file.change.path)) };
  const moving: Moving = { state: 'movingFiles', staging, replaced, steps, facts: { ...facts, refs: [], paths: [...facts.paths] } };
  try {
    faultPoint('landing.files.beforeStaging');
    await stageFiles(context, files, staging);
    for (const file of files) if (file.dirty) await copyAside(repository, file.change.path, replaced);
    await requireUnchanged(repository, files);
    faultPoint('landing.files.beforeJournal');
    await writeRecord(depot, request.landing, moving);
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw fileFailure(error);
  }
  faultPoint('landing.files.afterJournal');
  let moved = 0;
  try {
    for (const step of steps) {
      await keepLateWork(repository, moving, step);
      await takeStep(repository, moving, step);
      moved += 1;
      faultPoint(`landing.files.moved.${moved}`);
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    await takeBack(repository, moving, steps.slice(0, moved + 1));
    await removeRecord(depot, request.landing);
    await rm(staging, { recursive: true, force: true });
    throw fileFailure(error);
  }
  await rm(staging, { recursive: true, force: true });
  return facts;
}

/** Goes on with a landing that was cut off. A file that the user changed in the meantime is copied aside first. */
export async function finishMoving(repository: UserRepository, moving: Moving, faultPoint: FaultPoint): Promise<void> {
  for (const step of moving.steps) {
    if (await isDone(repository, moving, step)) continue;
    await keepLateWork(repository, moving, step);
    await takeStep(repository, moving, step);
    faultPoint('landing.files.resumed');
  }
  await rm(moving.staging, { recursive: true, force: true });
}

/** What the user wrote to a file after the landing was decided is copied aside before the file is replaced. */
async function keepLateWork(repository: UserRepository, moving: Moving, step: FileStep): Promise<void> {
  const path = Buffer.from(step.path, 'base64');
  const now = await look(workingPath(repository.path, path));
  if (now !== null && !now.isDirectory() && fingerprint(now) !== step.before) await copyAside(repository, path, moving.replaced);
}

function stepOf({ change, current }: PlannedFile): FileStep {
  return { path: change.path.toString('base64'), change: change.newMode === '000000' ? 'delete' : 'write', before: current.fingerprint };
}

/** What goes away makes room for what comes. */
function deletionsFirst(left: FileStep, right: FileStep): number {
  return left.change.localeCompare(right.change);
}

/** A written file has left the staging folder; a deleted one is gone. */
async function isDone(repository: UserRepository, moving: Moving, step: FileStep): Promise<boolean> {
  const path = Buffer.from(step.path, 'base64');
  const place = step.change === 'write' ? workingPath(join(moving.staging, 'new'), path) : workingPath(repository.path, path);
  return (await look(place)) === null;
}

async function takeStep(repository: UserRepository, moving: Moving, step: FileStep): Promise<void> {
  const path = Buffer.from(step.path, 'base64');
  const place = workingPath(repository.path, path);
  const blocked = await obstacleAbove(repository.path, path);
  if (step.change === 'delete') {
    // Behind a link or below a file there is nothing of ours to delete.
    if (blocked === null) await removeEntry(place);
    await removeEmptyFolders(repository.path, path);
    return;
  }
  if (blocked !== null) throw Object.assign(new Error(`${pathText(path)} ${blocked}`), { code: 'ENOTDIR' });
  for (const folder of foldersAbove(path)) await mkdir(workingPath(repository.path, folder)).catch(ignoring('EEXIST'));
  if ((await look(place))?.isDirectory() === true) await removeEmptyTree(place);
  await moveOver(workingPath(join(moving.staging, 'new'), path), place);
}

async function removeEntry(place: Buffer): Promise<void> {
  if ((await look(place))?.isDirectory() === true) await removeEmptyTree(place);
  else await unlink(place).catch(ignoring('ENOENT'));
}

/** Undoes steps from the copies of what was there. */
async function takeBack(repository: UserRepository, moving: Moving, steps: readonly FileStep[]): Promise<void> {
  for (const step of [...steps].reverse()) {
    const path = Buffer.from(step.path, 'base64');
    const place = workingPath(repository.path, path);
    const kept = workingPath(join(moving.staging, 'old'), path);
    if ((await look(kept)) === null) {
      if (step.before === 'absent' && (await isDone(repository, moving, step))) await unlink(place).catch(ignoring('ENOENT', 'ENOTDIR'));
      await removeEmptyFolders(repository.path, path);
    } else if ((await look(place)) === null || step.change === 'write') {
      for (const folder of foldersAbove(path)) await mkdir(workingPath(repository.path, folder)).catch(ignoring('EEXIST'));
      await moveOver(kept, place);
    }
  }
}

async function requireUnchanged(repository: UserRepository, files: readonly PlannedFile[]): Promise<void> {
  for (const { change, current } of files) {
    if (fingerprint(await look(workingPath(repository.path, change.path))) === current.fingerprint) continue;
    const path = pathText(change.path);
    throw failure('targetMoved', `${path} changed while landing. Nothing was landed.`, 'Look at the new preview, then land again.', { changed: [path] });
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'code' in error;
}
