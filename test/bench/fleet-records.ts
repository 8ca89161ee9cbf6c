import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogStore } from '../../src-main/adapters/files/log-store.ts';
import { openStore } from '../../src-main/adapters/sqlite/open-store.ts';
import { createDrydock, ownerOf } from '../../src-main/compose.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { SNAPSHOT_LABEL } from '../../src-main/core/supervisor/environment-snapshot.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { engineUp } from '../support/drydock.ts';
import { FakeEngine } from '../support/fake-engine/fake-engine.ts';
import { sampleBrief, sampleProject, sampleProjectId, sampleRun } from '../support/sample-documents.ts';
import { inMs, type Bench, type Row } from './row.ts';

const ENVIRONMENTS = 50;
const RUNS = 200;

/** Milliseconds that this thread has worked: what other programs of the machine take meanwhile is not in it. */
const worked = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

/** How long the thread of the service worked at most without letting anything else in while `work` ran, in milliseconds. */
const longestHold = async (work: () => Promise<unknown>): Promise<{ whole: number; held: number }> => {
  let held = 0;
  let last = worked();
  let isDone = false;
  const tick = (): void => {
    const now = worked();
    held = Math.max(held, now - last);
    last = now;
    if (!isDone) setImmediate(tick);
  };
  const began = performance.now();
  setImmediate(tick);
  await work();
  isDone = true;
  await new Promise((resolve) => setImmediate(resolve));
  return { whole: performance.now() - began, held };
};

/** Records in a real store: 50 projects with an environment and its snapshot, 200 runs with their logs. */
const seed = async (directory: string): Promise<void> => {
  const store = openStore({ directory });
  const logs = createLogStore({ directory });
  const projects = Array.from({ length: ENVIRONMENTS }, (_, at) => ({ ...sampleProject(at + 1), path: directory }));
  store.commit({ at: 0, events: [], projects });
  for (let at = 1; at <= ENVIRONMENTS; at += 1) {
    const image = `drydock/snapshot:${at}`;
    store.saveSnapshot({ key: `key-${at}`, image, tree: 'a'.repeat(40), projectId: sampleProjectId(at), madeAt: at, receipt: null, bytes: at * 2 ** 20 });
    store.countSnapshotUse(`key-${at}`, at);
  }
  for (let number = 1; number <= RUNS; number += 1) {
    const of = ((number - 1) % ENVIRONMENTS) + 1;
    const brief = { ...sampleBrief(number, `goal ${number}`, of) };
    const run = sampleRun(number, brief, { state: { name: 'reviewable' }, endedAt: number });
    const [turn] = run.turns;
    const whole: Run = { ...run, turns: turn === undefined ? run.turns : [{ ...turn, snapshot: { key: `key-${of}`, image: `drydock/snapshot:${of}`, tree: null, reused: true, receipt: null } }], landed: number % 2 === 0 ? [{ landing: 'lnd_000000000001' as never, how: 'branch', commit: null, at: number }] : [] };
    store.commit({ at: number, events: [], briefs: [{ ...brief, currentRun: run.id }], runs: [whole] });
    const log = await logs.open({ run: run.id, turn: 1 });
    await log.append('work', 'stdout', Buffer.from(`line of ${number}\n`.repeat(5_000)));
    await log.end();
  }
  await store.close();
};

/** 50 environments and 200 runs in the fleet's records: how long each call of the fleet, the environments and the disk holds the service. */
export const fleetRecords: Bench = async ({ quick }) => {
  const times = quick ? 3 : 20;
  const directory = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  try {
    await seed(directory);
    const engine = new FakeEngine();
    const found = { found: true, endpoint: { kind: 'socket', path: '/nowhere' }, source: 'fake' } as const;
    const drydock = await createDrydock({ dataDirectory: directory, engine: { find: async () => found as never, open: () => engine } });
    for (let at = 1; at <= ENVIRONMENTS; at += 1) engine.addImage(`drydock/snapshot:${at}`, { [LABEL.owner]: ownerOf(directory), [SNAPSHOT_LABEL]: `key-${at}` });
    await engineUp(drydock);
    const { client } = connectInMemory<DrydockClient>(drydock.router);
    const firstOf = async <T>(events: AsyncIterable<T>): Promise<void> => {
      for await (const _ of events) return;
    };
    const calls: Readonly<Record<string, () => Promise<unknown>>> = {
      'fleet.watch, the snapshot': async () => firstOf(await client.fleet.watch({})),
      'fleet.measure, a reading': async () => firstOf(await client.fleet.measure({})),
      'fleet.snapshots': () => client.fleet.snapshots({}),
      'projects.list': () => client.projects.list({}),
      'disk.report': () => client.disk.report({}),
      'history.query': () => client.history.query({ limit: 200 }),
    };
    const rows: Row[] = [];
    for (const [what, call] of Object.entries(calls)) {
      await call();
      let held = 0;
      let whole = 0;
      for (let time = 0; time < times; time += 1) {
        const took = await longestHold(call);
        held = Math.max(held, took.held);
        whole = Math.max(whole, took.whole);
      }
      rows.push({ what: `${ENVIRONMENTS} environments, ${RUNS} runs: ${what}`, drydock: `${inMs(held)} at a time, ${inMs(whole)} in all`, raw: null, value: held, unit: 'ms', target: { at: 'most', value: 20 }, note: `the longest time of ${times} calls in which nothing else could be answered; of the service’s own, not of what else the machine does` });
    }
    await drydock.dispose();
    return rows;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
};
