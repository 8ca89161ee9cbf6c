import type { EnvironmentFileReading } from '../../../src-main/contract/endpoints.ts';
import type { BlobId } from '../../../src-main/contract/ids.ts';
import type { RunState, Snapshot } from '../../../src-main/contract/run.ts';
import type { SealReceipt } from '../../../src-main/contract/secret.ts';
import type { SetupFailure } from '../../../src-main/contract/setup-try.ts';
import { neededApproval } from '../../../src-main/domain/environment/approval.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import { writeEnvironmentFile } from '../../../src-main/domain/environment/environment-file.ts';
import { textDifference } from '../../../src-main/domain/environment/text-difference.ts';
import { cannedFleet, NOW, objectOf, projectIdOf } from '../../renderer/support/canned.ts';
import { cannedSetupTry } from '../../renderer/support/canned-setup-try.ts';
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

const withSecrets = (): FakeService => {
  const fleet = cannedFleet();
  for (const project of fleet.projects) {
    if (project.name === 'sample') project.environment = { ...project.environment, setup: 'npm ci', secrets: [{ name: 'NPM_TOKEN', file: '~/.npmrc' }, { name: 'SENTRY_TOKEN', file: null }] };
  }
  const service = createFakeService(fleet);
  const id = projectIdOf('sample');
  void service.secrets.keep(id, 'NPM_TOKEN', { kind: 'value', value: 'a-canned-value-8821' });
  void service.secrets.keep(id, 'API_KEY', { kind: 'onePassword', reference: 'op://team/shop/key' });
  return service;
};

const withServices = (): FakeService => {
  const fleet = cannedFleet();
  for (const project of fleet.projects) {
    if (project.name !== 'sample') continue;
    const db = { name: 'db', image: 'postgres:17', variables: { POSTGRES_PASSWORD: 'only-for-tests', POSTGRES_DB: 'shop' }, health: 'pg_isready --host 127.0.0.1', readyWithinSeconds: 60, command: ['postgres', '-c', 'fsync=off'] };
    project.environment = { ...project.environment, services: [db, { ...db, name: 'cache', image: 'redis:8', variables: {}, health: 'redis-cli ping', command: null }] };
  }
  return createFakeService(fleet);
};

const BLOB = objectOf<BlobId>('environment.yaml');
const SAMPLE_ID = projectIdOf('sample');

/** The repository's own file says something else than what is in use. */
const withFile = (more: Partial<EnvironmentFileReading> = {}): FakeService => {
  const service = createFakeService();
  const before = { ...DEFAULT_ENVIRONMENT, setup: 'npm ci', lockFiles: ['package-lock.json'] };
  const file = { ...before, image: 'registry.example/team/node:24', setup: 'npm ci\nnpm run build --workspaces', secrets: [{ name: 'NPM_TOKEN', file: '~/.npmrc' }, { name: 'SENTRY_TOKEN', file: null }], network: { ...before.network, mode: 'allowlist' as const, presets: ['registries' as const] } };
  const sample = service.feed.state.projects.find(({ id }) => id === SAMPLE_ID);
  if (sample) sample.environment = before;
  service.environmentFile.reading = {
    file,
    blob: BLOB,
    dockerfile: null,
    problems: ['limits.cpus: the file asks for 64; yours is 2, and that holds'],
    differs: true,
    needsApproval: neededApproval({ environment: before, dockerfile: null }, { environment: file, dockerfile: null }),
    diff: textDifference(writeEnvironmentFile(before), writeEnvironmentFile(file)),
    dockerfileDiff: '',
    ...more,
  };
  return service;
};

const RECEIPT = { at: NOW - 2_000, secrets: ['NPM_TOKEN'], forms: ['raw', 'base64', 'hex', 'percent'], files: 4_812, bytes: 61_000_000, deleted: ['/home/agent/.npmrc'], found: [] } satisfies SealReceipt;
const OUTPUT = 'added 214 packages in 9s\n\n52 packages are looking for funding\n  run `npm fund` for details\n';

/** A try of the sample's environment, with its log. */
const withTry = (state: RunState, { failure = null, snapshot = null, output = OUTPUT }: { failure?: SetupFailure | null; snapshot?: Snapshot | null; output?: string } = {}): FakeService => {
  const service = createFakeService();
  const environment = { ...DEFAULT_ENVIRONMENT, setup: 'npm ci\nmake generate', lockFiles: ['package-lock.json'] };
  const sample = service.feed.state.projects.find(({ id }) => id === SAMPLE_ID);
  if (sample) sample.environment = environment;
  const began = Date.now() - 31_000;
  const times = { preparing: began, settingUp: began + 900, ...(state.name === 'reviewable' ? { sealing: began + 28_000 } : {}) };
  const endedAt = state.name === 'settingUp' ? null : began + 29_500;
  const turns = cannedSetupTry(SAMPLE_ID, state).run.turns.map((turn) => ({ ...turn, snapshot }));
  const tried = service.setupTries.put(cannedSetupTry(SAMPLE_ID, state, environment, { times, endedAt, turns }, failure));
  service.writeLog(tried.run.id, 'Base: main at 1a2b3c4\n', 'drydock', false, { at: began + 800 });
  service.writeLog(tried.run.id, output, 'setup', endedAt !== null, { at: began + 12_000 });
  return service;
};

const SNAPSHOT: Snapshot = { key: 'k', image: 'drydock/snapshot:k', tree: objectOf('tree'), reused: false, receipt: RECEIPT };
const FAILURE: SetupFailure = {
  command: 'make generate',
  line: 2,
  exitCode: 127,
  lastLines: ['added 214 packages in 9s', 'bash: line 2: make: command not found'],
  cause: 'make is not in the image.',
  next: 'Choose an image that has make, or install it in the setup script; packages of the distribution need setup as root.',
};

const repositoryStates: readonly GalleryState[] = [
  { name: 'environment-file-differs', title: 'The repository’s file says something else: what adopting changes and gives', hash: SAMPLE, service: () => withFile(), ready: (page) => page.getByRole('button', { name: 'Adopt it' }).waitFor() },
  {
    name: 'environment-file-refused',
    title: 'Adopted too late: the file has changed since it was shown',
    hash: SAMPLE,
    service: () => withFile(),
    ready: async (page, service) => {
      await page.getByRole('button', { name: 'Adopt it' }).waitFor();
      service.environmentFile.reading = { ...service.environmentFile.reading, blob: objectOf<BlobId>('another') };
      await page.getByRole('button', { name: 'Adopt it' }).click();
      await page.getByText('has changed since it was shown').waitFor();
    },
  },
  {
    name: 'environment-file-left',
    title: 'Left as it is',
    hash: SAMPLE,
    service: () => withFile(),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Leave it' }).click();
      await page.getByText('you left it as it is').waitFor();
    },
  },
  {
    name: 'environment-file-malformed',
    title: 'The repository’s file cannot be used',
    hash: SAMPLE,
    service: () => withFile({ file: null, differs: false, needsApproval: [], diff: '', problems: ['line 4: privileged: there is no such field', 'line 9: secrets.0.value: a secret’s value never stands in a file; only its name and use do'] }),
    ready: (page) => page.getByText('cannot be used').waitFor(),
  },
  {
    name: 'environment-file-save',
    title: 'Before the file is written, with what changes in it',
    hash: SAMPLE,
    service: () => withFile(),
    ready: async (page) => {
      await page.getByRole('button', { name: 'Adopt it' }).waitFor();
      await page.getByRole('button', { name: 'Save to the repository…' }).click();
      await page.getByLabel('What changes in the file').waitFor();
    },
  },
  {
    name: 'environment-file-save-conflict',
    title: 'A file of the user’s own is in the way: nothing was written',
    hash: SAMPLE,
    service: () => {
      const service = createFakeService();
      service.environmentFile.refusesSaving = { code: 'dirtyPath', message: '.drydock/environment.yaml in your working tree is not as in the last commit.', next: 'Commit it or take it away, then try again; or copy the text in by hand.' };
      return service;
    },
    ready: async (page) => {
      await page.getByRole('button', { name: 'Save to the repository…' }).click();
      await page.getByRole('button', { name: 'Write the file' }).click();
      await page.getByText('is not as in the last commit').waitFor();
    },
  },
  {
    name: 'environment-devcontainer',
    title: 'What devcontainer.json describes, and what is not taken over',
    hash: SAMPLE,
    service: () => {
      const service = createFakeService();
      service.environmentFile.devcontainer = {
        change: { image: 'mcr.example/devcontainers/node:20', setup: 'npm ci && npm run build', variables: { NODE_ENV: 'development' } },
        reasons: ['.devcontainer/devcontainer.json: image: mcr.example/devcontainers/node:20', '.devcontainer/devcontainer.json: setup: postCreateCommand', '.devcontainer/devcontainer.json: variables: NODE_ENV'],
        notTaken: ['features: not taken over, because what they install belongs into the image, or into setup', 'mounts: not taken over, because no folder or socket of your machine is given to a container', 'runArgs: not taken over, because options of the engine are never taken from a file'],
      };
      return service;
    },
    ready: async (page) => {
      await page.getByRole('button', { name: 'Take it over…' }).click();
      await page.getByRole('checkbox', { name: 'Image', exact: true }).waitFor();
      await page.getByRole('region', { name: 'devcontainer.json' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'environment-devcontainer-malformed',
    title: 'A devcontainer.json that is not JSON',
    hash: SAMPLE,
    service: () => {
      const service = createFakeService();
      service.environmentFile.devcontainer = { change: {}, reasons: [], notTaken: ['.devcontainer/devcontainer.json: ignored, because it is not JSON, also not with comments'] };
      return service;
    },
    ready: (page) => page.getByText('Nothing of devcontainer.json can be taken over').waitFor(),
  },
];

const tryStates: readonly GalleryState[] = [
  { name: 'environment-try-running', title: 'Setup is tried, live', hash: SAMPLE, service: () => withTry({ name: 'settingUp' }), ready: (page) => page.getByText('packages are looking for funding').waitFor() },
  {
    name: 'environment-try-failed',
    title: 'Setup failed: why, which command, and the next step',
    hash: SAMPLE,
    service: () => withTry({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 127, outOfMemory: false } }, { failure: FAILURE, output: `${OUTPUT}bash: line 2: make: command not found\ndrydock: line 2 ended with status 127: make generate\n` }),
    ready: (page) => page.getByText('make is not in the image.').waitFor(),
  },
  { name: 'environment-try-sealed', title: 'Sealed, with its receipt', hash: SAMPLE, service: () => withTry({ name: 'reviewable' }, { snapshot: SNAPSHOT }), ready: (page) => page.getByText('The next brief starts from this at once.').waitFor() },
  {
    name: 'environment-try-unsaved',
    title: 'Sealed, and the form has been changed since',
    hash: SAMPLE,
    service: () => withTry({ name: 'reviewable' }, { snapshot: SNAPSHOT }),
    ready: async (page) => {
      await page.getByRole('textbox', { name: 'Setup script' }).fill('npm ci\nmake all');
      await page.getByText('The form has been changed since').waitFor();
    },
  },
  {
    name: 'environment-try-shell',
    title: 'A shell in what was sealed',
    hash: SAMPLE,
    service: () => withTry({ name: 'reviewable' }, { snapshot: SNAPSHOT }),
    ready: async (page, service) => {
      await page.getByRole('button', { name: /^Shell/ }).click();
      await page.locator('.xterm-rows').getByText('agent@drydock').waitFor();
      service.shells.say('ls\r\nMakefile  node_modules  package.json  src\r\nagent@drydock:/workspace$ ');
      await page.locator('.xterm-rows').getByText('Makefile').waitFor();
    },
  },
  { name: 'environment-try-stopped', title: 'Stopped', hash: SAMPLE, service: () => withTry({ name: 'cancelled', phase: 'settingUp' }), ready: (page) => page.getByText('nothing of it is left').waitFor() },
];

export const projectStates: readonly GalleryState[] = [
  ...repositoryStates,
  ...tryStates,
  {
    name: 'environment-services',
    title: 'Servers beside the work, one with a name that cannot be saved',
    hash: SAMPLE,
    service: withServices,
    ready: async (page) => {
      const second = page.getByRole('group', { name: 'Service 2' });
      await second.getByLabel('Name').fill('Cache');
      await page.getByRole('group', { name: 'Service 1' }).getByText('Command', { exact: true }).click();
      await second.scrollIntoViewIfNeeded();
    },
  },
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
      await page.getByRole('textbox', { name: 'Setup script' }).fill('make deps');
      const project = service.feed.state.projects.find((each) => each.name === 'sample');
      if (project) {
        project.environment = { ...project.environment, setup: 'make all' };
        service.feed.publish({ kind: 'project', project });
      }
      await page.getByText('The two differ in Setup script').waitFor();
    },
  },
  {
    name: 'environment-secrets',
    title: 'Secrets: set, a reference, one missing, and a value that is refused',
    hash: SAMPLE,
    service: withSecrets,
    ready: async (page) => {
      await page.getByRole('button', { name: 'Secret', exact: true }).click();
      await page.getByLabel('Secret’s name').fill('DB_PASSWORD');
      await page.getByRole('textbox', { name: 'Value' }).fill('password');
      await page.getByRole('button', { name: 'Keep secret' }).click();
      await page.getByText('it is a common word').waitFor();
      await page.mouse.move(0, 0);
      await page.getByRole('region', { name: 'Secrets' }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'environment-allow-list',
    title: 'The allow-list, with a warning and an error',
    hash: SAMPLE,
    service: withSecrets,
    ready: async (page) => {
      await page.getByRole('radio', { name: 'Allow-list' }).click();
      await page.getByText('Package registries of the image').click();
      for (const [at, host] of ['*.github.io', 'https://example.com/api', 'packages.example.com'].entries()) {
        await page.getByRole('button', { name: 'Host', exact: true }).click();
        await page.getByRole('group', { name: `Host ${at + 1}` }).getByLabel('Host', { exact: true }).fill(host);
      }
      await page.getByText('Write the name alone').waitFor();
      await page.getByRole('button', { name: 'Header', exact: true }).scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'environment-full-internet',
    title: 'New briefs begin with full internet',
    hash: SAMPLE,
    service: withSecrets,
    ready: async (page) => {
      await page.getByRole('radio', { name: 'Full' }).click();
      await page.getByText('it can send to anybody').waitFor();
    },
  },
  {
    name: 'environment-service-away',
    title: 'The service does not answer: what was typed is kept, and why nothing can be saved or tried',
    hash: SAMPLE,
    service: () => createFakeService(),
    ready: async (page, _service, server) => {
      await page.getByRole('textbox', { name: 'Setup script' }).fill('make deps');
      server.cut(true);
      await page.getByText('Reconnecting…').waitFor();
      await page.getByText('what you typed is kept here').waitFor();
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
  { name: 'environment-hostile', title: 'Long and hostile names', hash: API, service: hostile, ready: (page) => page.getByRole('textbox', { name: 'Setup script' }).waitFor() },
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
