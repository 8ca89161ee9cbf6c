import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { FIRST_SESSION, frame, gap, KIND } from '../../../src-main/adapters/gateway/relay/frames.ts';
import { handClock } from '../../support/hand-clock.ts';
import { breakOf, connectTo, readAll } from '../../support/relay/client.ts';
import { startLocalRelay, type LocalRelay } from '../../support/relay/local-relay.ts';
import { startService, type ServiceSide } from '../../support/relay/service-side.ts';

const MB = 2 ** 20;

const relayFor = async (settings: Parameters<typeof startLocalRelay>[0] = {}): Promise<LocalRelay> => {
  const relay = await startLocalRelay(settings);
  onTestFinished(() => relay.kill());
  return relay;
};

const echo = (_door: string, connection: Duplex): void => void connection.pipe(connection);

/** Hands over each connection as it comes. */
const inbox = (): { take: () => Promise<Duplex>; onConnection: (door: string, connection: Duplex) => void } => {
  const come: Duplex[] = [];
  let wanted: ((connection: Duplex) => void)[] = [];
  return {
    take: () => {
      const next = come.shift();
      return next === undefined ? new Promise((resolve) => (wanted = [...wanted, resolve])) : Promise.resolve(next);
    },
    onConnection: (_door, connection) => {
      const first = wanted.shift();
      if (first === undefined) come.push(connection);
      else first(connection);
    },
  };
};

/** Connects, and is answered: only what was answered can be broken. */
const carriedThrough = async (port: number, take: () => Promise<Duplex>): Promise<{ socket: Socket; connection: Duplex }> => {
  const socket = await connectTo(port);
  const connection = await take();
  connection.on('error', () => {});
  connection.write('.');
  await once(socket, 'readable');
  expect(socket.read(1)?.toString()).toBe('.');
  return { socket, connection };
};

const state = async (service: ServiceSide): Promise<{ connections: number; waiting: number; residentBytes: number }> =>
  (await service.link.ask({ ask: 'state' })) as never;

/** Asks until it is so: each question is answered after what was sent before it. */
const until = async (service: ServiceSide, is: (seen: Awaited<ReturnType<typeof state>>) => boolean): Promise<void> => {
  while (!is(await state(service)));
};

const say = async (port: number, text: string): Promise<string> => {
  const socket = await connectTo(port);
  socket.end(text);
  return (await readAll(socket)).toString();
};

it('carries a connection through each door, and either side may end first', async () => {
  const relay = await relayFor();
  const doors: string[] = [];
  await startService(relay, (door, connection) => {
    doors.push(door);
    // Ends its own side at once, then takes what still comes.
    if (door === '3129') connection.end('first');
    connection.on('data', (bytes: Buffer) => void (door === '3128' ? connection.write(bytes) : doors.push(bytes.toString())));
    connection.on('end', () => void (door === '3128' ? connection.end('!') : doors.push('end')));
  });
  expect(await say(relay.ports[0], 'hello')).toBe('hello!');
  const second = await connectTo(relay.ports[1]);
  expect((await readAll(second)).toString()).toBe('first');
  second.end('last');
  await once(second, 'close');
  await expect.poll(() => doors).toEqual(['3128', '3129', 'last', 'end']);
});

it('carries fifty connections at once, each with its own bytes', async () => {
  const relay = await relayFor();
  await startService(relay, echo);
  await Promise.all(
    Array.from({ length: 50 }, async () => {
      const sent = randomBytes(300_000);
      const socket = await connectTo(relay.ports[0]);
      socket.end(sent);
      expect((await readAll(socket)).equals(sent)).toBe(true);
    }),
  );
});

it('lets a quick connection pass twenty that do not read, in little memory', async () => {
  const relay = await relayFor();
  let written = 0;
  const endless = async (connection: Duplex): Promise<void> => {
    connection.on('close', () => connection.emit('drain'));
    while (!connection.destroyed) {
      written += 65_536;
      if (!connection.write(Buffer.alloc(65_536))) await once(connection, 'drain');
    }
  };
  const service = await startService(relay, (door, connection) => {
    connection.on('error', () => {});
    if (door === '3129') void endless(connection).catch(() => {});
    else connection.pipe(connection);
  });
  const slow = await Promise.all(Array.from({ length: 20 }, () => connectTo(relay.ports[1])));
  // All stand still when a second has brought nothing more; only then is the quick one asked.
  for (let before = -1; before !== written; ) {
    before = written;
    await until(service, ({ connections }) => connections === 20);
    await say(relay.ports[0], 'x'.repeat(100_000));
  }
  const bytes = 'y'.repeat(5 * MB);
  expect(await say(relay.ports[0], bytes)).toBe(bytes);
  expect((await state(service)).residentBytes).toBeLessThan(128 * MB);
  for (const socket of slow) socket.destroy();
});

it('carries at most 64 connections, and the next when one of them ends', async () => {
  const relay = await relayFor();
  let come = 0;
  const service = await startService(relay, (door, connection) => {
    come += 1;
    echo(door, connection);
  });
  const sockets = await Promise.all(Array.from({ length: 70 }, () => connectTo(relay.ports[0])));
  await until(service, ({ connections, waiting }) => connections === 64 && waiting === 6);
  expect(come).toBe(64);
  for (const [index, socket] of sockets.entries()) {
    socket.end(String(index));
    expect((await readAll(socket)).toString()).toBe(String(index));
  }
});

it('lets the oldest go when more wait than it keeps', async () => {
  const relay = await relayFor();
  const sockets = [];
  for (let count = 0; count < 514; count += 1) sockets.push(await connectTo(relay.ports[0]));
  expect(await breakOf(sockets[0]!)).toBe('ECONNRESET');
  expect(await breakOf(sockets[1]!)).toBe('ECONNRESET');
  await startService(relay, echo);
  for (const socket of sockets.slice(2)) {
    socket.end('kept');
    expect((await readAll(socket)).toString()).toBe('kept');
  }
});

it('shows a break as a break on either side, never as an end', async () => {
  const relay = await relayFor();
  const box = inbox();
  await startService(relay, box.onConnection);
  const first = await carriedThrough(relay.ports[0], box.take);
  first.connection.destroy();
  expect(await breakOf(first.socket)).toBe('ECONNRESET');

  const second = await carriedThrough(relay.ports[0], box.take);
  let ended = false;
  second.connection.on('end', () => (ended = true)).resume();
  const failed = once(second.connection, 'error');
  const closed = new Promise((resolve) => second.connection.once('close', resolve));
  second.socket.write('half of it');
  second.socket.resetAndDestroy();
  await closed;
  expect(await failed).toMatchObject([{ message: 'the connection broke' }]);
  expect(ended).toBe(false);
});

it('keeps connections unread between services, and gives them to the next', async () => {
  const relay = await relayFor();
  const box = inbox();
  const first = await startService(relay, box.onConnection);
  const { socket: carried } = await carriedThrough(relay.ports[0], box.take);
  await first.link.leave();
  expect(await breakOf(carried)).toBe('ECONNRESET');

  const waiting = await connectTo(relay.ports[0]);
  waiting.end('patience');
  await startService(relay, echo);
  expect((await readAll(waiting)).toString()).toBe('patience');
});

it('offers what a killed service had not answered to the next one, and breaks what it had', async () => {
  const relay = await relayFor();
  const box = inbox();
  const first = await startService(relay, box.onConnection);
  const { socket: carried } = await carriedThrough(relay.ports[0], box.take);
  first.kill();
  const waiting = await connectTo(relay.ports[0]);
  waiting.end('patience');
  await startService(relay, echo);
  expect(await breakOf(carried)).toBe('ECONNRESET');
  expect((await readAll(waiting)).toString()).toBe('patience');
});

it('notices by itself that a service says nothing any more', async () => {
  const relay = await relayFor({ tickMs: 20 });
  const box = inbox();
  // Its time stands still, so that it sends no beats.
  await startService(relay, box.onConnection, handClock());
  const { socket: carried } = await carriedThrough(relay.ports[0], box.take);
  expect(await breakOf(carried)).toBe('ECONNRESET');
});

it('keeps a session over which nothing passes but beats', async () => {
  const relay = await relayFor();
  const clock = handClock();
  const box = inbox();
  const service = await startService(relay, box.onConnection, clock);
  const { socket: carried, connection } = await carriedThrough(relay.ports[0], box.take);
  for (let second = 0; second < 12; second += 1) {
    clock.pass(1_000);
    // The answer follows the beat's own.
    await state(service);
  }
  connection.end('still here');
  carried.end();
  expect((await readAll(carried)).toString()).toBe('still here');
});

it('resets a connection that has waited too long', async () => {
  const relay = await relayFor({ waitMs: 50 });
  expect(await breakOf(await connectTo(relay.ports[0]))).toBe('ECONNRESET');
});

it('writes nothing while there is no service, however many come', async () => {
  const relay = await relayFor();
  let written = 0;
  await relay.attach((_stream, bytes) => void (written += bytes.length));
  const sockets = await Promise.all(Array.from({ length: 20 }, () => connectTo(relay.ports[0])));
  for (const socket of sockets) socket.write(randomBytes(10_000));
  const service = await startService(relay, echo);
  await until(service, ({ connections }) => connections === 20);
  expect(written).toBe(0);
});

it('does not take the end of its input for its own', async () => {
  const relay = await relayFor();
  relay.child.stdin?.end();
  const socket = await connectTo(relay.ports[0]);
  socket.destroy();
  await connectTo(relay.ports[1]);
  expect(relay.child.exitCode).toBeNull();
});

it('finds the next greeting after a frame that was cut short anywhere', async () => {
  const relay = await relayFor();
  for (const length of [1, 3, 4, 5, 7, 8, 9, 40_000, 65_536 + 8]) {
    const line = (await relay.attach(() => {})).stdin!;
    line.write(frame(0xffff_fff0, KIND.bytes, randomBytes(65_536)).subarray(0, length));
    const service = await startService(relay, echo);
    expect(await say(relay.ports[0], `after ${length}`)).toBe(`after ${length}`);
    await service.link.leave();
  }
});

it('takes a cut frame for no frame: nothing is made up for the rest', async () => {
  const relay = await relayFor();
  const box = inbox();
  const service = await startService(relay, box.onConnection);
  const { socket: carried } = await carriedThrough(relay.ports[0], box.take);
  const come: Buffer[] = [];
  carried.on('data', (bytes: Buffer) => come.push(bytes));
  const closed = new Promise((resolve) => carried.once('close', resolve));
  // The beginning of a frame of this very session, and then another service.
  service.attachments[0]?.stdin?.write(frame(FIRST_SESSION, KIND.bytes, Buffer.alloc(30_000, 1)).subarray(0, 20_000));
  service.kill();
  const next = await startService(relay, echo);
  await closed;
  expect(Buffer.concat(come)).toHaveLength(0);
  expect(await state(next)).toMatchObject({ connections: 0 });
});

it.each([
  ['garbage', () => Buffer.alloc(100_000, 0xab)],
  ['a frame above the cap', () => Buffer.concat([frame(FIRST_SESSION, KIND.bytes, Buffer.alloc(0)).subarray(0, 4), Buffer.from([0, 1, 0, 1]), randomBytes(65_538)])],
  ['a frame of no known kind', () => Buffer.concat([frame(FIRST_SESSION, KIND.bytes, Buffer.from('x')).subarray(0, -1), Buffer.of(9)])],
  ['bytes that are no HTTP/2', () => frame(FIRST_SESSION, KIND.bytes, randomBytes(5_000))],
])('begins a new session after %s', async (_what, bytes) => {
  const relay = await relayFor();
  const service = await startService(relay, echo);
  const carried = await connectTo(relay.ports[0]);
  // One that was not answered yet would be offered to the next session instead.
  carried.write('answered');
  await once(carried, 'readable');
  service.attachments[0]?.stdin?.write(bytes());
  expect(await breakOf(carried)).toBe('ECONNRESET');
  expect(await say(relay.ports[0], 'again')).toBe('again');
  expect(service.attachments).toHaveLength(1);
});

it('ignores the frames of older sessions, greetings below its own, and frames of no session', async () => {
  const relay = await relayFor();
  const first = await startService(relay, echo);
  await first.link.leave();
  const box = inbox();
  const service = await startService(relay, box.onConnection);
  const { socket, connection } = await carriedThrough(relay.ports[0], box.take);
  const line = service.attachments[0]?.stdin;
  line?.write(frame(FIRST_SESSION, KIND.bytes, randomBytes(100)));
  line?.write(frame(FIRST_SESSION, KIND.end, Buffer.alloc(0)));
  line?.write(gap());
  line?.write(frame(FIRST_SESSION, KIND.hello, Buffer.from('{"nonce":"of old"}')));
  line?.write(frame(FIRST_SESSION + 9, KIND.hello, Buffer.from('no greeting')));
  line?.write(frame(FIRST_SESSION + 9, KIND.bytes, randomBytes(100)));
  socket.end('still here');
  expect((await connection.toArray()).join('')).toBe('still here');
  connection.end();
  expect(await breakOf(socket)).toBeNull();
});

it('attaches again when only the way to the relay broke', async () => {
  const relay = await relayFor();
  const service = await startService(relay, echo);
  service.attachments[0]?.detach();
  expect(await say(relay.ports[0], 'back')).toBe('back');
  expect(service.attachments).toHaveLength(2);
});

it('says when the relay is lost', async () => {
  const relay = await startLocalRelay();
  const service = await startService(relay, echo);
  await relay.kill();
  await service.link.lost;
});

it('holds the relay back while a connection is not read, without losing a byte', async () => {
  const relay = await relayFor();
  const box = inbox();
  const service = await startService(relay, box.onConnection);
  const socket = await connectTo(relay.ports[0]);
  const connection = await box.take();
  const sent = randomBytes(20 * MB);
  socket.end(sent);
  await until(service, ({ residentBytes }) => residentBytes > 0);
  expect((await state(service)).residentBytes).toBeLessThan(128 * MB);
  const pieces: Buffer[] = [];
  for await (const piece of connection as AsyncIterable<Buffer>) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(sent)).toBe(true);
  connection.end();
  await readAll(socket);
});
