import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const MiB = 2 ** 20;
let drydock: TestDrydock;
let project: SmallProject;
beforeAll(async () => {
  drydock = await startDrydock();
  project = await addSmallProject(drydock);
});
afterAll(async () => {
  await drydock.dispose();
  await project.remove();
});

const withLimits = (limits: object) => project.setEnvironment({ setup: '', limits: { ...project.project.environment.limits, ...limits } });
const fill = 'dd if=/dev/zero of=/workspace/filler bs=1M count=80 2>/dev/null; echo filled; exec sleep 600';

describe('a disk bomb that does not end by itself', { timeout: 60_000 }, () => {
  test('in the work: is stopped while it runs, and its result refused, beside a healthy run', async () => {
    await withLimits({ writtenBytes: 32 * MiB });
    const bomb = await project.script(fill);
    const healthy = await project.script('echo fine > fine');
    expect((await runEnd(drydock, healthy.id)).state.name).toBe('reviewable');
    expect((await runEnd(drydock, bomb.id)).state).toMatchObject({ name: 'failed', phase: 'collecting', reason: { kind: 'fault', fault: { code: 'tooLarge' } } });
    expect((await wholeLog(drydock, bomb.id)).toString()).toMatch(/filled\n(.*\n)*Stopped: it had written \d+ bytes/);
  });

  test('in the setup: is stopped while it runs', async () => {
    await project.setEnvironment({ setup: fill, limits: { ...project.project.environment.limits, writtenBytes: 32 * MiB } });
    const run = await project.script('true');
    expect((await runEnd(drydock, run.id)).state).toMatchObject({ name: 'failed', phase: 'settingUp', reason: { kind: 'fault', fault: { code: 'tooLarge' } } });
  });
});

test('bombs of processes, memory and open files end themselves, beside a healthy run', { timeout: 60_000 }, async () => {
  await withLimits({ processes: 64, memoryBytes: 256 * MiB, cpus: 0.5 });
  const bombs = [
    // Ends when it cannot fork any more.
    await project.script("python3 -c 'import os,time\ntry:\n  while True:\n    if os.fork() == 0: time.sleep(600)\nexcept OSError as error: print(error)'; exit 3"),
    await project.script("python3 -c 'x = bytearray(10**10)'; python3 -c 'x = [bytearray(10**7) for _ in range(1000)]'; exit 4"),
    await project.script("python3 -c 'x = [open(\"/dev/null\") for _ in range(100000)]'; exit 5"),
  ];
  const healthy = await project.script('echo fine > fine');
  expect((await runEnd(drydock, healthy.id)).state.name).toBe('reviewable');
  for (const bomb of bombs) {
    const ended = await runEnd(drydock, bomb.id);
    expect(ended.turns[0]?.work?.exitCode).toBeGreaterThan(0);
  }
  expect((await wholeLog(drydock, bombs[0]!.id, 'work')).toString()).toContain('Resource temporarily unavailable');
  expect((await wholeLog(drydock, bombs[2]!.id, 'work')).toString()).toContain('Too many open files');
});

test('a log of NULs, of half characters and without a line break is kept byte for byte', { timeout: 60_000 }, async () => {
  await withLimits({});
  const run = await project.script(String.raw`printf '\000\377\376\033]0;title\007\033[2J'; head -c 3000000 /dev/zero`);
  expect((await runEnd(drydock, run.id)).turns[0]?.work?.exitCode).toBe(0);
  const log = await wholeLog(drydock, run.id, 'work');
  expect(log.length).toBe(3_000_000 + '\0\xff\xfe\x1b]0;title\x07\x1b[2J'.length);
  expect(log.subarray(0, 3)).toEqual(Buffer.from([0, 0xff, 0xfe]));
});
