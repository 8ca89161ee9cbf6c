import { X509Certificate } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Redact } from '../../../src-main/adapters/gateway/proxy/proxy-context.ts';
import { createProxy } from '../../../src-main/adapters/gateway/proxy/create-proxy.ts';
import { SeatFailure } from '../../../src-main/ports/network-seat.ts';
import { allowlist, rule } from '../../support/network-policy.ts';
import { createWorld, readHead, reasonIn, somethingOf, type Client, type World } from '../../support/proxy-world.ts';
import { handClock } from '../../support/hand-clock.ts';

const PUBLIC = '93.184.216.34';
let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const name of ['allowed.test', 'read.test', 'path.test', 'evil.test', 'other.read.test']) world.names.set(name, [PUBLIC]);
});
afterEach(() => world.close());

const reading = () => world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET', 'HEAD'] }), rule('path.test', { path: '/mine' })]));

/** Sends bytes as they are over a connection, and reads the answer's head and what has come of its body. */
const sayOn = async (stream: TLSSocket, bytes: string): Promise<string> => {
  stream.write(bytes);
  const head = await readHead(stream);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  let body = '';
  while (body.length < length) {
    const piece = stream.read() as Buffer | null;
    if (piece === null) await somethingOf(stream);
    else body += piece.toString('latin1');
  }
  return head + body;
};

describe('where rules are about requests, TLS ends here', () => {
  test('with a certificate of the run, and goes on to the host as its name demands', async () => {
    const client = await reading();
    const socket = await client.secure('read.test:443', { ALPNProtocols: ['h2', 'http/1.1'] });
    const leaf = socket.getPeerX509Certificate();
    expect(leaf?.subjectAltName).toBe('DNS:read.test');
    expect(leaf?.verify(new X509Certificate(client.proxy.authorityPem ?? '').publicKey)).toBe(true);
    expect(socket.alpnProtocol).toBe('http/1.1');
    expect(await client.https('https://read.test/a?b', { on: socket })).toMatchObject({ status: 200, body: 'hello from the sink' });
    socket.destroy();
    expect(world.arrived).toMatchObject([{ speech: 'tls', serverName: 'read.test', method: 'GET', url: '/a?b', body: '' }]);
    expect(world.dialled).toEqual([`${PUBLIC}:443`]);
    expect(client.log()).toEqual(['passed read.test:443 GET /a']);
  });

  test('but not where everything is allowed anyway', async () => {
    const client = await reading();
    const socket = await client.secure('allowed.test:443');
    const leaf = socket.getPeerX509Certificate();
    expect(leaf?.verify(new X509Certificate(client.proxy.authorityPem ?? '').publicKey)).toBe(false);
    expect(leaf?.verify(new X509Certificate(world.authority.pem).publicKey)).toBe(true);
    socket.destroy();
  });

  test('and a host that cannot prove its name is not spoken to', async () => {
    const client = await world.proxy(allowlist([rule('read.test', { methods: ['GET'] })]), { trust: [] });
    const answer = await client.https('https://read.test/secret-path');
    expect(answer).toMatchObject({ status: 502, reason: 'unreachable' });
    expect(answer.body).toContain('could not prove');
    expect(world.arrived).toEqual([]);
  });

  test('an authority that was kept is taken up again', async () => {
    const network = allowlist([rule('read.test', { methods: ['GET'] })]);
    const first = await world.proxy(network);
    const second = await world.proxy(network, { kept: first.proxy.keep });
    expect(second.proxy.authorityPem).toBe(first.proxy.authorityPem);
    expect(second.proxy.keep).toBe(first.proxy.keep);
    expect(first.proxy.authorityPem).not.toContain('PRIVATE');
    expect(await second.https('https://read.test/')).toMatchObject({ status: 200 });
    await expect(createProxy({ network, secrets: new Map(), turn: 1, kept: '{', clock: handClock(), onEntry: () => {} })).rejects.toThrow();
  });

  test('a client that does not trust the certificate is told of', async () => {
    const client = await reading();
    await expect(client.secure('read.test:443', { ca: world.authority.pem })).rejects.toThrow();
    await client.proxy.close();
    expect(client.log()).toEqual(['passed read.test:443']);
    expect(world.dialled).toEqual([]);
  });
});

describe('a request inside', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('by %s where only reading is allowed', async (method) => {
    const client = await reading();
    const answer = await client.https('https://read.test/upload', { method, body: 'canary' });
    expect(answer).toMatchObject({ status: 403, reason: 'methodNotAllowed' });
    expect(world.dialled).toEqual([]);
    expect(client.log()).toEqual([`methodNotAllowed read.test:443 ${method} /upload`]);
    expect(client.entries[0]?.wouldNeed).toEqual(rule('read.test', { methods: [method as 'POST'], path: '/upload' }));
  });

  test.each([
    ['X-HTTP-Method-Override', 'POST'],
    ['x-method-override', 'DELETE'],
    ['X-HTTP-Method', 'PUT'],
  ])('that is another by %s', async (name, value) => {
    const client = await reading();
    expect(await client.https('https://read.test/', { headers: { [name]: value } })).toMatchObject({ status: 403, reason: 'methodNotAllowed' });
    expect(world.dialled).toEqual([]);
  });

  test.each([
    ['/mine', 200],
    ['/mine/a?x=../y', 200],
    ['/minefield', 403],
    ['/', 403],
    ['/mine/../other', 403],
    ['/mine/%2e%2e/other', 403],
    ['/mine%2f..%2fother', 403],
    ['/mine//other', 403],
    ['//evil.test/mine', 403],
    ['/mine/..;/other', 403],
  ])('for %s where only /mine is allowed: %i', async (path, status) => {
    const client = await reading();
    expect((await client.https('https://path.test/', { path })).status).toBe(status);
    expect(world.arrived.map(({ url }) => url)).toEqual(status === 200 ? [path] : []);
  });

  test('for another host than the one of TLS', async () => {
    const client = await reading();
    for (const host of ['evil.test', 'allowed.test', 'read.test.evil.test', 'read.test:8443', 'other.read.test', '', 'read.test, evil.test', 'read.test@evil.test', '93.184.216.34']) {
      expect([host, (await client.https('https://read.test/', { headers: { Host: host } })).reason]).toEqual([host, 'hostDiffers']);
    }
    for (const host of ['READ.test', 'read.test:443', 'read.test.']) expect([host, (await client.https('https://read.test/', { headers: { Host: host } })).status]).toEqual([host, 200]);
    expect(world.arrived).toHaveLength(3);
  });

  test.each([
    ['two hosts', 'GET / HTTP/1.1\r\nHost: read.test\r\nHost: evil.test\r\n\r\n', 'badRequest'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 'hostDiffers'],
    ['a whole address', 'GET https://evil.test/ HTTP/1.1\r\nHost: read.test\r\n\r\n', 'badRequest'],
    ['two lengths', 'GET / HTTP/1.1\r\nHost: read.test\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 'badRequest'],
    ['a length and chunks', 'GET / HTTP/1.1\r\nHost: read.test\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'badRequest'],
    ['chunks in disguise', 'GET / HTTP/1.1\r\nHost: read.test\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n', 'badRequest'],
    ['chunks twice', 'GET / HTTP/1.1\r\nHost: read.test\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n', 'badRequest'],
    ['chunks in HTTP/1.0', 'GET / HTTP/1.0\r\nHost: read.test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 'badRequest'],
    ['a length that is none', 'GET / HTTP/1.1\r\nHost: read.test\r\nContent-Length: +5\r\n\r\n', 'badRequest'],
    ['a WebSocket', 'GET / HTTP/1.1\r\nHost: read.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n', 'upgradeRefused'],
    ['HTTP/2 in plain', 'GET / HTTP/1.1\r\nHost: read.test\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n', 'upgradeRefused'],
    ['a tunnel in the tunnel', 'CONNECT evil.test:443 HTTP/1.1\r\nHost: evil.test\r\n\r\n', 'methodNotAllowed'],
    ['a method that nobody knows', 'FROB / HTTP/1.1\r\nHost: read.test\r\n\r\n', 'badRequest'],
    ['bare newlines', 'GET / HTTP/1.1\nHost: read.test\n\n', 'badRequest'],
  ])('with %s', async (_, bytes, reason) => {
    const client = await reading();
    const socket = await client.secure('read.test:443');
    expect(reasonIn(await sayOn(socket, bytes))).toBe(reason);
    socket.destroy();
    expect(world.dialled).toEqual([]);
    expect(world.lookedUp).toEqual(['read.test']);
  });

  test('loses what is for the proxy alone, and keeps everything else as it was', async () => {
    const client = await reading();
    const headers = ['Host', 'read.test', 'X-Two', '1', 'x-two', '2', 'Connection', 'keep-alive, X-Hop', 'X-Hop', 'y', 'Proxy-Authorization', 'Basic x', 'Keep-Alive', 'timeout=5', 'TE', 'trailers', 'Cookie', 'a=b'];
    await client.https('https://read.test/', { headers });
    expect(world.arrived[0]?.headers).toEqual(['Host', 'read.test', 'X-Two', '1', 'x-two', '2', 'Cookie', 'a=b', 'Connection', 'keep-alive']);
  });

  test('with a body passes as it is, in chunks too', async () => {
    const client = await world.proxy(allowlist([rule('read.test', { methods: ['POST', 'PUT'] })]));
    const socket = await client.secure('read.test:443');
    expect(await client.https('https://read.test/1', { method: 'POST', body: 'x'.repeat(200_000), on: socket })).toMatchObject({ status: 200 });
    expect(await client.https('https://read.test/2', { method: 'PUT', body: 'chunked body', headers: ['Transfer-Encoding', 'chunked'] })).toMatchObject({ status: 200 });
    expect(world.arrived.map(({ body }) => body.length)).toEqual([200_000, 12]);
    socket.destroy();
  });

  test('is asked for its body only when it may send it', async () => {
    const client = await world.proxy(allowlist([rule('read.test', { methods: ['PUT'] })]));
    const put = await client.secure('read.test:443');
    put.write('PUT / HTTP/1.1\r\nHost: read.test\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
    expect(await readHead(put)).toMatch(/^HTTP\/1\.1 100 /);
    put.write('ok');
    expect(await readHead(put)).toMatch(/^HTTP\/1\.1 200 /);
    const post = await client.secure('read.test:443');
    post.write('POST / HTTP/1.1\r\nHost: read.test\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n');
    expect(await readHead(post)).toMatch(/^HTTP\/1\.1 403 /);
    for (const socket of [put, post]) socket.destroy();
  });

  test('of many on one connection: each is decided, and one connection to the host is enough', async () => {
    const client = await reading();
    const socket = await client.secure('read.test:443');
    const lines = ['GET /1', 'GET /2', 'POST /3', 'GET /4'];
    socket.write(lines.map((line) => `${line} HTTP/1.1\r\nHost: read.test\r\nContent-Length: 0\r\n\r\n`).join(''));
    const statuses: string[] = [];
    for (const _ of lines) statuses.push((await sayOn(socket, '')).split(' ')[1] ?? '');
    expect(statuses).toEqual(['200', '200', '403', '200']);
    expect(world.arrived.map(({ url }) => url)).toEqual(['/1', '/2', '/4']);
    expect(world.dialled).toHaveLength(1);
    socket.destroy();
  });

  test('is sent again when its host has just closed the connection that was kept', async () => {
    world.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 3 });
      response.end('one', () => response.socket?.destroy());
    };
    const client = await reading();
    const socket = await client.secure('read.test:443');
    for (let at = 0; at < 5; at += 1) expect(await sayOn(socket, `GET /${at} HTTP/1.1\r\nHost: read.test\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 [^]*one$/);
    socket.destroy();
    expect(world.arrived).toHaveLength(5);
  });
});

describe('a request on a connection that its host gives up', () => {
  const givesUpOnce = (): void => {
    let given = false;
    world.answer = (request, response) => {
      if (request.url !== '/2' || given) return void response.end('one');
      given = true;
      request.socket.destroy();
    };
  };

  test('is sent once more when it only reads', async () => {
    givesUpOnce();
    const client = await reading();
    const socket = await client.secure('read.test:443');
    for (const path of ['/1', '/2', '/3']) expect(await sayOn(socket, `GET ${path} HTTP/1.1\r\nHost: read.test\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200 /);
    expect(world.arrived.map(({ url }) => url)).toEqual(['/1', '/2', '/2', '/3']);
    socket.destroy();
  });

  test('is not when it has a body, or when the connection was new', async () => {
    givesUpOnce();
    const client = await world.proxy(allowlist([rule('read.test', { methods: ['GET', 'POST'] })]));
    const socket = await client.secure('read.test:443');
    await sayOn(socket, 'GET /1 HTTP/1.1\r\nHost: read.test\r\n\r\n');
    expect(reasonIn(await sayOn(socket, 'POST /2 HTTP/1.1\r\nHost: read.test\r\nContent-Length: 1\r\n\r\nx'))).toBe('unreachable');
    socket.destroy();
    givesUpOnce();
    expect(await client.https('https://read.test/2')).toMatchObject({ status: 502, reason: 'unreachable' });
    expect(world.arrived).toHaveLength(3);
  });
});

test('a private address counts only for the rules that allow it, request by request', async () => {
  world.names.set('git.corp.test', ['10.0.0.5']);
  const client = await world.proxy(allowlist(['*.corp.test', rule('git.corp.test', { methods: ['GET'], allowPrivate: true }), rule('git.corp.test', { port: 80, path: '/open', allowPrivate: true })]));
  expect(await client.https('https://git.corp.test/')).toMatchObject({ status: 200 });
  expect(await client.https('https://git.corp.test/', { method: 'POST', body: 'x' })).toMatchObject({ status: 403, reason: 'methodNotAllowed' });
  expect(await client.http('http://git.corp.test/open/a', { method: 'POST', body: 'x' })).toMatchObject({ status: 200 });
  expect(await client.http('http://git.corp.test/other', { method: 'POST', body: 'x' })).toMatchObject({ status: 403 });
  expect(world.arrived).toHaveLength(2);
});

describe('what a host answers', () => {
  test('with a redirect is handed back and not followed; where it leads is decided anew', async () => {
    world.answer = (_request, response) => response.writeHead(302, { Location: 'https://evil.test/x' }).end();
    const client = await reading();
    expect(await client.https('https://read.test/')).toMatchObject({ status: 302, headers: { location: 'https://evil.test/x' } });
    expect(world.arrived).toHaveLength(1);
    expect(await client.tunnel('evil.test:443')).toMatchObject({ reason: 'notAllowed' });
    expect(world.lookedUp).toEqual(['read.test']);
  });

  test('with a change of protocol that was not asked for is refused', async () => {
    world.answer = (_request, response) => void response.socket?.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n');
    const client = await reading();
    expect(await client.https('https://read.test/')).toMatchObject({ status: 502, reason: 'unreachable' });
  });

  test('and then breaks off is broken off for the client too, and nobody else', async () => {
    world.answer = (_request, response) => {
      response.writeHead(200, { 'Content-Length': 100 });
      response.write('half', () => response.socket?.destroy());
    };
    const client = await reading();
    await expect(client.https('https://read.test/')).rejects.toThrow();
    world.answer = (_request, response) => void response.end('whole');
    expect(await client.https('https://read.test/')).toMatchObject({ body: 'whole' });
  });

  test('without a body, to HEAD and with 304', async () => {
    world.answer = (request, response) => void response.writeHead(request.url === '/304' ? 304 : 200, { 'Content-Length': 19, ETag: 'x' }).end();
    const client = await reading();
    expect(await client.https('https://read.test/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '', headers: { 'content-length': '19' } });
    expect(await client.https('https://read.test/304')).toMatchObject({ status: 304, body: '' });
  });
});

/** Replaces the secrets themselves, and nothing of their other forms. */
const stars: Redact = (secrets) => {
  let held: Buffer = Buffer.alloc(0);
  const longest = Math.max(...secrets.map(({ length }) => length));
  const clean = (bytes: Buffer): Buffer => Buffer.from(secrets.reduce((text, secret) => text.replaceAll(secret, '*'.repeat(secret.length)), bytes.toString('latin1')), 'latin1');
  return {
    push: (bytes) => {
      const all = clean(Buffer.concat([held, bytes]));
      held = all.subarray(Math.max(0, all.length - longest + 1));
      return all.subarray(0, all.length - held.length);
    },
    end: () => held,
  };
};

describe('a credential that is added here', () => {
  const SECRET = 'Bearer very-secret-token';
  const injecting = (more: Partial<Parameters<World['proxy']>[1]> = {}) =>
    world.proxy(allowlist(['read.test', 'allowed.test', '*.read.test'], { inject: [{ host: 'read.test', header: 'Authorization', secret: 'TOKEN' }] }), { secrets: new Map([['TOKEN', `${SECRET}\n`]]), redact: stars, ...more });
  const sent = (at = 0): string => (world.arrived[at]?.headers ?? []).join('|');

  test('replaces what the client sent, in every spelling', async () => {
    const client = await injecting();
    await client.https('https://read.test/', { headers: ['Host', 'read.test', 'authorization', 'Bearer theirs', 'AUTHORIZATION', 'x', 'Accept-Encoding', 'gzip', 'Range', 'bytes=0-3'] });
    expect(sent()).toBe(`Host|read.test|Accept-Encoding|identity|Authorization|${SECRET}|Connection|keep-alive`);
  });

  test('goes to exactly that host and only over TLS', async () => {
    const client = await injecting();
    await client.https('https://allowed.test/', { headers: { Authorization: 'mine' } });
    await client.https('https://other.read.test/');
    await client.http('http://read.test/');
    await client.http('http://read.test/', { headers: { Host: 'read.test', Authorization: 'mine' } });
    for (let at = 0; at < 4; at += 1) expect(sent(at)).not.toContain('secret');
    expect(await client.https('https://read.test/', { headers: { Host: 'allowed.test' } })).toMatchObject({ reason: 'hostDiffers' });
    expect(world.arrived).toHaveLength(4);
  });

  test.each([false, true])('is replaced where the host echoes it, in head and body, compressed: %s', async (compressed) => {
    world.answer = (request, response) => {
      const echo = Buffer.from(JSON.stringify(request.headers));
      response.writeHead(200, `Hello ${SECRET}`, { 'X-Echo': SECRET, ...(compressed ? { 'Content-Encoding': 'gzip' } : { 'Content-Length': echo.length }) });
      if (compressed) return void response.end(gzipSync(echo));
      for (const byte of echo) response.write(Buffer.from([byte]));
      response.end();
    };
    const client = await injecting();
    const answer = await client.https('https://read.test/');
    expect(answer.body).toContain(`"authorization":"${'*'.repeat(SECRET.length)}"`);
    expect(answer.headers['x-echo']).toBe('*'.repeat(SECRET.length));
    expect(JSON.stringify(answer)).not.toContain('secret');
  });

  test('is not risked in a coding that cannot be searched', async () => {
    world.answer = (_request, response) => void response.writeHead(200, { 'Content-Encoding': 'zstd, gzip' }).end('xx');
    const client = await injecting();
    expect(await client.https('https://read.test/')).toMatchObject({ status: 502, reason: 'unreachable' });
  });

  test('does not go where the host redirects to', async () => {
    world.answer = (_request, response) => void response.writeHead(307, { Location: 'https://allowed.test/' }).end();
    const client = await injecting();
    expect(await client.https('https://read.test/')).toMatchObject({ status: 307 });
    expect(world.arrived).toHaveLength(1);
  });

  test.each([
    ['is missing', new Map<string, string>()],
    ['is empty', new Map([['TOKEN', ' \n']])],
    ['has two lines', new Map([['TOKEN', 'a\r\nX-Evil: b']])],
  ])('that %s refuses the proxy, without its value', async (_, secrets) => {
    const failed = await injecting({ secrets }).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(SeatFailure);
    expect(failed).toMatchObject({ fault: { code: 'policyNotEnforced' } });
    expect(JSON.stringify(failed)).not.toContain('X-Evil');
  });
});

describe('plain HTTP', () => {
  const plain = (): Promise<Client> => world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET'] }), rule('odd.test', { port: 8080 })]));

  test('passes where its host is allowed, and says the path alone there', async () => {
    world.names.set('odd.test', [PUBLIC]);
    const client = await plain();
    expect(await client.http('http://allowed.test/a?b')).toMatchObject({ status: 200, body: 'hello from the sink' });
    expect(await client.http('http://ALLOWED.test./', { headers: { Host: 'Allowed.test' } })).toMatchObject({ status: 200 });
    expect(await client.http('http://odd.test:8080/x')).toMatchObject({ status: 200 });
    expect(await client.http('http://allowed.test', { method: 'POST', body: 'b' })).toMatchObject({ status: 200 });
    expect(world.arrived).toMatchObject([{ speech: 'http', method: 'GET', url: '/a?b' }, { url: '/' }, { url: '/x', headers: ['Host', 'odd.test:8080', 'Connection', 'keep-alive'] }, { method: 'POST', url: '/', body: 'b' }]);
    expect(world.dialled).toEqual([`${PUBLIC}:80`, `${PUBLIC}:80`, `${PUBLIC}:8080`, `${PUBLIC}:80`]);
    expect(client.log()).toEqual(['passed allowed.test:80 GET /a', 'passed allowed.test:80 GET /', 'passed odd.test:8080 GET /x', 'passed allowed.test:80 POST /']);
  });

  test('to a host that is not allowed names a rule for what it asked, and no more', async () => {
    const client = await plain();
    await client.http('http://evil.test/list?all', { method: 'PUT', body: 'b' });
    expect(client.entries).toMatchObject([{ refused: 'notAllowed', method: 'PUT', path: '/list', wouldNeed: rule('evil.test', { methods: ['PUT'], path: '/list' }) }]);
  });

  test.each([
    ['http://evil.test/', 'notAllowed'],
    ['http://allowed.test:443/', 'notAllowed'],
    ['http://allowed.test:8080/', 'notAllowed'],
    ['http://allowed.test.evil.test/', 'notAllowed'],
    ['http://127.0.0.1/', 'notAName'],
    ['http://2130706433/', 'notAName'],
    ['http://[::1]/', 'notAName'],
    ['http://evil.test@allowed.test/', 'notAName'],
    ['http://allowed.test@evil.test/', 'notAName'],
    ['http://allowed.test%2eevil.test/', 'notAName'],
    ['http://allowed.test\\@evil.test/', 'badRequest'],
    ['http:///', 'notAName'],
    ['https://allowed.test/', 'badRequest'],
    ['ftp://allowed.test/', 'badRequest'],
    ['file:///etc/passwd', 'badRequest'],
    ['/', 'badRequest'],
    ['*', 'badRequest'],
  ])('to %s: %s', async (url, reason) => {
    const client = await plain();
    expect(reasonIn(await client.say(`GET ${url} HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n`))).toBe(reason);
    expect(world.lookedUp).toEqual([]);
    expect(client.entries).toHaveLength(1);
  });

  test.each([
    ['another Host', 'GET http://allowed.test/ HTTP/1.1\r\nHost: evil.test\r\n', 'hostDiffers'],
    ['another port in Host', 'GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test:81\r\n', 'hostDiffers'],
    ['no Host', 'GET http://allowed.test/ HTTP/1.1\r\n', 'hostDiffers'],
    ['two Hosts', 'GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nHost: allowed.test\r\n', 'badRequest'],
    ['two lengths', 'POST http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nContent-Length: 0\r\nContent-Length: 0\r\n', 'badRequest'],
    ['a WebSocket', 'GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nUpgrade: websocket\r\nConnection: Upgrade, close\r\n', 'upgradeRefused'],
    ['a method that is not allowed', 'POST http://read.test/ HTTP/1.1\r\nHost: read.test\r\nContent-Length: 0\r\n', 'methodNotAllowed'],
  ])('with %s', async (_, head, reason) => {
    const client = await plain();
    expect(reasonIn(await client.say(`${head}Connection: close\r\n\r\n`))).toBe(reason);
    expect(world.dialled).toEqual([]);
  });

  test('for several hosts over one connection: each is decided and dialled by itself', async () => {
    const client = await plain();
    const stream = client.open();
    const asked = ['http://allowed.test/1', 'http://read.test/2', 'http://evil.test/3', 'http://allowed.test/4'];
    stream.write(asked.map((url) => `GET ${url} HTTP/1.1\r\nHost: ${new URL(url).host}\r\n\r\n`).join(''));
    const statuses: string[] = [];
    for (const _ of asked) {
      const head = await readHead(stream);
      statuses.push(head.split(' ')[1] ?? '');
      let left = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
      while (left > 0) {
        const piece = stream.read(Math.min(left, Math.max(1, stream.readableLength))) as Buffer | null;
        if (piece === null) await somethingOf(stream);
        else left -= piece.length;
      }
    }
    stream.destroy();
    expect(statuses).toEqual(['200', '200', '403', '200']);
    expect(world.arrived.map(({ url }) => url)).toEqual(['/1', '/2', '/4']);
    expect(world.lookedUp).not.toContain('evil.test');
  });
});
