import { cannedFleet, projectIdOf } from '../../renderer/support/canned.ts';
import { createFakeService, type FakeService } from '../../renderer/support/fake-service.ts';
import type { GalleryState } from '../state.ts';

const API = `#/project/${projectIdOf('api')}`;
const SAMPLE = `#/project/${projectIdOf('sample')}`;

const filled = (): FakeService => {
  const fleet = cannedFleet();
  for (const project of fleet.projects) {
    if (project.name !== 'api') continue;
    project.environment = {
      ...project.environment,
      image: 'registry.example/team/node-and-python:24-bookworm',
      setup: 'npm ci\nnpm run build --workspaces\npython3 -m venv .venv && .venv/bin/pip install --requirement requirements.txt',
      lockFiles: ['package-lock.json', 'requirements.txt'],
      variables: { NODE_ENV: 'test', CI: '1', PATH_PREFIX: '/opt/tools:/usr/local/bin' },
    };
  }
  return createFakeService(fleet);
};

const hostile = (): FakeService => {
  const fleet = cannedFleet();
  for (const project of fleet.projects) {
    if (project.name === 'api') Object.assign(project, { name: `${'A project with a long name '.repeat(7)}🚢`.slice(0, 200), path: `/home/ada/${'very-long-folder/'.repeat(12)}\u202eipa\u001b[31m` });
  }
  return createFakeService(fleet);
};

export const projectStates: readonly GalleryState[] = [
  { name: 'environment-proposal', title: 'The repository’s own files suggest a setup', hash: SAMPLE, service: () => createFakeService(), ready: (page) => page.getByRole('button', { name: 'Use this' }).waitFor() },
  {
    name: 'environment-filled',
    title: 'Everything is set',
    hash: API,
    service: filled,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Use this' }).waitFor();
      await page.getByLabel('Variables').last().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'environment-dirty',
    title: 'Changed, and what that means for the next run',
    hash: SAMPLE,
    service: () => createFakeService(),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Use this' }).click();
      await page.getByText('sets the environment up again').waitFor();
    },
  },
  {
    name: 'environment-error',
    title: 'Fields that cannot be saved',
    hash: SAMPLE,
    service: () => createFakeService(),
    ready: async (page) => {
      await page.getByLabel('Image', { exact: true }).fill('not an image!');
      await page.getByLabel('Variables').last().fill('GOOD=1\n2BAD=x');
      await page.getByText('Line 2: a name has letters').waitFor();
    },
  },
  {
    name: 'environment-conflict',
    title: 'Changed in another window',
    hash: SAMPLE,
    service: () => createFakeService(),
    ready: async (page, service) => {
      await page.getByLabel('Setup script').fill('make deps');
      const project = service.feed.state.projects.find((each) => each.name === 'sample');
      if (project) {
        project.environment = { ...project.environment, setup: 'make all' };
        service.feed.publish({ kind: 'project', project });
      }
      await page.getByText('was changed in another window').waitFor();
    },
  },
  {
    name: 'environment-remove',
    title: 'Before a project is removed',
    hash: API,
    service: () => createFakeService(),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Remove the project…' }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  { name: 'environment-hostile', title: 'Long and hostile names', hash: API, service: hostile, ready: (page) => page.getByLabel('Setup script').waitFor() },
  {
    name: 'environment-add',
    title: 'A folder that is no repository',
    hash: '#/board',
    service: () => createFakeService({ ...cannedFleet(), projects: [], briefs: [], runs: [], progress: [], waiting: {} }),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Add a folder' }).click();
      await page.getByLabel('Folder of a git repository').fill('/tmp/nothing');
      await page.keyboard.press('Enter');
      await page.getByText('is not in a git repository').waitFor();
    },
  },
];
