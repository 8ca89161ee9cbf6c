import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Pause } from '../../src-main/contract/fleet.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { newCommand, runEnd, runWhere, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { watchEngine, type EngineWatch } from '../support/engine-history.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('the queue', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let watch: EngineWatch;
  const slots = (count: number) => test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: count } });

  beforeEach(async () => {
    test = await startDrydock();
    watch = await watchEngine(test.drydock.core.deps.owner);
    small = await addSmallProject(test);
  });
  afterEach(async () => {
    watch.stop();
    await test.dispose();
    await small.remove();
  });

  /** Ids of runs in the order in which they leave the queue, from now on. */
  const starts = (): Set<string> => {
    const order = new Set<string>();
    test.drydock.core.deps.store.onCommit((change) => {
      for (const run of change.runs ?? []) if (run.state.name === 'preparing') order.add(run.id);
    });
    return order;
  };

  it('starts 40 briefs in the order of the column, never more than 3 at once, moved ones where they were moved to', async () => {
    await slots(1);
    const first = await small.script('while ! test -f /tmp/never; do sleep 0.2; done');
    await runWhere(test, first.id, (run) => run.state.name === 'working');
    const queued: Run[] = [];
    for (let number = 0; number < 40; number += 1) queued.push(await small.script(`echo ${number}; sleep 0.2`));
    const order = starts();
    const last = queued.at(-1) ?? expect.fail('none');
    const head = queued[0] ?? expect.fail('none');
    await test.client.briefs.move({ commandId: newCommand(), briefId: last.briefId, to: 'queued', before: head.briefId });
    await slots(3);
    await test.client.runs.cancel({ commandId: newCommand(), runId: first.id });
    const ends = await Promise.all(queued.map(({ id }) => runEnd(test, id)));
    expect(ends.every((run) => run.state.name === 'reviewable')).toBe(true);
    // How many short commands really meet is the machine's affair; that they are never more than the slots is ours.
    expect(watch.mostAtOnce('work')).toBeLessThanOrEqual(3);
    const wanted = [last, ...queued.slice(0, -1)].map(({ id }) => id as string);
    expect([...order]).toEqual(wanted);
    const work = watch.order('work').filter((id) => id !== first.id);
    expect(work.toSorted()).toEqual(wanted.toSorted());
  }, 180_000);

  it('holds a queued brief back behind another with the same run, and lets it go when that one has ended', async () => {
    await slots(1);
    const holding = await small.script('while ! test -f /tmp/never; do sleep 0.2; done');
    await runWhere(test, holding.id, (run) => run.state.name === 'working');
    const [one, two] = [await small.script('echo one'), await small.script('echo two')];
    const number = (await test.client.briefs.get({ briefId: two.briefId })).number;
    await test.client.briefs.waitFor({ commandId: newCommand(), briefId: one.briefId, after: [number] });
    const order = starts();
    await test.client.runs.cancel({ commandId: newCommand(), runId: holding.id });
    await Promise.all([runEnd(test, one.id), runEnd(test, two.id)]);
    expect([...order]).toEqual([two.id, one.id]);
    expect((await test.client.runs.ofBrief({ briefId: one.briefId })).map(({ id }) => id)).toEqual([one.id]);
  });

  it('is paused once by a setup that fails, and goes on when the environment is mended', async () => {
    await slots(2);
    const pausesSeen: Pause[][] = [];
    const controller = new AbortController();
    const watching = (async () => {
      for await (const update of wholeUpdates(await test.client.fleet.watch({}, { signal: controller.signal })))
        if (update.kind === 'delta') for (const change of update.changes) if (change.kind === 'pauses') pausesSeen.push(change.pauses);
    })().catch(() => {});
    await small.setEnvironment({ setup: 'echo broken; exit 7' });
    const runs: Run[] = [];
    for (let number = 0; number < 6; number += 1) runs.push(await small.script('true'));
    await expect.poll(() => pausesSeen.at(-1)?.length, { timeout: 20_000 }).toBe(1);
    await expect.poll(async () => {
      const states = await Promise.all(runs.map(({ id }) => test.client.runs.get({ runId: id })));
      return states.map((run) => run.state.name).toSorted();
    }, { timeout: 20_000 }).toEqual(['failed', 'queued', 'queued', 'queued', 'queued', 'queued']);
    expect(pausesSeen.at(-1)?.[0]).toMatchObject({ projectId: small.project.id, fault: { message: expect.stringContaining('7') } });
    expect(watch.starts()).toEqual({ setup: 1 });
    const other = await addSmallProject(test);
    expect((await runEnd(test, (await other.script('true')).id)).state).toEqual({ name: 'reviewable' });
    await other.remove();
    // Queued runs keep the environment they were launched with: the next of them fails and pauses the queue again, each once.
    for (const run of runs) await test.client.runs.cancel({ commandId: newCommand(), runId: run.id }).catch(() => {});
    await Promise.all(runs.map(({ id }) => runEnd(test, id)));
    await small.setEnvironment({ setup: '' });
    expect((await runEnd(test, (await small.script('true')).id)).state).toEqual({ name: 'reviewable' });
    await expect.poll(() => pausesSeen.at(-1)).toEqual([]);
    expect(watch.starts()['setup']).toBe(1);
    controller.abort();
    await watching;
  });

  it('sets the same environment up once for runs that want it at the same time', async () => {
    await slots(4);
    await small.setEnvironment({ setup: 'sleep 1; echo shared > /tmp/shared' });
    const runs = await Promise.all([1, 2, 3, 4, 5, 6].map(() => small.script('cat /tmp/shared')));
    for (const run of runs) expect((await runEnd(test, run.id)).state).toEqual({ name: 'reviewable' });
    expect(watch.starts()).toMatchObject({ setup: 1, work: 6 });
  });
});
