import type { Environment } from '../../src-main/contract/project.ts';
import { sameSetting } from '../client/environment-changes.ts';

/** Services as setup meets them: how long they are waited for is nothing to it. */
const asSetupMeets = ({ services }: Environment) => services.map(({ name, image, variables, command }) => ({ name, image, variables, command }));

/** What saving means for the next run, in words; null when nothing is changed. A snapshot is found by image, scripts, secrets, variables, services and lock files. */
export const whatChanges = (before: Environment, after: Environment): string | null => {
  if (sameSetting(before, after)) return null;
  const meetsServices = after.setup.trim() !== '' && !sameSetting(asSetupMeets(before), asSetupMeets(after));
  const remakes = meetsServices || (['image', 'dockerfile', 'setup', 'setupAsRoot', 'maintenance', 'secrets', 'variables', 'lockFiles'] as const).some((field) => !sameSetting(before[field], after[field]));
  if (!remakes) return sameSetting(before.services, after.services) ? 'The next run has these limits and this network. Its snapshot stays as it is.' : 'The next run has these services. Its snapshot stays as it is.';
  return after.setup.trim() === '' ? 'The next run starts from the image as it is, without setup.' : 'The next run sets the environment up again; runs after it use that snapshot.';
};
