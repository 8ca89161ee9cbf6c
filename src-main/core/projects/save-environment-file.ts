import type { CommandId, ProjectId } from '../../contract/ids.ts';
import { ENVIRONMENT_FILE, writeEnvironmentFile } from '../../domain/environment/environment-file.ts';
import { Failure } from '../../ports/failure.ts';
import type { LandingRequest } from '../../ports/landing-site.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';

export interface SavedFile {
  readonly path: string;
  /** false: the last commit or the working tree has it already. */
  readonly written: boolean;
}

/** Whether the file was written. It is landed as a result is: previewed, refused where the user has a file of their own, all or nothing. */
const write = async (deps: Pick<Deps, 'landingSite'>, request: LandingRequest): Promise<boolean> => {
  if (request.tree === request.base.tree) return false;
  try {
    const { token, paths, conflicts } = await deps.landingSite.preview(request);
    if (conflicts.length > 0) refuse('conflict', `${ENVIRONMENT_FILE} cannot be written: something is in its place, or a link leads there.`, 'Move it out of the way, then try again.');
    if (paths.some((path) => path.dirty)) refuse('dirtyPath', `${ENVIRONMENT_FILE} in your working tree is not as in the last commit.`, 'Commit it or take it away, then try again; or copy the text in by hand.');
    await deps.landingSite.land(request, token);
    return true;
  } catch (error) {
    if (error instanceof Failure && error.fault.code === 'nothingToLand') return false;
    throw error;
  }
};

/** Writes the environment in use into the user's working tree, when they ask for it: only where the path is absent or as HEAD has it. */
export const saveEnvironmentFile = (deps: Deps, once: Once, { commandId, projectId }: { commandId: CommandId; projectId: ProjectId }): Promise<SavedFile> =>
  once(commandId, async () => {
    const project = requireProject(deps.store, projectId);
    const base = await deps.depot.commitBase(project, { kind: 'head' });
    const tree = await deps.depot.withFile(project, base.tree, ENVIRONMENT_FILE, Buffer.from(writeEnvironmentFile(project.environment)));
    // The name follows from the command: a repeat after a crash completes the same one.
    const landing = commandId.replace('cmd_', 'lnd_');
    const written = await write(deps, { project, base, tree, target: { kind: 'workingTree', overwriteChanged: false }, message: '', landing });
    const events = written ? [{ subject: project.id, type: 'environmentFileSaved', data: { path: ENVIRONMENT_FILE } }] : [];
    return () => ({ answer: { path: ENVIRONMENT_FILE, written }, change: { events } });
  });
