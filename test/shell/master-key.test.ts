import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readHolder } from '../../src-main/adapters/files/claim-data-directory.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { connectLocal } from '../../src-main/wire/client/connect-local.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { newCommandId } from '../../src-main/wire/client/command-id.ts';
import { startService } from '../../src-main/start-service.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import { type Bundles, buildBundles } from '../support/electron-stand-in/built-bundles.ts';
import { launchChromium } from '../support/electron-stand-in/chromium.ts';
import { runShell } from '../support/electron-stand-in/run-shell.ts';
import { type StandInKeychain, standInKeychain } from '../support/electron-stand-in/safe-storage.ts';
import type { StandIn } from '../support/electron-stand-in/stand-in.ts';

const FOLDER = 'test-results-master-key';
const VALUE = 'tok_9f1c-7Qz/8+value';
const browser = launchChromium();
let bundles: Bundles;
let folder: string;
const shells: StandIn[] = [];

beforeAll(async () => {
  bundles = await buildBundles(FOLDER);
});
afterAll(async () => {
  await (await browser).close();
  await rm(join(import.meta.dirname, '../..', FOLDER), { recursive: true, force: true });
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-key-'));
  execFileSync('git', ['init', '--quiet', join(folder, 'shop')]);
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '--allow-empty', '-m', 'Begin'], { cwd: join(folder, 'shop') });
});
afterEach(async () => {
  for (const shell of shells.splice(0)) await shell.dispose();
  await rm(folder, { recursive: true, force: true });
});

const data = (): string => join(folder, 'data');

const start = async (keychain?: StandInKeychain): Promise<StandIn> => {
  const shell = await runShell({
    shell: bundles.shell,
    userData: join(folder, 'profile'),
    browser,
    args: ['--data-dir', data()],
    files: { '/': { type: 'text/html', body: '<!doctype html><title>Drydock</title>' } },
    ...(keychain === undefined ? {} : { keychain }),
  });
  shells.push(shell);
  return shell;
};

/** Talks to the service that this shell runs, as the command line does. */
const withClient = async <T>(shell: StandIn, talk: (client: DrydockClient) => Promise<T>): Promise<T> => {
  const pid = shell.services.at(-1)?.child.pid;
  const socket = await vi.waitUntil(
    async () => {
      const holder = await readHolder(data());
      return holder?.pid === pid ? holder?.socket : null;
    },
    { timeout: 30_000, interval: 50 },
  );
  const connection = await connectLocal<DrydockClient>(socket ?? '');
  try {
    return await talk(connection.client);
  } finally {
    await connection.close();
  }
};

const quit = async (shell: StandIn): Promise<void> => {
  shell.requestQuit();
  expect(await shell.quit).toBe(0);
};

const keep = (shell: StandIn): Promise<ProjectId> =>
  withClient(shell, async (client) => {
    const { id } = await client.projects.add({ commandId: newCommandId(), path: join(folder, 'shop') });
    await client.secrets.set({ commandId: newCommandId(), projectId: id, name: 'TOKEN', given: { kind: 'value', value: VALUE } });
    return id;
  });
const list = (shell: StandIn, projectId: ProjectId) => withClient(shell, (client) => client.secrets.list({ projectId }));

describe('with a keychain', () => {
  it('the key is made once, kept encrypted, and opens the secrets after a restart', async () => {
    const keychain = standInKeychain();
    const first = await start(keychain);
    const project = await keep(first);
    const before = await list(first, project);
    expect(before).toMatchObject({ keptBy: 'keychain', secrets: [{ name: 'TOKEN' }] });
    await quit(first);

    const second = await start(keychain);
    expect(await list(second, project)).toEqual(before);
    expect(keychain.encrypted).toHaveLength(1);
    const file = join(data(), 'master-key.safe');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const key = Buffer.from(keychain.encrypted[0] ?? '', 'base64');
    expect(key.length).toBe(32);
    const bytes = await readFile(file);
    for (const trace of [key, key.toString('base64'), key.toString('hex')]) expect(bytes.includes(trace)).toBe(false);
    expect(await readdir(data())).not.toContain('secrets.key');
    await quit(second);
  });

  it('a service that is started again after it was killed gets the same key', async () => {
    const shell = await start(standInKeychain());
    const project = await keep(shell);
    const before = await list(shell, project);
    const [killed] = shell.services;
    killed?.child.kill('SIGKILL');
    await vi.waitUntil(() => shell.services.length === 2, { timeout: 30_000 });
    expect(await list(shell, project)).toEqual(before);
    await quit(shell);
  });

  it.skipIf(process.platform !== 'linux')('the key is in no argument and no variable of any process, and in no file', async () => {
    const keychain = standInKeychain();
    const shell = await start(keychain);
    await keep(shell);
    const key = Buffer.from(keychain.encrypted[0] ?? '', 'base64');
    const traces = [key, key.toString('base64'), key.toString('base64url'), key.toString('hex'), [...key].join(',')];
    const pid = shell.services[0]?.child.pid;
    const seen = [await readFile(`/proc/${pid}/cmdline`), await readFile(`/proc/${pid}/environ`), Buffer.from(JSON.stringify([shell.services[0]?.args, shell.services[0]?.output.text, process.env]))];
    const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    for (const { parentPath, name } of files) seen.push(await readFile(join(parentPath, name)));
    for (const trace of traces) expect(seen.some((bytes) => bytes.includes(trace))).toBe(false);
    await quit(shell);
  });

  it('that does not open the key any more, the app works, and the secrets say that they must be given anew', async () => {
    const keychain = standInKeychain();
    const first = await start(keychain);
    const project = await keep(first);
    await quit(first);
    const sealed = await readFile(join(data(), 'master-key.safe'));

    const told = vi.spyOn(console, 'error').mockImplementation(() => {});
    const second = await start({ ...keychain, isLocked: true });
    expect(await list(second, project)).toMatchObject({ keptBy: 'keyFile', secrets: [{ name: 'TOKEN', damaged: true }] });
    await quit(second);
    expect(told.mock.calls.join()).toContain('master-key.safe');
    told.mockRestore();

    expect((await readFile(join(data(), 'master-key.safe'))).equals(sealed)).toBe(true);
    const third = await start(keychain);
    expect((await list(third, project)).secrets[0]?.damaged).toBeUndefined();
    await quit(third);
  });

  it('that comes later, what was sealed before stays readable', async () => {
    const service = await startService({ dataDirectory: data() });
    const { client } = connectInMemory<DrydockClient>(service.router);
    const { id } = await client.projects.add({ commandId: newCommandId(), path: join(folder, 'shop') });
    await client.secrets.set({ commandId: newCommandId(), projectId: id, name: 'TOKEN', given: { kind: 'value', value: VALUE } });
    const before = await client.secrets.list({ projectId: id });
    expect(before.keptBy).toBe('keyFile');
    await service.dispose();

    const shell = await start(standInKeychain());
    expect(await list(shell, id)).toEqual({ ...before, keptBy: 'keychain' });
    await quit(shell);
  });
});

it('without a keychain the key lies in a file', async () => {
  const shell = await start();
  const project = await keep(shell);
  expect(await list(shell, project)).toMatchObject({ keptBy: 'keyFile', secrets: [{ name: 'TOKEN' }] });
  expect((await readdir(data())).filter((name) => /key/.test(name))).toEqual(['secrets.key']);
  await quit(shell);
});
