import { implement } from '@orpc/server';
import { contract, type EnvironmentFileReading } from '../../../src-main/contract/endpoints.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { Fault } from '../../../src-main/contract/fault.ts';
import type { Environment, Project } from '../../../src-main/contract/project.ts';
import { writeEnvironmentFile } from '../../../src-main/domain/environment/environment-file.ts';
import type { createFleetFeed } from './fleet-feed.ts';
import { refuse } from './refuse.ts';

const PATH = '.drydock/environment.yaml';
const NONE: EnvironmentFileReading = { file: null, blob: null, dockerfile: null, problems: [], differs: false, needsApproval: [], diff: '', dockerfileDiff: '' };

/** What the repository of a fake service says about its environment; a test puts in what it needs. */
export const createFakeEnvironmentFile = (state: FleetState, feed: ReturnType<typeof createFleetFeed>, once: <T>(commandId: string, work: () => T) => T) => {
  const os = implement(contract).projects;
  const fake = {
    reading: NONE,
    proposal: { change: { setup: 'npm ci', lockFiles: ['package-lock.json'] } as Partial<Environment>, reasons: ['package-lock.json: npm ci'], checks: ['npm test', 'npm run lint'], needs: [] as { tool: string; version: string | null; from: string }[] },
    devcontainer: null as { change: Partial<Environment>; reasons: string[]; notTaken: string[] } | null,
    /** How saving to the repository is refused. */
    refusesSaving: null as Fault | null,
    /** How many times it was written. */
    saved: 0,
  };
  const projectOf = (id: string): Project => state.projects.find((each) => each.id === id) ?? refuse({ code: 'notFound', message: 'There is no such project.', next: 'Go back to the board.' });
  const handlers = {
    propose: os.propose.handler(({ input }) => {
      const { change, ...rest } = fake.proposal;
      return { environment: { ...projectOf(input.projectId).environment, ...change }, ...rest };
    }),
    readEnvironmentFile: os.readEnvironmentFile.handler(() => fake.reading),
    adoptEnvironmentFile: os.adoptEnvironmentFile.handler(({ input }) =>
      once(input.commandId, () => {
        const { file, blob } = fake.reading;
        if (file === null || blob !== input.from) return refuse({ code: 'targetMoved', message: `${PATH} has changed since it was shown.`, next: 'Look at it again, then adopt it.' });
        const project = Object.assign(projectOf(input.projectId), { environment: file });
        fake.reading = { ...fake.reading, differs: false, needsApproval: [], diff: '', dockerfileDiff: '' };
        feed.publish({ kind: 'project', project });
        return project;
      }),
    ),
    environmentFileText: os.environmentFileText.handler(({ input }) => ({ path: PATH, text: writeEnvironmentFile(projectOf(input.projectId).environment) })),
    saveEnvironmentFile: os.saveEnvironmentFile.handler(({ input }) =>
      once(input.commandId, () => {
        if (fake.refusesSaving !== null) return refuse(fake.refusesSaving);
        fake.saved += 1;
        return { path: PATH, written: fake.saved === 1 };
      }),
    ),
    importDevcontainer: os.importDevcontainer.handler(({ input }) => {
      if (fake.devcontainer === null) return refuse({ code: 'notFound', message: 'The last commit has no devcontainer.json.', next: 'Commit one in .devcontainer, or set the environment up by hand.' });
      const { change, ...rest } = fake.devcontainer;
      return { environment: { ...projectOf(input.projectId).environment, ...change }, ...rest };
    }),
  };
  return Object.assign(fake, { handlers });
};
