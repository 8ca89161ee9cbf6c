import { expect, test } from 'vitest';
import type { Run } from '../../../src-main/contract/run.ts';
import { stopRuns } from '../../../src-main/core/service/stop-runs.ts';
import type { Supervisor } from '../../../src-main/core/supervisor/supervisor.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleProject, sampleRun, sampleRunId } from '../../support/sample-documents.ts';

const begin = (...states: Run['state'][]) => {
  const store = fakeStore();
  const clock = handClock();
  const brief = sampleBrief(1);
  store.commit({ at: 1, events: [], projects: [sampleProject(1)], briefs: [brief], runs: states.map((state, at) => sampleRun(at + 1, brief, { state })) });
  let isHeld = false;
  let isOver = false;
  const supervisor = { hold: () => void (isHeld = true) } as Supervisor;
  const stopping = stopRuns({ deps: { store, clock }, supervisor }, 20_000).then(() => void (isOver = true));
  const settled = async (): Promise<boolean> => {
    await new Promise((resolve) => setImmediate(resolve));
    return isOver;
  };
  return { store, clock, stopping, settled, isHeld: () => isHeld, states: () => states.map((_, at) => store.run(sampleRunId(at + 1))?.state.name) };
};
const end = (store: ReturnType<typeof fakeStore>, number: number): void => {
  const run = store.run(sampleRunId(number));
  if (run !== null) store.commit({ at: 2, events: [], runs: [{ ...run, state: { name: 'cancelled', phase: 'working' }, endedAt: 2 }] });
};

test('cancels what is under way, waits for the last of it, and lets nothing queued start', async () => {
  const { store, settled, isHeld, states } = begin({ name: 'working', container: null }, { name: 'queued' }, { name: 'cancelling', phase: 'working' });
  expect(isHeld()).toBe(true);
  expect(states()).toEqual(['cancelling', 'queued', 'cancelling']);
  end(store, 1);
  expect(await settled()).toBe(false);
  end(store, 3);
  expect(await settled()).toBe(true);
  expect(states()[1]).toBe('queued');
});

test('waits no longer than it may', async () => {
  const { clock, settled } = begin({ name: 'working', container: null });
  clock.pass(19_999);
  expect(await settled()).toBe(false);
  clock.pass(1);
  expect(await settled()).toBe(true);
});

test('has nothing to wait for where nothing is under way', async () => {
  expect(await begin({ name: 'queued' }).settled()).toBe(true);
});
