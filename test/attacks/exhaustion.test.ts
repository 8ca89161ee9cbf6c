import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const MiB = 2 ** 20;
let test: TestDrydock;
let small: SmallProject;
beforeAll(async () => {
  test = await startDrydock();
  small = await addSmallProject(test);
  await test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: 4 } });
});
afterAll(async () => {
  await test.dispose();
  await small.remove();
});

const withLimits = (limits: object, setup = '') => small.setEnvironment({ setup, limits: { ...small.project.environment.limits, ...limits } });
const said = async (run: Run): Promise<string> => (await wholeLog(test, run.id, 'work')).toString();
const python = (source: string): string => `python3 - <<'END_OF_PROGRAM'\n${source}\nEND_OF_PROGRAM`;

/** Each ends by itself a little above what it is allowed, so that with its limit gone it harms nobody either. Each says how far it came. */
const BOMBS = {
  processes: python(`import os, time
made = 0
try:
  for made in range(200):
    if os.fork() == 0:
      time.sleep(2)
      os._exit(0)
except OSError as error: print(error)
print("processes", made, flush=True)
os._exit(3)`),
  memory: `${python(`held = []
for piece in range(60):
  held.append(b"x" * 10_000_000)
print("all of it")`)}\necho "status $?"; exit 4`,
  files: python(`import sys
try: held = [open("/dev/null") for _ in range(17_000)]
except OSError as error: sys.exit(error.strerror)
print("all of them")`),
  processor: python(`import os, time
def burn():
  until = time.monotonic() + 2
  while time.monotonic() < until: pass
  return time.process_time()
child = os.fork()
burn()
if child == 0: os._exit(0)
os.waitpid(child, 0)
spent = os.times()
print("seconds", spent.user + spent.children_user)`),
  shared: 'dd if=/dev/zero of=/dev/shm/filler bs=1M count=100 2>&1 | tail -1; du -m /dev/shm/filler; rm /dev/shm/filler',
  inodes: python(`import os
os.mkdir("many")
for folder in range(101):
  os.mkdir(f"many/{folder}")
  for name in range(1000): os.close(os.open(f"many/{folder}/{name}", os.O_CREAT))
print("made")`),
} as const;

describe('a bomb beside a healthy run', () => {
  type Bomb = keyof typeof BOMBS;
  const launched = new Map<Bomb, Promise<Run>>();
  /** Launched by whoever asks first. */
  const launch = (name: Bomb): Promise<Run> => {
    const run = launched.get(name) ?? small.script(BOMBS[name]);
    launched.set(name, run);
    return run;
  };
  const ended = async (name: Bomb): Promise<Run> => runEnd(test, (await launch(name)).id);
  beforeAll(() => withLimits({ processes: 64, memoryBytes: 256 * MiB, cpus: 0.5 }));

  it('leaves that run as it is', async () => {
    for (const name of Object.keys(BOMBS) as Bomb[]) await launch(name);
    const healthy = await runEnd(test, (await small.script('echo fine > fine')).id);
    expect([healthy.state.name, healthy.turns[0]?.result?.files]).toEqual(['reviewable', 1]);
  });

  it('of processes gets no more than its number', async () => {
    expect(await said(await ended('processes'))).toMatch(/Resource temporarily unavailable\nprocesses [1-6]\d\n/);
    expect((await ended('processes')).turns[0]?.work?.exitCode).toBe(3);
  });

  it('of memory is ended at its limit, and swap is none', async () => {
    expect(await said(await ended('memory'))).toMatch(/status 137\n$/);
  });

  it('of open files gets no more than its number', async () => {
    expect(await said(await ended('files'))).toBe('Too many open files\n');
  });

  it('of loops gets its share of the processors', async () => {
    const seconds = Number(/seconds ([\d.]+)/.exec(await said(await ended('processor')))?.[1]);
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(1.5);
  });

  it('in shared memory finds 64 MiB there', async () => {
    expect(await said(await ended('shared'))).toMatch(/^6[0-4]\s/m);
  });

  it('of empty files has its result refused', async () => {
    expect(await said(await ended('inodes'))).toBe('made\n');
    expect((await ended('inodes')).state).toMatchObject({ name: 'failed', phase: 'collecting', reason: { kind: 'fault', fault: { code: 'tooLarge' } } });
  });
});

describe('a disk bomb that does not end by itself', { timeout: 60_000 }, () => {
  // Longer than it takes to look at it, and shorter than a test.
  const fill = (folder: string): string => `dd if=/dev/zero of=${folder}/filler bs=1M count=80 2>/dev/null; echo filled; exec sleep 12`;

  it.each(['/workspace', '/tmp', '/home/agent'])('in %s: is stopped while it works, and its result refused, beside a healthy run', async (folder) => {
    await withLimits({ writtenBytes: 32 * MiB });
    const bomb = await small.script(fill(folder));
    const healthy = await small.script('echo fine > fine');
    expect((await runEnd(test, healthy.id)).state.name).toBe('reviewable');
    expect((await runEnd(test, bomb.id)).state).toMatchObject({ name: 'failed', phase: 'collecting', reason: { kind: 'fault', fault: { code: 'tooLarge' } } });
    expect((await wholeLog(test, bomb.id)).toString()).toMatch(/filled\n(.*\n)*Stopped: it had written \d+ bytes/);
  });

  it('in the setup: is stopped while it runs', async () => {
    await withLimits({ writtenBytes: 32 * MiB }, fill('/workspace'));
    const run = await small.script('true');
    expect((await runEnd(test, run.id)).state).toMatchObject({ name: 'failed', phase: 'settingUp', reason: { kind: 'fault', fault: { code: 'tooLarge' } } });
  });
});

describe('a log', { timeout: 60_000 }, () => {
  it('of NULs, of half characters and without a line break is kept byte for byte', async () => {
    await withLimits({});
    const run = await small.script(String.raw`printf '\000\377\376\033]0;title\007\033[2J'; head -c 3000000 /dev/zero`);
    expect((await runEnd(test, run.id)).turns[0]?.work?.exitCode).toBe(0);
    const log = await wholeLog(test, run.id, 'work');
    expect(log.length).toBe(3_000_000 + '\0\xff\xfe\x1b]0;title\x07\x1b[2J'.length);
    expect(log.subarray(0, 3)).toEqual(Buffer.from([0, 0xff, 0xfe]));
  });

  it('that comes as fast as it can, as one line, takes no memory of the service and holds no other run up', async () => {
    await withLimits({});
    const before = process.memoryUsage().rss;
    let most = 0;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 50);
    const flood = await small.script("head -c 150000000 /dev/zero | tr '\\0' x");
    const healthy = await runEnd(test, (await small.script('echo fine > fine')).id);
    const ended = await runEnd(test, flood.id);
    clearInterval(watch);
    expect([healthy.state.name, ended.state.name]).toEqual(['reviewable', 'reviewable']);
    expect((await test.client.runs.log({ runId: flood.id, offset: 0 })).length).toBeGreaterThanOrEqual(150_000_000);
    expect((most - before) / MiB).toBeLessThan(200);
  });
});
