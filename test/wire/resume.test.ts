import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { backoffMs } from '../../src-main/wire/client/backoff.ts';
import { connectLocal } from '../../src-main/wire/client/connect-local.ts';
import { ServiceUnreachable } from '../../src-main/wire/client/connection.ts';
import { serveLocalSocket } from '../../src-main/wire/transports/serve-local-socket.ts';
import { take, type WireClient } from '../conformance/transport.suite.ts';
import { createRelay } from '../support/cuttable-relay.ts';
import { ManualTimer } from '../support/manual-timer.ts';
import { createWireRouter, LiveSource, wireContract } from '../support/wire-contract.ts';

describe('a live endpoint over a connection that is cut', () => {
  let folder: string;
  let live: LiveSource;
  let timer: ManualTimer;
  let listener: { close(): Promise<void> };
  let relay: Awaited<ReturnType<typeof createRelay>>;
  const servicePath = () => join(folder, 'service.sock');
  const relayPath = () => join(folder, 'relay.sock');
  const connect = (attempts = 5) =>
    connectLocal<WireClient>(relayPath(), { contract: wireContract, timer, random: () => 0.5, attempts });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-resume-'));
    live = new LiveSource();
    timer = new ManualTimer();
    listener = await serveLocalSocket({ router: createWireRouter(live), path: servicePath() });
    relay = await createRelay(relayPath(), servicePath());
  });
  afterEach(async () => {
    await relay.close();
    await listener.close();
    await rm(folder, { recursive: true });
  });

  it('goes on behind the last event, with none lost and none doubled', async () => {
    const { client, close } = await connect();
    const events = await client.watch({});
    live.publish(10);
    const seen = await take(events, 4);
    relay.cut();
    live.publish(10);
    const rest = take(events, 16);
    await timer.untilAsked();
    timer.advance(10_000);
    seen.push(...(await rest));
    expect(seen).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    expect(live.resumedFrom[1]).toMatch(/^\d+$/);
    await close();
  });

  it('holds through a hundred cuts at odd moments', async () => {
    const atOnce = { after: (_ms: number, callback: () => void) => (setImmediate(callback), () => {}) };
    const options = { contract: wireContract, timer: atOnce, attempts: 10_000 };
    const { client, close } = await connectLocal<WireClient>(relayPath(), options);
    const events = await client.watch({});
    const seen: number[] = [];
    for (let round = 0; round < 100; round += 1) {
      const count = 2 + (round % 7);
      live.publish(count);
      const reading = take(events, count);
      for (let turns = round % 5; turns > 0; turns -= 1) await nextTurn();
      relay.cut();
      seen.push(...(await reading));
    }
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, index) => index + 1));
    expect(live.resumedFrom.length).toBeGreaterThan(20);
    await close();
  });

  it('leaves no reader behind at the service', async () => {
    const { client, close } = await connect();
    const events = await client.watch({});
    live.publish(1);
    await take(events, 1);
    relay.cut();
    await live.until(() => live.readers === 0);
    await close();
  });

  it('does not repeat a plain call by itself', async () => {
    const { client, close } = await connect();
    const rejected = expect(client.never({})).rejects.toThrow();
    await live.until(() => live.readers === 1);
    relay.cut();
    await rejected;
    await expect(client.echo({ text: 'while it is cut' })).rejects.toThrow();
    await timer.untilAsked();
    const connected = relay.nextConnection();
    timer.advance(10_000);
    await connected;
    expect(await client.echo({ text: 'again' })).toEqual({ text: 'again' });
    expect(live.readers).toBe(1);
    await close();
  });

  it('gives up after its attempts, with longer and longer pauses, and says so to who waits', async () => {
    const { client, close } = await connect(3);
    const events = await client.watch({});
    const ended = expect(events.next()).rejects.toThrow(ServiceUnreachable);
    await relay.close();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await timer.untilAsked();
      timer.advance(10_000);
    }
    await ended;
    expect(timer.pauses).toEqual([75, 150, 300]);
    await close();
    relay = await createRelay(relayPath(), servicePath());
  });

  it('stops waiting when its reader lets go during a cut', async () => {
    const { client, close } = await connect();
    const abort = new AbortController();
    const events = await client.watch({}, { signal: abort.signal });
    const ended = expect(events.next()).rejects.toThrow();
    relay.cut();
    await timer.untilAsked();
    abort.abort();
    await ended;
    await close();
  });

  it('says at once that nobody listens', async () => {
    await expect(connectLocal(join(folder, 'nobody.sock'), { timer })).rejects.toThrow(ServiceUnreachable);
    expect(timer.pauses).toEqual([]);
  });

  it('takes a stale socket over, and nothing that is not a socket', async () => {
    await listener.close();
    const router = createWireRouter(live);
    const killed = await serveLocalSocket({ router, path: servicePath() });
    listener = await serveLocalSocket({ router, path: servicePath() });
    await killed.close();
    await expect(serveLocalSocket({ router, path: `${folder}/.` })).rejects.toThrow(/in the way/);
  });
});

describe('pause before the next attempt', () => {
  it('doubles, is half random, and ends at ten seconds', () => {
    expect([0, 1, 2].map((attempt) => backoffMs(attempt, 1))).toEqual([100, 200, 400]);
    expect(backoffMs(0, 0)).toBe(50);
    expect(backoffMs(1_000_000, 1)).toBe(10_000);
  });
});
