import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { connectWebSocket } from '../../src-main/wire/client/connect-web-socket.ts';
import { serveHttp, type HttpListener } from '../../src-main/wire/transports/serve-http.ts';
import { PING_INTERVAL_MS } from '../../src-main/wire/transports/serve-web-socket.ts';
import type { WireClient } from '../conformance/transport.suite.ts';
import { ManualTimer } from '../support/manual-timer.ts';
import { signIn } from '../support/sign-in.ts';
import { createWireRouter, LiveSource, wireContract } from '../support/wire-contract.ts';

let folder: string;
let listener: HttpListener;
let cookie: string;
const timer = new ManualTimer();
const router = createWireRouter(new LiveSource());

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-http-'));
  const root = join(folder, 'renderer');
  await mkdir(join(root, 'assets'), { recursive: true });
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Drydock</title>');
  await writeFile(join(root, 'assets', 'main-1a2b.js'), 'export {}');
  await writeFile(join(root, '.hidden'), 'hidden');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(root, 'assets', 'link.txt'));
  listener = await serveHttp({ router, staticDirectory: root, timer });
  ({ cookie } = await signIn(listener.url));
});
afterAll(async () => {
  await listener.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with its path and Host exactly as given: fetch would tidy them up. */
function ask(path: string, headers: Record<string, string> = { cookie }, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port, host } = new URL(listener.origin);
    request({ hostname, port, path, method, headers: { host, ...headers } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** Status of an upgrade: 101 when it is allowed. */
function upgrade(headers: Record<string, string>, path = '/rpc'): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${listener.origin.replace('http', 'ws')}${path}`, { headers });
    socket.on('open', () => (socket.terminate(), resolve(101)));
    socket.on('unexpected-response', (_request, response) => (socket.terminate(), resolve(response.statusCode ?? 0)));
    socket.on('error', reject);
  });
}

describe('who may open the page', () => {
  it('the token sets a strict cookie and leaves the address', async () => {
    const answer = await fetch(listener.url, { redirect: 'manual' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/');
    expect(answer.headers.get('set-cookie')).toMatch(
      new RegExp(`^drydock-${new URL(listener.origin).port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`),
    );
    expect(answer.headers.get('set-cookie')).not.toContain(new URL(listener.url).searchParams.get('token'));
  });

  it('nothing without the cookie, a wrong token or a wrong cookie', async () => {
    for (const headers of [{}, { cookie: `${cookie}x` }, { cookie: cookie.replace('drydock', 'other') }]) {
      expect((await ask('/', headers)).status).toBe(401);
      expect((await ask('/assets/main-1a2b.js', headers)).status).toBe(401);
    }
    expect((await ask('/?token=wrong', {})).status).toBe(401);
    expect((await ask(`/assets/?token=${new URL(listener.url).searchParams.get('token')}`, {})).status).toBe(401);
  });

  it('no name but the loopback one, so that a rebound name gets nothing', async () => {
    const port = new URL(listener.origin).port;
    for (const host of [`evil.example:${port}`, `127.0.0.1.evil.example:${port}`, '127.0.0.1', `127.0.0.1:1`, `[::1]:${port}`]) {
      expect((await ask('/', { cookie, host })).status).toBe(421);
    }
    expect((await ask('/', { cookie, host: `localhost:${port}` })).status).toBe(200);
  });

  it('only GET and HEAD', async () => {
    expect((await ask('/', { cookie }, 'POST')).status).toBe(405);
    const head = await ask('/', { cookie }, 'HEAD');
    expect([head.status, head.body]).toEqual([200, '']);
  });
});

describe('who may open the WebSocket', () => {
  const origin = () => listener.origin;
  it('a page of ours with the cookie', async () => {
    expect(await upgrade({ cookie, origin: origin() })).toBe(101);
  });
  it('nobody else', async () => {
    expect(await upgrade({ origin: origin() })).toBe(401);
    expect(await upgrade({ cookie })).toBe(403);
    expect(await upgrade({ cookie, origin: 'http://evil.example' })).toBe(403);
    expect(await upgrade({ cookie, origin: 'null' })).toBe(403);
    expect(await upgrade({ cookie, origin: origin(), host: 'evil.example' })).toBe(421);
    expect(await upgrade({ cookie, origin: origin() }, '/other')).toBe(404);
  });
});

describe('files', () => {
  it('have their types, and hashed ones are kept', async () => {
    const page = await ask('/');
    expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
    expect(page.headers['cache-control']).toBe('no-cache');
    const script = await ask('/assets/main-1a2b.js');
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it('carry the security headers', async () => {
    const { headers } = await ask('/');
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self';");
    expect(headers['content-security-policy']).toContain(`connect-src 'self' ${listener.origin.replace('http', 'ws')};`);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
    });
  });

  it('of a place inside the application are its index, other unknown ones are not found', async () => {
    expect((await ask('/board/12')).body).toContain('<title>Drydock');
    expect((await ask('/assets/missing.js')).status).toBe(404);
  });

  it('outside the folder, hidden ones, links out and folders are not served', async () => {
    const paths = [
      '/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/..%5c..%5csecret.txt', '/assets/%2e%2e/%2e%2e/secret.txt',
      '//etc/hostname.txt', '/.hidden', '/assets/link.txt', '/%00.txt', '/%zz.txt',
    ];
    for (const path of paths) {
      const answer = await ask(path);
      expect([path, answer.status]).toEqual([path, 404]);
    }
    expect((await ask('/assets/')).body).toContain('<title>Drydock');
  });
});

describe('abuse of an open WebSocket', () => {
  const open = async () => {
    const socket = new WebSocket(`${listener.origin.replace('http', 'ws')}/rpc`, { headers: { cookie, origin: listener.origin } });
    await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
    return socket;
  };
  const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.on('close', resolve));

  it.each([
    ['no JSON', 'hello'],
    ['no envelope', '[]'],
    ['a path out of the protocol', '{"i":"1","p":{"u":"http://evil.example/x"}}'],
    ['an upload', '{"i":"1","p":{"u":"/echo","h":{"content-type":"multipart/form-data; boundary=x"}}}'],
    ['a client stream', '{"i":"1","t":3,"p":{"e":"message","d":1}}'],
  ])('%s ends it', async (_name, message) => {
    const socket = await open();
    socket.send(message);
    expect(await closed(socket)).toBe(1008);
  });

  it('binary messages and messages that are too large end it', async () => {
    const binary = await open();
    binary.send(Buffer.from('{}'));
    expect(await closed(binary)).toBe(1008);
    const large = await open();
    large.send('x'.repeat(16 * 1024 * 1024 + 1));
    expect(await closed(large)).toBe(1009);
  });

  it('a peer that answers no ping is dropped, one that does is kept', async () => {
    const headers = { headers: { cookie, origin: listener.origin } };
    const dead = await open();
    dead.pong = () => {};
    Object.assign(dead, { _autoPong: false });
    (dead as unknown as { _receiver: { removeAllListeners(event: string): void } })._receiver.removeAllListeners('ping');
    const gone = closed(dead);
    const address = `${listener.origin.replace('http', 'ws')}/rpc`;
    const alive = await connectWebSocket<WireClient>(address, headers, { contract: wireContract, attempts: 0 });
    timer.advance(PING_INTERVAL_MS);
    await alive.client.echo({ text: 'its pong came before this' });
    timer.advance(PING_INTERVAL_MS);
    expect(await gone).toBe(1006);
    expect(await alive.client.echo({ text: 'still here' })).toEqual({ text: 'still here' });
    await alive.close();
  });
});

it('in development the page of the other server may connect, and is told where', async () => {
  const service = await serveHttp({ router, staticDirectory: folder, rendererUrl: 'http://localhost:5173/', timer });
  const { cookie: pass, location } = await signIn(service.url);
  const socketAddress = `${service.origin.replace('http', 'ws')}/rpc`;
  expect(service.origin).toMatch(/^http:\/\/localhost:/);
  expect(new URL(location).searchParams.get('service')).toBe(socketAddress);
  const headers = { headers: { cookie: pass, origin: 'http://localhost:5173' } };
  const { client, close } = await connectWebSocket<WireClient>(socketAddress.replace('localhost', '127.0.0.1'), headers, { contract: wireContract });
  expect(await client.echo({ text: 'dev' })).toEqual({ text: 'dev' });
  await close();
  await service.close();
});
