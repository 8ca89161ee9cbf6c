import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { briefText } from '../../src-main/contract/brief.ts';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { makeRepository } from '../../src-main/adapters/git/make-repository.ts';
import { newCommand, type TestDrydock } from './drydock.ts';

export type BriefInput = z.input<typeof briefText>;

/** The sample repository in a folder of its own, added as a project. */
export interface SmallProject {
  readonly project: Project;
  readonly repository: string;
  setEnvironment(change: Partial<Environment>): Promise<void>;
  write(text: BriefInput): Promise<Brief>;
  launch(text: BriefInput): Promise<Run>;
  /** A script brief, launched. */
  script(command: string, more?: Omit<BriefInput, 'runsWith'>): Promise<Run>;
  remove(): Promise<void>;
}

export const addSmallProject = async ({ client }: Pick<TestDrydock, 'client'>, environment: Partial<Environment> = {}): Promise<SmallProject> => {
  const folder = await mkdtemp(join(tmpdir(), 'drydock-project-'));
  const repository = join(folder, 'repository');
  await makeRepository(join(import.meta.dirname, '../../resources/sample'), repository, 'Open the corner shop');
  const project = await client.projects.add({ commandId: newCommand(), path: repository });
  const setEnvironment = async (change: Partial<Environment>): Promise<void> => {
    await client.projects.setEnvironment({ commandId: newCommand(), projectId: project.id, environment: { ...project.environment, ...change } });
  };
  await setEnvironment({ setup: '', ...environment });
  const write = (text: BriefInput): Promise<Brief> =>
    client.briefs.create({ commandId: newCommand(), projectId: project.id, text: briefText.parse(text) });
  const launch = async (text: BriefInput): Promise<Run> =>
    client.briefs.launch({ commandId: newCommand(), briefId: (await write(text)).id });
  return {
    project,
    repository,
    setEnvironment,
    write,
    launch,
    script: (command, more = {}) => launch({ ...more, runsWith: { mode: 'script', command } }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
