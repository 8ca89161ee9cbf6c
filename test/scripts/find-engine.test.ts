import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { engineAddress, findEngine, whyNoAnswer, type FindEngineOptions } from '../../resources/engine/find-engine.mjs';

let home: string;
let closers: (() => void)[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'dd-'));
  closers = [];
});
afterEach(() => {
  for (const close of closers) close();
  rmSync(home, { recursive: true, force: true });
});

/** Looks on a machine that has nothing but what the test put into `home`. */
function look(options: FindEngineOptions = {}) {
  return findEngine({
    env: {},
    home,
    platform: 'linux',
    uid: 1000,
    root: join(home, 'root'),
    timeoutMs: 300,
    ...options,
  });
}

async function listen(server: Server | ReturnType<typeof createRawServer>, where: string | number): Promise<void> {
  if (typeof where === 'string') mkdirSync(dirname(where), { recursive: true });
  await new Promise<void>((resolve) => {
    if (typeof where === 'string') server.listen(where, resolve);
    else server.listen(where, '127.0.0.1', resolve);
  });
  closers.push(() => server.close());
}

/** An engine that answers a ping with `status`. */
async function engineAt(where: string | number, status = 200): Promise<Server> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/_ping' ? status : 404).end('OK');
  });
  await listen(server, where);
  return server;
}

/** Accepts connections and never says a word. */
async function hungEngineAt(path: string): Promise<void> {
  await listen(
    createRawServer((socket) => {
      closers.push(() => socket.destroy());
    }),
    path,
  );
}

function addContext(name: string, host: string, certificates: readonly string[] = []): void {
  const id = createHash('sha256').update(name).digest('hex');
  const meta = join(home, '.docker/contexts/meta', id);
  mkdirSync(meta, { recursive: true });
  writeFileSync(join(meta, 'meta.json'), JSON.stringify({ Name: name, Endpoints: { docker: { Host: host } } }));
  if (certificates.length === 0) return;
  const tls = join(home, '.docker/contexts/tls', id, 'docker');
  mkdirSync(tls, { recursive: true });
  for (const file of certificates) writeFileSync(join(tls, file), 'not a certificate');
}

function useContext(name: string): void {
  mkdirSync(join(home, '.docker'), { recursive: true });
  writeFileSync(join(home, '.docker/config.json'), JSON.stringify({ currentContext: name }));
}

describe('usual sockets', () => {
  it('names every place and one next step where there is nothing', async () => {
    const look1 = await look();
    expect(look1).toMatchObject({ found: false, nextStep: expect.stringContaining('sudo apt-get install docker.io') });
    if (look1.found) return;
    expect(look1.tried.map(({ source }) => source)).toEqual(
      expect.arrayContaining(['Docker', 'Colima', 'rootless Podman']),
    );
    expect(new Set(look1.tried.map(({ problem }) => problem))).toEqual(new Set(['there is no such socket']));
  });

  it.each([
    ['Docker', 'root/var/run/docker.sock'],
    ['rootless Docker', 'root/run/user/1000/docker.sock'],
    ['Docker Desktop', '.docker/desktop/docker.sock'],
    ['Colima', '.colima/default/docker.sock'],
    ['OrbStack', '.orbstack/run/docker.sock'],
    ['Rancher Desktop', '.rd/docker.sock'],
    ['rootless Podman', 'root/run/user/1000/podman/podman.sock'],
    ['Podman', 'root/run/podman/podman.sock'],
  ])('finds %s on Linux', async (source, path) => {
    await engineAt(join(home, path));
    expect(await look()).toEqual({ found: true, endpoint: { kind: 'socket', path: join(home, path) }, source });
  });

  it('finds the Podman machine of a Mac in its temporary folder', async () => {
    const path = join(home, 'T/podman/podman-machine-default-api.sock');
    await engineAt(path);
    expect(await look({ platform: 'darwin', env: { TMPDIR: join(home, 'T') } })).toMatchObject({
      found: true,
      source: 'Podman machine',
    });
  });

  it('takes the first in its order, not the first to answer', async () => {
    await engineAt(join(home, '.colima/default/docker.sock'));
    await engineAt(join(home, '.orbstack/run/docker.sock'));
    expect(await look()).toMatchObject({ source: 'Colima' });
  });

  it('passes over a socket left behind, a hung engine and one that answers with an error', async () => {
    // A file where the socket was refuses like one whose listener is gone.
    mkdirSync(join(home, 'root/var/run'), { recursive: true });
    writeFileSync(join(home, 'root/var/run/docker.sock'), '');
    await hungEngineAt(join(home, '.colima/default/docker.sock'));
    await engineAt(join(home, '.orbstack/run/docker.sock'), 503);
    await engineAt(join(home, '.rd/docker.sock'));
    expect(await look()).toMatchObject({ found: true, source: 'Rancher Desktop' });
  });

  it('says of a hung engine that it does not answer, and to restart it', async () => {
    const path = join(home, '.colima/default/docker.sock');
    await hungEngineAt(path);
    const answer = await look();
    expect(answer).toMatchObject({ found: false, nextStep: expect.stringMatching(/Colima .*restart it/) });
    expect(!answer.found && answer.tried.find(({ where }) => where === `unix://${path}`)?.problem).toBe(
      'no answer within 0.3 s',
    );
  });

  it('says of a stopped engine to start it', async () => {
    mkdirSync(join(home, 'root/var/run'), { recursive: true });
    writeFileSync(join(home, 'root/var/run/docker.sock'), '');
    expect(await look()).toMatchObject({ found: false, nextStep: expect.stringContaining('installed but stopped') });
  });
});

describe('DOCKER_HOST', () => {
  it('is the only engine asked, whatever else there is', async () => {
    await engineAt(join(home, 'root/var/run/docker.sock'));
    const answer = await look({ env: { DOCKER_HOST: `unix://${home}/gone.sock` } });
    expect(answer).toMatchObject({
      found: false,
      tried: [{ source: 'DOCKER_HOST', problem: 'there is no such socket' }],
    });
    expect(!answer.found && answer.nextStep).toContain('unset DOCKER_HOST');
  });

  it('takes a socket, with and without its scheme', async () => {
    const path = join(home, 'mine.sock');
    await engineAt(path);
    for (const address of [`unix://${path}`, path]) {
      expect(await look({ env: { DOCKER_HOST: address } })).toEqual({
        found: true,
        endpoint: { kind: 'socket', path },
        source: 'DOCKER_HOST',
      });
    }
  });

  it('takes a port, and says when it is refused', async () => {
    const server = await engineAt(0);
    const { port } = server.address() as AddressInfo;
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${port}` };
    expect(await look({ env })).toMatchObject({ found: true, endpoint: { kind: 'tcp', host: '127.0.0.1', port } });
    await new Promise((resolve) => server.close(resolve));
    expect(await look({ env })).toMatchObject({
      found: false,
      tried: [{ problem: 'nothing listens there (refused)' }],
    });
  });

  it('takes certificates from DOCKER_CERT_PATH when DOCKER_TLS_VERIFY is set', async () => {
    writeFileSync(join(home, 'ca.pem'), '');
    const server = await engineAt(0);
    const { port } = server.address() as AddressInfo;
    const env = { DOCKER_HOST: `tcp://127.0.0.1:${port}`, DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: home };
    // An engine in the clear cannot pass for one with TLS.
    expect(await look({ env })).toMatchObject({ found: false });
  });

  it.each([
    ['fd://3', 'not supported'],
    ['unix://relative', 'absolute path'],
    ['tcp://', 'host and a port'],
    ['ssh://', 'needs a host'],
    ['ssh://-oProxyCommand=touch', 'needs a host'],
    ['npipe://docker', '//./pipe/'],
  ])('refuses %s in words', async (address, words) => {
    expect(await look({ env: { DOCKER_HOST: address } })).toMatchObject({
      found: false,
      tried: [{ problem: expect.stringContaining(words) }],
    });
  });
});

describe('contexts', () => {
  it('takes the current one before the usual sockets', async () => {
    const path = join(home, 'work.sock');
    await engineAt(path);
    await engineAt(join(home, 'root/var/run/docker.sock'));
    addContext('work', `unix://${path}`);
    useContext('work');
    expect(await look()).toEqual({ found: true, endpoint: { kind: 'socket', path }, source: 'Docker context "work"' });
  });

  it('goes on to the usual sockets when the current one is down', async () => {
    await engineAt(join(home, 'root/var/run/docker.sock'));
    addContext('work', `unix://${home}/gone.sock`);
    useContext('work');
    expect(await look()).toMatchObject({ found: true, source: 'Docker' });
  });

  it('obeys DOCKER_CONTEXT alone, and DOCKER_HOST before it', async () => {
    const path = join(home, 'work.sock');
    await engineAt(path);
    addContext('work', `unix://${path}`);
    await engineAt(join(home, 'root/var/run/docker.sock'));
    expect(await look({ env: { DOCKER_CONTEXT: 'work' } })).toMatchObject({ source: 'Docker context "work"' });
    expect(await look({ env: { DOCKER_CONTEXT: 'nowhere' } })).toMatchObject({
      found: false,
      tried: [{ problem: 'there is no context of that name' }],
    });
    expect(await look({ env: { DOCKER_CONTEXT: 'nowhere', DOCKER_HOST: `unix://${path}` } })).toMatchObject({
      source: 'DOCKER_HOST',
    });
    expect(await look({ env: { DOCKER_CONTEXT: 'default' } })).toMatchObject({ source: 'Docker' });
  });

  it('never goes to another machine through a context that is not current', async () => {
    const server = await engineAt(0);
    addContext('remote', `tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    expect(await look()).toMatchObject({ found: false });
    useContext('remote');
    expect(await look()).toMatchObject({ found: true, source: 'Docker context "remote"' });
  });

  it('names certificates that cannot be read', async () => {
    addContext('remote', 'tcp://127.0.0.1:1', ['ca.pem', 'cert.pem', 'key.pem']);
    useContext('remote');
    const answer = await look();
    expect(!answer.found && answer.tried[0]).toMatchObject({
      source: 'Docker context "remote"',
      where: 'tcp://127.0.0.1:1',
    });
  });

  it('passes over files that are not what they should be', async () => {
    mkdirSync(join(home, '.docker/contexts/meta/bad'), { recursive: true });
    writeFileSync(join(home, '.docker/contexts/meta/bad/meta.json'), '{"Name":');
    writeFileSync(join(home, '.docker/config.json'), '[]');
    await engineAt(join(home, '.rd/docker.sock'));
    expect(await look()).toMatchObject({ found: true, source: 'Rancher Desktop' });
  });
});

describe('engineAddress', () => {
  it('writes every kind as DOCKER_HOST has it', () => {
    expect(engineAddress({ kind: 'socket', path: '/a/b.sock' })).toBe('unix:///a/b.sock');
    expect(engineAddress({ kind: 'socket', path: '//./pipe/docker_engine' })).toBe('npipe:////./pipe/docker_engine');
    expect(engineAddress({ kind: 'tcp', host: '::1', port: 2375 })).toBe('tcp://[::1]:2375');
    expect(engineAddress({ kind: 'ssh', host: 'me@box:2222' })).toBe('ssh://me@box:2222');
  });
});

describe('whyNoAnswer', () => {
  it('is undefined for an engine that answers', async () => {
    const path = join(home, 'e.sock');
    await engineAt(path);
    expect(await whyNoAnswer({ kind: 'socket', path }, 300)).toBeUndefined();
  });
});
