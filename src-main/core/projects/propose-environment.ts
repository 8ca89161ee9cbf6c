import type { Project } from '../../contract/project.ts';
import { filesToRead, proposeEnvironment, type EnvironmentProposal } from '../../domain/environment/environment-proposal.ts';
import type { Deps } from '../deps.ts';
import { headBlobs, headTexts, type Located } from './head-texts.ts';

/** Proposes an environment for work in a folder from the files of HEAD; a repository that says nothing gets the default. */
export const proposeFor = async (deps: Pick<Deps, 'depot'>, project: Located, folder: string): Promise<EnvironmentProposal> => {
  const { blobs } = await headBlobs(deps, project);
  const paths = new Set(blobs.keys());
  return proposeEnvironment({ paths, texts: await headTexts(deps, project, blobs, filesToRead(paths, folder)) }, folder);
};

/** The same for a project that has an environment: what the repository's files say nothing about stays as the user has it. */
export const proposeChange = async (deps: Pick<Deps, 'depot'>, project: Project, folder: string): Promise<EnvironmentProposal> => {
  const proposal = await proposeFor(deps, project, folder);
  const { setup, maintenance, lockFiles } = proposal.environment;
  return { ...proposal, environment: { ...project.environment, setup, maintenance, lockFiles } };
};
