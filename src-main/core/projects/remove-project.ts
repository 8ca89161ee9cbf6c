import type { CommandId, ProjectId } from '../../contract/ids.ts';
import { hasEnded } from '../../domain/columns.ts';
import type { Deps } from '../deps.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';

/** Takes a project off the board. Its repository is not touched; its results in the depot and its secrets go, so nothing may be running. */
export const removeProject = async (deps: Deps, once: Once, input: { commandId: CommandId; projectId: ProjectId }): Promise<Nothing> => {
  const known = deps.store.project(input.projectId);
  const answer = await once(input.commandId, () => {
    const project = requireProject(deps.store, input.projectId);
    const briefs = deps.store.briefs().filter((brief) => brief.projectId === project.id);
    const going = deps.store.unendedRuns().find((run) => run.projectId === project.id && !hasEnded(run.state));
    if (going !== undefined) refuse('refusedByState', 'A run of this project is under way.', 'Cancel it, or wait for it to end.');
    return {
      answer: DONE,
      change: {
        events: [{ subject: project.id, type: 'projectRemoved', data: {} }],
        removedProjects: [project.id],
        removedBriefs: briefs.map((brief) => brief.id),
      },
    };
  });
  // Only now: killed in between, a folder stays behind; the other way round a project on the board would have lost its results.
  if (known !== null) await Promise.all([deps.depot.forget(known), deps.secrets.forget(known.id)]);
  return answer;
};
