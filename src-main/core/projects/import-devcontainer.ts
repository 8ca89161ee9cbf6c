import type { ProjectId } from '../../contract/ids.ts';
import { devcontainerPaths, importDevcontainer, type ImportedDevcontainer } from '../../domain/environment/devcontainer.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../refusal.ts';
import { requireProject } from '../require.ts';
import { headBlobs, headTexts } from './head-texts.ts';

/** What a devcontainer.json of HEAD describes, as a change of the project's environment; what it cannot say stays as the user has it. Changes nothing. */
export const importFromDevcontainer = async (deps: Pick<Deps, 'store' | 'depot'>, { projectId }: { projectId: ProjectId }): Promise<ImportedDevcontainer> => {
  const project = requireProject(deps.store, projectId);
  const { blobs } = await headBlobs(deps, project);
  const [path = refuse('notFound', 'The last commit has no devcontainer.json.', 'Commit one in .devcontainer, or set the environment up by hand.'), ...others] = devcontainerPaths(blobs.keys());
  const text = (await headTexts(deps, project, blobs, [path])).get(path) ?? refuse('tooLarge', `${path} is too large, or no text.`, 'Set the environment up by hand.');
  const { environment, reasons, notTaken } = importDevcontainer(path, text);
  const { image, dockerfile, setup, maintenance, variables, secrets } = environment;
  return {
    environment: { ...project.environment, image, dockerfile, setup, maintenance, variables, secrets },
    reasons,
    notTaken: [...notTaken, ...others.map((other) => `${other}: not taken over, because ${path} counts`)],
  };
};
