import { once } from 'node:events';
import { connect as connectHttp2, createServer as createHttp2Server } from 'node:http2';
import { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { NetworkEntry } from '../../../src-main/contract/network.ts';
import { Ledger } from '../../../src-main/adapters/gateway/proxy/ledger.ts';
import { clientHello } from '../../support/client-hello.ts';
import { handClock } from '../../support/hand-clock.ts';
import { allowlist, rule } from '../../support/network-policy.ts';
import { connectionPair, createWorld, readHead, reasonIn, type Client, type Tunnel, type World } from '../../support/proxy-world.ts';

const PUBLIC = '93.184.216.34';
let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const name of ['allowed.test', 'read.test']) world.names.set(name, [PUBLIC]);
});
afterEach(() => world.close());

const HELLO = clientHello({ serverName: 'allowed.test' });
const MINUTE = 60_000;

/** A host that takes everything and counts it. */
const taking = (): { bytes: () => number; ended: Promise<unknown> } => {
  let bytes = 0;
  const ended = Promise.withResolvers<void>();
  world.raw = (connection) => {
    connection.on('data', (piece: Buffer) => (bytes += piece.length));
    connection.on('close', () => ended.resolve());
    connection.on('end', () => connection.end());
  };
  return { bytes: () => bytes, ended: ended.promise };
};

describe('bytes that are sent', () => {
  test('through a tunnel end with the budget: what does not fit never arrives', async () => {
    const sink = taking();
    const client = await world.proxy(allowlist(['allowed.test'], { budget: { sentBytes: 4_096 } }));
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(Buffer.concat([HELLO, Buffer.alloc(1_000, 'a')]));
    stream.write(Buffer.alloc(8_000, 'canary'));
    await once(stream, 'close');
    await sink.ended;
    expect(sink.bytes()).toBeLessThanOrEqual(4_096);
    await client.tunnel('allowed.test:443');
    expect(client.log()).toEqual(['passed allowed.test:443', 'sentBudget allowed.test:443 ×2']);
  });

  test('in a query string do not arrive beyond the budget, plain or in TLS, and the refusal says why', async () => {
    const client = await world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET'] })], { budget: { sentBytes: 4_096 } }));
    const canary = 'canary'.repeat(1_000);
    expect(await client.http(`http://allowed.test/?${canary}`)).toMatchObject({ status: 403, reason: 'sentBudget' });
    expect(world.bytes()).toBe(0);
    const other = await world.proxy(allowlist([rule('read.test', { methods: ['GET'] })], { budget: { sentBytes: 4_096 } }));
    expect(await other.https(`https://read.test/?${canary}`)).toMatchObject({ status: 403, reason: 'sentBudget' });
    expect(world.arrived).toEqual([]);
    expect(other.log()).toEqual(['passed read.test:443 GET /', 'sentBudget read.test:443 GET /']);
  });

  test('in small requests add up over connections, and over the proxies of a run', async () => {
    const budget = { budget: { sentBytes: 2_000 } };
    const client = await world.proxy(allowlist(['allowed.test'], budget));
    let passed = 0;
    while ((await client.http(`http://allowed.test/${'x'.repeat(400)}`)).status === 200) passed += 1;
    expect(passed).toBe(4);
    expect(world.bytes()).toBeLessThanOrEqual(2_000);
    const last = client.entries.filter(({ count }) => count === passed).at(-1) as NetworkEntry;
    for (const before of [{ used: { sentBytes: 2_000, receivedBytes: 0 } }, { entries: [{ ...last, turn: 1, sentBytes: 1_200 }, { ...last, turn: 2, sentBytes: 800 }] }]) {
      const next = await world.proxy(allowlist(['allowed.test'], budget), { ...before, turn: 3 });
      expect(await next.tunnel('allowed.test:443')).toMatchObject({ reason: 'sentBudget' });
    }
  });

  test('to a name that is refused are none', async () => {
    const client = await world.proxy(allowlist([], { budget: { sentBytes: 1_024 } }));
    for (let at = 0; at < 50; at += 1) expect(await client.tunnel(`${'canary'.repeat(8)}.evil.test:443`)).toMatchObject({ reason: 'notAllowed' });
    expect(client.entries.at(-1)).toMatchObject({ count: 50, sentBytes: 0 });
    expect(world.lookedUp).toEqual([]);
  });
});

describe('bytes that are received', () => {
  test('end with the budget', async () => {
    world.raw = (connection) => void connection.once('data', () => connection.end(Buffer.alloc(1_000_000)));
    const client = await world.proxy(allowlist(['allowed.test'], { budget: { receivedBytes: 100_000 } }));
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO);
    let received = 0;
    stream.on('data', (piece: Buffer) => (received += piece.length));
    await once(stream, 'close');
    expect(received).toBeLessThanOrEqual(100_000);
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ reason: 'receivedBudget' });
    expect(client.log()).toContain('receivedBudget allowed.test:443 ×2');
  });

  test('of an answer that is too long are cut off', async () => {
    world.answer = (_request, response) => void response.end(Buffer.alloc(1_000_000));
    const client = await world.proxy(allowlist(['allowed.test'], { budget: { receivedBytes: 100_000 } }));
    await expect(client.http('http://allowed.test/')).rejects.toThrow();
    expect(client.log()).toEqual(['passed allowed.test:80 GET /', 'receivedBudget allowed.test:80 GET /']);
  });
});

/** Asks until a place is free: that a connection is over is known a moment after its client has left. */
const granted = async (client: Client, target: string): Promise<Tunnel> => {
  for (;;) {
    const tunnel = await client.tunnel(target);
    if (tunnel.status === 200) return tunnel;
    expect(tunnel.reason).toBe('connectionBudget');
    await new Promise(setImmediate);
  }
};

describe('connections', () => {
  test('are not more at once than the budget says', async () => {
    taking();
    const client = await world.proxy(allowlist(['allowed.test'], { budget: { connections: 2 } }));
    const [first, second] = [await client.tunnel('allowed.test:443'), await client.tunnel('allowed.test:443')];
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ reason: 'connectionBudget' });
    expect((await client.http('http://allowed.test/')).reason).toBe('connectionBudget');
    first.stream.destroy();
    const third = await granted(client, 'allowed.test:443');
    for (const { stream } of [second, third]) stream.destroy();
  });

  test('give their places back however they end', async () => {
    const client = await world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET'] })], { budget: { connections: 1 } }));
    world.names.set('allowed.test', []);
    for (let at = 0; at < 3; at += 1) expect(await client.tunnel('allowed.test:443')).toMatchObject({ reason: 'noSuchName' });
    world.names.set('allowed.test', ['127.0.0.1']);
    expect((await client.http('http://allowed.test/')).reason).toBe('privateAddress');
    world.names.set('allowed.test', [PUBLIC]);
    await once((await granted(client, 'allowed.test:443')).stream.destroy(), 'close');
    for (const name of ['read.test', 'allowed.test', 'read.test', 'allowed.test']) {
      const { stream } = await granted(client, `${name}:443`);
      const socket = connectTls({ socket: stream, servername: name, ca: [world.authority.pem, client.proxy.authorityPem ?? ''] });
      socket.write(`GET / HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
      expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 200 /);
      socket.destroy();
    }
  });

  test('are not more in a minute than the budget says', async () => {
    const clock = handClock(Date.now());
    const client = await world.proxy(allowlist(['allowed.test'], { budget: { connectionsPerMinute: 3 } }), { clock });
    for (let at = 0; at < 3; at += 1) expect(await client.http('http://allowed.test/')).toMatchObject({ status: 200 });
    clock.pass(MINUTE - 1_000);
    expect((await client.http('http://allowed.test/')).reason).toBe('rateBudget');
    clock.pass(2_000);
    expect(await client.http('http://allowed.test/')).toMatchObject({ status: 200 });
    expect(world.dialled).toHaveLength(4);
  });
});

describe('time', () => {
  test('without a request ends a connection, also one that dribbles', async () => {
    const clock = handClock(Date.now());
    const client = await world.proxy(allowlist(['allowed.test']), { clock });
    const [silent, slow] = [client.open(), client.open()];
    const closed = Promise.all([once(silent, 'close'), once(slow, 'close')]);
    for (let at = 0; at < 4; at += 1) {
      slow.write('G');
      clock.pass(MINUTE / 2 - 1);
    }
    expect(silent.destroyed || slow.destroyed).toBe(false);
    clock.pass(10);
    await closed;
  });

  test('without a first word in a tunnel ends it', async () => {
    const clock = handClock(Date.now());
    const client = await world.proxy(allowlist(['allowed.test']), { clock });
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO.subarray(0, 20));
    clock.pass(2 * MINUTE);
    await once(stream, 'close');
    await client.proxy.close();
    expect(world.bytes()).toBe(0);
  });

  test('of a long poll is no silence; of a tunnel that is dead it is', async () => {
    const clock = handClock(Date.now());
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<void>();
    world.answer = (_request, response) => {
      asked.resolve();
      void answer.promise.then(() => response.end('at last'));
    };
    const client = await world.proxy(allowlist(['allowed.test']), { clock });
    const poll = client.http('http://allowed.test/poll');
    await asked.promise;
    clock.pass(9 * MINUTE);
    answer.resolve();
    expect(await poll).toMatchObject({ status: 200, body: 'at last' });

    const sink = taking();
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO);
    while (sink.bytes() < HELLO.length) await new Promise(setImmediate);
    clock.pass(9 * MINUTE);
    expect(stream.destroyed).toBe(false);
    stream.write('more');
    while (sink.bytes() < HELLO.length + 4) await new Promise(setImmediate);
    clock.pass(9 * MINUTE);
    expect(stream.destroyed).toBe(false);
    clock.pass(20 * MINUTE);
    await Promise.all([once(stream, 'close'), sink.ended]);
  });

  test('of a lookup or a connection that never ends is bounded', async () => {
    const clock = handClock(Date.now());
    const waits = Promise.withResolvers<void>();
    const client = await world.proxy(allowlist(['allowed.test']), { clock, resolve: () => (waits.resolve(), new Promise(() => {})) });
    const answer = client.tunnel('allowed.test:443');
    await waits.promise;
    clock.pass(20_000);
    expect(await answer).toMatchObject({ status: 502, reason: 'unreachable' });
    const dialling = Promise.withResolvers<void>();
    const other = await world.proxy(allowlist(['allowed.test']), { clock, dial: () => (dialling.resolve(), new Promise(() => {})) });
    const refused = other.tunnel('allowed.test:443');
    await dialling.promise;
    clock.pass(20_000);
    expect(await refused).toMatchObject({ status: 502, reason: 'unreachable' });
  });
});

/** A host that sends without end, and counts what was taken from it. */
const endless = (most = Number.POSITIVE_INFINITY): { stream: Duplex; taken: () => number } => {
  let taken = 0;
  const piece = Buffer.alloc(65_536, 1);
  const stream = new Duplex({
    read() {
      taken += piece.length;
      this.push(piece);
      if (taken >= most) this.push(null);
    },
    write: (_piece, _encoding, done) => done(),
  });
  stream.on('error', () => {});
  return { stream, taken: () => taken };
};

describe('back-pressure', () => {
  test('a hundred slow readers stop neither a fast one nor the memory', async () => {
    const slow: { taken: () => number }[] = [];
    const FAST = 64 * 2 ** 20;
    const fast = endless(FAST);
    let next = 0;
    const client = await world.proxy(allowlist(['allowed.test'], { budget: { connections: 128 } }), {
      dial: async () => {
        next += 1;
        if (next > 100) return fast.stream;
        const source = endless();
        slow.push(source);
        return source.stream;
      },
    });
    for (let at = 0; at < 100; at += 1) (await client.tunnel('allowed.test:443')).stream.write(HELLO);
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO);
    let received = 0;
    stream.on('data', (piece: Buffer) => (received += piece.length));
    await once(stream, 'end');
    expect(received).toBe(FAST);
    for (const { taken } of slow) expect(taken()).toBeLessThan(2 ** 20);
    await client.proxy.close();
  });

  test('a host that does not read holds its client back', async () => {
    const client = await world.proxy(allowlist(['allowed.test']), { dial: async () => new Duplex({ read: () => {}, write: () => {} }) });
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO);
    let written = 0;
    const piece = Buffer.alloc(65_536);
    while (stream.write(piece)) {
      written += piece.length;
      await new Promise(setImmediate);
    }
    expect(written).toBeLessThan(2 ** 20);
    stream.destroy();
  });

  test.each(['passed through', 'looked into'])('thirty megabytes, %s, take seconds', async (kind) => {
    const BYTES = 30 * 2 ** 20;
    world.answer = (_request, response) => {
      const piece = Buffer.alloc(2 ** 20, 7);
      let left = BYTES / piece.length;
      const more = (): void => {
        while (left > 0) {
          left -= 1;
          if (!response.write(piece)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    };
    const client = await world.proxy(allowlist([kind === 'looked into' ? rule('allowed.test', { methods: ['GET'] }) : 'allowed.test']));
    const socket = await client.secure('allowed.test:443');
    const began = performance.now();
    socket.write('GET / HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n');
    let received = 0;
    socket.on('data', (piece: Buffer) => (received += piece.length));
    await once(socket, 'end');
    expect(received).toBeGreaterThan(BYTES);
    expect(performance.now() - began).toBeLessThan(20_000);
    socket.destroy();
  });
});

describe('one connection and the others', () => {
  test('a host that breaks off, a listener that throws and a dial that throws end nothing else', async () => {
    let dials = 0;
    const client = await world.proxy(allowlist(['allowed.test']), {
      dial: async () => {
        dials += 1;
        if (dials === 1) throw new Error('refused');
        const [near, far] = connectionPair();
        if (dials === 2) far.once('data', () => far.destroy(new Error('reset')));
        else far.once('data', () => far.end('bye'));
        return near;
      },
      onEntry: () => {
        throw new Error('a listener that fails');
      },
    });
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ reason: 'unreachable' });
    const broken = await client.tunnel('allowed.test:443');
    const whole = await client.tunnel('allowed.test:443');
    broken.stream.write(HELLO);
    await once(broken.stream, 'close');
    whole.stream.write(HELLO);
    expect((await buffer(whole.stream)).toString()).toBe('bye');
    whole.stream.end();
  });

  test('a client that has said all still hears the answer', async () => {
    world.raw = (connection) => {
      let bytes = 0;
      connection.on('data', (piece: Buffer) => (bytes += piece.length));
      connection.on('end', () => connection.end(`${bytes} bytes`));
    };
    const client = await world.proxy(allowlist(['allowed.test']));
    const { stream } = await client.tunnel('allowed.test:443');
    stream.end(HELLO);
    expect((await buffer(stream)).toString()).toBe(`${HELLO.length} bytes`);
  });

  test('a client that leaves in the middle of anything leaves nothing behind', async () => {
    const client = await world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET'] })], { budget: { connections: 1 } }));
    for (const words of ['CONNECT allowed.test:443 HTTP/1.1\r\n\r\n', 'GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\n\r\n', 'POST http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nContent-Length: 100\r\n\r\nx', 'CONNECT']) {
      const stream = client.open();
      stream.write(words);
      await new Promise(setImmediate);
      stream.destroy();
      await once(stream, 'close');
    }
    await client.proxy.close();
    expect(client.entries.every(({ refused }) => refused === null || refused === 'unreachable')).toBe(true);
  });
});

describe('the end', () => {
  test('ends every connection, tells of what has passed, and then nothing', async () => {
    const sink = taking();
    const client = await world.proxy(allowlist(['allowed.test']));
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO);
    while (sink.bytes() < HELLO.length) await new Promise(setImmediate);
    await client.proxy.close();
    await Promise.all([sink.ended, stream.destroyed || once(stream, 'close')]);
    expect(client.entries.at(-1)).toMatchObject({ count: 1, sentBytes: HELLO.length });
    const told = client.entries.length;
    const late = client.open();
    await once(late, 'close');
    expect(client.entries).toHaveLength(told);
  });

  test('can come without a word: what has passed was told while it passed', async () => {
    const clock = handClock(Date.now());
    const sink = taking();
    const client = await world.proxy(allowlist(['allowed.test']), { clock });
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(HELLO);
    while (sink.bytes() < HELLO.length) await new Promise(setImmediate);
    clock.pass(5_000);
    expect(client.entries.at(-1)).toMatchObject({ count: 1, sentBytes: HELLO.length });
    const told = client.entries.length;
    clock.pass(5_000);
    expect(client.entries).toHaveLength(told);
  });

  test('attempts are counted on by the next proxy of the turn', async () => {
    const first = await world.proxy(allowlist([]));
    await first.tunnel('evil.test:443');
    const next = await world.proxy(allowlist([]), { entries: [...first.entries, { ...(first.entries[0] as NetworkEntry), turn: 7, count: 50 }] });
    await next.tunnel('evil.test:443');
    expect(next.entries).toMatchObject([{ count: 2, at: first.entries[0]?.at }]);
  });
});

test('a program cannot fill the log: kinds beyond a number are told together', () => {
  const told = new Map<string, NetworkEntry>();
  const ledger = new Ledger(1, [], handClock(), (entry) => told.set(JSON.stringify([entry.host, entry.port, entry.path, entry.method]), entry));
  for (let at = 0; at < 5_000; at += 1) ledger.record({ host: 'a.test', port: 443, method: 'GET', path: `/${at}`, refused: null, wouldNeed: null });
  for (let at = 0; at < 5_000; at += 1) ledger.record({ host: `h${at}.test`, port: 443, method: null, path: null, refused: 'notAllowed', wouldNeed: rule(`h${at}.test`) });
  expect(told.size).toBeLessThan(2_100);
  expect([...told.values()].reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
  expect([...told.values()].find(({ host }) => host === '(others)')).toMatchObject({ wouldNeed: null });
  ledger.record({ host: 'nul\0\u001b[31m.test', port: Number.NaN, method: null, path: null, refused: 'notAName', wouldNeed: null });
});

test('streams of HTTP/2 are connections like any other', async () => {
  const client = await world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET'] })]));
  const server = createHttp2Server();
  server.on('stream', (stream) => {
    stream.respond({ ':status': 200 });
    client.proxy.accept(stream);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const session = connectHttp2(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  const open = (): Duplex => session.request({ ':method': 'POST' }, { endStream: false });
  for (const name of ['allowed.test', 'read.test']) {
    const stream = open();
    stream.write(`CONNECT ${name}:443 HTTP/1.1\r\n\r\n`);
    expect(await readHead(stream)).toMatch(/^HTTP\/1\.1 200 /);
    const socket = connectTls({ socket: stream, servername: name, ca: [world.authority.pem, client.proxy.authorityPem ?? ''] });
    await once(socket, 'secureConnect');
    socket.write(`GET /${name} HTTP/1.1\r\nHost: ${name}\r\nConnection: close\r\n\r\n`);
    expect((await buffer(socket)).toString()).toContain('hello from the sink');
    socket.destroy();
  }
  const refused = open();
  refused.write('CONNECT evil.test:443 HTTP/1.1\r\n\r\n');
  expect(reasonIn((await buffer(refused)).toString())).toBe('notAllowed');
  refused.end();
  const plain = open();
  plain.write('GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nConnection: close\r\n\r\n');
  expect((await buffer(plain)).toString()).toContain('hello from the sink');
  plain.end();
  session.destroy();
  await client.proxy.close();
  server.close();
  expect(client.log()).toEqual(['passed allowed.test:443', 'passed read.test:443 GET /read.test', 'notAllowed evil.test:443', 'passed allowed.test:80 GET /']);
});
