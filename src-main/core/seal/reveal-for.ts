import type { Environment, Project } from '../../contract/project.ts';
import type { Deps } from '../deps.ts';

/** The values of the secrets that an environment's setup is given, by name. Faults: notFound, secretUnreadable. */
export const revealFor = async ({ secrets }: Pick<Deps, 'secrets'>, project: Pick<Project, 'id'>, { secrets: uses }: Pick<Environment, 'secrets'>): Promise<ReadonlyMap<string, string>> =>
  uses.length === 0 ? new Map() : secrets.reveal(project.id, uses.map(({ name }) => name));
