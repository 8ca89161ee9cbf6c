import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FleetState } from '../../src-main/contract/fleet.ts';
import type { RunStateName } from '../../src-main/contract/run.ts';
import { wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { createDrydock, type Drydock } from '../../src-main/compose.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { DrydockClient } from '../../src-main/wire/client/connection.ts';
import { engineUp, newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { watchEngine } from '../support/engine-history.ts';
import { startEngineProxy, type EngineProxy } from '../support/engine-proxy.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const snapshotOf = async (client: DrydockClient): Promise<FleetState> => {
  const controller = new AbortController();
  try {
    for await (const update of wholeUpdates(await client.fleet.watch({}, { signal: controller.signal }))) if (update.kind === 'snapshot') return update.state;
  } finally {
    controller.abort();
  }
  throw new Error('the feed ended');
};

const LINES = 3_000;
const WHOLE = `${Array.from({ length: LINES }, (_, index) => `line ${index + 1}\n`).join('')}`;

describe('an engine that goes away', () => {
  let folder: string;
  let proxy: EngineProxy;
  let test: TestDrydock;
  let small: SmallProject;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-proxy-'));
    proxy = await startEngineProxy(folder);
    test = await startDrydock({ engine: { find: proxy.find } });
    small = await addSmallProject(test, { setup: 'echo made > /tmp/made; sleep 0.3' });
  });
  afterEach(async () => {
    proxy.restore();
    await engineUp(test.drydock);
    await test.dispose();
    await small.remove();
    await proxy.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is waited for in every phase: each run goes on and ends once', async () => {
    await test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: 1 } });
    const watch = await watchEngine(test.drydock.core.deps.owner);
    const phases: RunStateName[] = ['preparing', 'settingUp', 'sealing', 'working', 'collecting', 'checking'];
    for (const [index, phase] of phases.entries()) {
      await small.setEnvironment({ setup: `echo ${index} > /tmp/made; sleep 0.3` });
      const launched = await small.script(`for n in $(seq ${LINES}); do echo "line $n"; done; sleep 0.5; echo ${index} >> README.md`, {
        checks: [{ command: 'sleep 0.3; test -f README.md' }],
      });
      await runWhere(test, launched.id, (run) => run.state.name === phase);
      proxy.cut();
      await expect.poll(async () => (await test.client.service.engine({})).engine.state).toBe('down');
      proxy.restore();
      await test.client.service.reconnectEngine({});
      const run = await runEnd(test, launched.id);
      expect([phase, run.state]).toEqual([phase, { name: 'reviewable' }]);
      expect((await wholeLog(test, run.id, 'work')).toString()).toBe(WHOLE);
      expect(run.turns[0]?.checks.map((check) => [check.side, check.exitCode])).toEqual([['result', 0], ['base', 0]]);
    }
    // A container is started once; only setup, which may begin again, and the collector, which only reads, may be repeated.
    expect(watch.starts()).toMatchObject({
      work: phases.length, 'check-0-result': phases.length, 'check-0-base': phases.length,
    });
    watch.stop();
    await expect.poll(async () => (await test.labelled()).containers).toEqual([]);
  }, 120_000);

  it('may hang: the interface stays live, and the run goes on when it answers again', async () => {
    const launched = await small.script('echo begun; sleep 1; echo done >> README.md');
    await runWhere(test, launched.id, (run) => run.state.name === 'working');
    proxy.hang();
    const began = performance.now();
    for (let call = 0; call < 20; call += 1) {
      await test.client.service.hello({});
      expect((await snapshotOf(test.client)).runs).toHaveLength(1);
      await small.write({ goal: `written while it hangs ${call}` });
    }
    expect(performance.now() - began).toBeLessThan(3_000);
    proxy.restore();
    expect((await runEnd(test, launched.id)).state).toEqual({ name: 'reviewable' });
  });

  it('may be away while a run is cancelled: it is cancelled when it is back, and nothing is left', async () => {
    const launched = await small.script('sleep 60');
    await runWhere(test, launched.id, (run) => run.state.name === 'working' && run.state.container !== null);
    proxy.cut();
    await test.client.runs.cancel({ commandId: newCommand(), runId: launched.id });
    expect((await test.client.runs.get({ runId: launched.id })).state.name).toBe('cancelling');
    proxy.restore();
    expect((await runEnd(test, launched.id)).state).toMatchObject({ name: 'cancelled', phase: 'working' });
    await expect.poll(async () => (await test.labelled()).containers).toEqual([]);
  });

  it('may be down at the start: board, briefs, diff and history work, and queued runs say what they wait for', async () => {
    const done = await runEnd(test, (await small.script('echo more >> README.md')).id);
    await test.drydock.dispose();
    proxy.cut();
    const drydock: Drydock = await createDrydock({ dataDirectory: test.dataDirectory, engine: { find: proxy.find } });
    const { client } = connectInMemory<DrydockClient>(drydock.router);
    test = { ...test, drydock, client, dispose: async () => {
      await drydock.dispose();
      await rm(test.dataDirectory, { recursive: true, force: true });
    } };
    await expect.poll(async () => (await client.service.engine({})).engine.state).toBe('down');
    expect((await client.runs.changes({ runId: done.id })).files.map((file) => file.path)).toEqual(['README.md']);
    expect((await client.history.query({})).runs).toHaveLength(1);
    const brief = await client.briefs.find({ number: 1 });
    const queued = await client.runs.retry({ commandId: newCommand(), runId: done.id });
    expect((await client.briefs.get({ briefId: brief.id })).currentRun).toBe(queued.id);
    await expect.poll(async () => (await snapshotOf(client)).waiting[queued.id]?.kind).toBe('engine');
    const { engine } = await client.service.engine({});
    expect(engine).toMatchObject({ state: 'down', fault: { code: 'engineUnavailable', next: 'Start the engine.' } });
    proxy.restore();
    await client.service.reconnectEngine({});
    expect((await runEnd({ client }, queued.id)).state).toEqual({ name: 'reviewable' });
    const engineNow = drydock.core.deps.engines.engine();
    await expect.poll(async () => (await engineNow?.containers({ 'drydock.data': drydock.core.deps.owner }))?.length).toBe(0);
    for (const image of (await engineNow?.images({ 'drydock.data': drydock.core.deps.owner })) ?? []) await engineNow?.removeImage(image.reference);
  });
});
