import { existsSync, readdirSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { startWorld, type World } from '../support/world.ts';

const RUNS = process.env['DRYDOCK_ALL_FAULTS'] === '1' ? 500 : 8;
const AT_ONCE = 3;
const MiB = 2 ** 20;
/** The records of the runs, and what is kept of the last of them for a moment. */
const MORE_BYTES = 16 * MiB;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;
/** What is in use, not what the allocator keeps. */
const bytesInUse = (): number => {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

let test: TestDrydock;
let small: SmallProject;
let world: World;
beforeAll(async () => {
  world = await startWorld();
  test = await startDrydock({ reach: world.reach });
  small = await addSmallProject(test, { setup: 'echo made > /tmp/made', network: networkPolicy.parse({ rules: [{ host: 'allowed.test' }] }) });
  await test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: AT_ONCE } });
});
afterAll(async () => {
  await test.dispose();
  await small.remove();
  world.close();
});

/** Of every kind: with and without a network, that fail, that are cancelled, that are checked. */
const one = async (number: number): Promise<void> => {
  const kind = number % 4;
  const command = kind === 1 ? 'echo more >> README.md; exit 3' : kind === 2 ? 'sleep 600' : 'curl -s http://allowed.test/; echo more >> README.md; head -c 200000 /dev/zero';
  const { id } = await small.launch({ runsWith: { mode: 'script', command, internet: kind === 3 ? 'allowlist' : 'off' }, checks: [{ command: 'true' }] });
  if (kind === 2) await test.client.runs.cancel({ commandId: newCommand(), runId: id });
  await runEnd(test, id);
};

const many = async (count: number): Promise<void> => {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
};

/** What the process and the engine hold, once clean-up has had its time. */
const held = async () => {
  const engine = test.drydock.core.deps.engines.engine() ?? expect.unreachable();
  await expect.poll(async () => (await test.labelled()).containers, { timeout: 20_000 }).toEqual([]);
  const networks = await engine.networks({ [LABEL.owner]: test.drydock.core.deps.owner });
  const { images } = await test.labelled();
  return { networks: networks.length, images: images.length, descriptors: existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0, bytes: bytesInUse() };
};

it(`after ${RUNS} more runs holds no more containers, images, networks, descriptors or memory than before`, { timeout: 3_600_000 }, async () => {
  await many(4);
  const before = await held();
  await many(RUNS);
  const after = await held();
  expect([after.networks, after.images]).toEqual([0, before.images]);
  // A connection to the engine may be kept open a little longer.
  expect(after.descriptors).toBeLessThan(before.descriptors + 16);
  expect(after.bytes).toBeLessThan(before.bytes + MORE_BYTES);
});
