import { isDeepStrictEqual } from 'node:util';
import type { BlobId, CommandId, ProjectId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import type { Deps } from '../deps.ts';
import type { Once, Outcome } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';
import { headBlobs } from './head-texts.ts';

export interface EnvironmentChoice {
  readonly commandId: CommandId;
  readonly projectId: ProjectId;
  readonly environment: Environment;
  /** The environment that was changed: with it the edit is refused when somebody else has changed the environment since. */
  readonly from?: Environment | undefined;
  /** The content of its Dockerfile that the user was shown. */
  readonly dockerfile?: BlobId | null | undefined;
}

const change = (before: Project, environment: Environment, approvedDockerfile: BlobId | null | undefined): Outcome<Project> => {
  const { approvedDockerfile: _, ...rest } = before;
  const project: Project = { ...rest, environment, ...(approvedDockerfile !== undefined && { approvedDockerfile }) };
  return { answer: project, change: { events: [{ subject: project.id, type: 'environmentSet', data: environment }], projects: [project] } };
};

/** Changes how a project's containers are made. Runs that were launched keep what they were launched with. */
export const setEnvironment = (deps: Deps, once: Once, { commandId, projectId, environment, from, dockerfile }: EnvironmentChoice): Promise<Project> => {
  const requireUnchanged = (): Project => {
    const known = requireProject(deps.store, projectId);
    if (from !== undefined && !isDeepStrictEqual(known.environment, from)) {
      refuse('refusedByState', 'The environment was changed elsewhere meanwhile.', 'Look at it again, then choose which environment is to stay.');
    }
    return known;
  };
  return once(commandId, () => {
    const known = requireUnchanged();
    const isSamePath = environment.dockerfile === known.environment.dockerfile;
    if (environment.dockerfile === null || (isSamePath && dockerfile === undefined)) return change(known, environment, environment.dockerfile === null ? null : known.approvedDockerfile);
    return (async () => {
      const { blobs } = await headBlobs(deps, known);
      const current = blobs.get(environment.dockerfile ?? '') ?? null;
      if (dockerfile !== undefined && dockerfile !== current) refuse('targetMoved', `${environment.dockerfile} has changed since it was shown.`, 'Look at it again, then save.');
      return () => change(requireUnchanged(), environment, current);
    })();
  });
};
