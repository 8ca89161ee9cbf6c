import { api } from '../client/api.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';

/** Adds the sample project with its briefs. */
export const addSample = async (): Promise<void> => takeProject(await api.projects.addSample({ commandId: newCommandId() }));
