import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../src-main/contract/project.ts';
import type { SetupTry } from '../../src-main/contract/setup-try.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { fleetNow, newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('an environment that is tried', () => {
  let test: TestDrydock;
  let small: SmallProject;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });
  beforeEach(async () => {
    await test.client.setupTries.end({ commandId: newCommand(), projectId: small.project.id, keep: false }).catch(() => {});
  });

  const start = (change: Partial<Environment>): Promise<SetupTry> =>
    test.client.setupTries.start({ commandId: newCommand(), projectId: small.project.id, environment: { ...small.project.environment, setup: '', ...change } });

  /** By the live feed, as a window sees it. */
  const tryWhere = async (wanted: (each: SetupTry) => boolean): Promise<SetupTry> => {
    const controller = new AbortController();
    try {
      for await (const update of wholeUpdates(await test.client.fleet.watch({}, { signal: controller.signal }))) {
        const tries = update.kind === 'snapshot' ? update.state.setupTries : update.changes.flatMap((change) => (change.kind === 'setupTry' ? [change.setupTry] : []));
        const found = tries.find(wanted);
        if (found !== undefined) return found;
      }
    } finally {
      controller.abort();
    }
    throw new Error('the feed ended');
  };
  const ended = (of: SetupTry): Promise<SetupTry> => tryWhere(({ run, failure }) => run.id === of.run.id && hasEnded(run.state) && (run.state.name !== 'failed' || failure !== null));
  const end = (keep: boolean) => test.client.setupTries.end({ commandId: newCommand(), projectId: small.project.id, keep });
  const containers = async () => (await test.labelled()).containers;
  const images = async () => (await test.labelled()).images.filter((image) => image.includes('snapshot'));

  const inShell = async (of: SetupTry, typed: string, until: RegExp): Promise<string> => {
    const controller = new AbortController();
    let said = '';
    try {
      for await (const event of await test.client.runs.openShell({ runId: of.run.id, columns: 200, rows: 50 }, { signal: controller.signal })) {
        if (event.kind === 'opened') await test.client.runs.typeIntoShell({ shell: event.shell, bytes: Buffer.from(typed).toString('base64') });
        if (event.kind === 'output') said += Buffer.from(event.bytes, 'base64').toString();
        if (event.kind === 'ended' || until.test(said)) return said;
      }
      return said;
    } finally {
      controller.abort();
    }
  };

  it('is sealed, and the next brief starts from that without setting up', async () => {
    const setup = 'echo made > ~/made; echo "set up by $(id -u)"';
    const tried = await ended(await start({ setup }));
    expect(tried.run.state).toEqual({ name: 'reviewable' });
    expect(Object.keys(tried.run.times)).toEqual(['preparing', 'settingUp', 'sealing', 'reviewable'].filter((name) => name in tried.run.times));
    expect(tried.run.times['working']).toBeUndefined();
    expect(currentTurn(tried.run).snapshot).toMatchObject({ reused: false });
    expect((await wholeLog(test, tried.run.id, 'setup')).toString()).toBe('set up by 1000\n');
    await expect.poll(containers, { timeout: 15_000 }).toEqual([]);

    // Saved only now: the same environment is the same snapshot.
    await small.setEnvironment({ setup });
    await end(true);
    const began = performance.now();
    const run = await runEnd(test, (await small.script('cat ~/made')).id);
    const took = performance.now() - began;
    expect(run.state.name).toBe('reviewable');
    expect(currentTurn(run).snapshot).toMatchObject({ reused: true, key: currentTurn(tried.run).snapshot?.key });
    const startMs = (run.times['working'] ?? Infinity) - (run.times['preparing'] ?? 0);
    process.stdout.write(`preparing to work: ${startMs} ms; launch to result: ${Math.round(took)} ms\n`);
    // A tenth of a second on an idle machine; this one may be busy.
    expect(startMs).toBeLessThan(5_000);
    expect((await fleetNow(test)).setupTries).toEqual([]);
  });

  it('is found sealed already when it is tried again, and is discarded with its snapshot', async () => {
    const first = await ended(await start({ setup: 'echo once > ~/once' }));
    const before = await images();
    const again = await ended(await start({ setup: 'echo once > ~/once' }));
    expect(currentTurn(again.run).snapshot).toMatchObject({ reused: true });
    // It did not make it: discarding it takes nothing.
    await end(false);
    expect(await images()).toEqual(before);
    await test.client.fleet.removeSnapshot({ commandId: newCommand(), key: currentTurn(first.run).snapshot?.key ?? '' });
    const third = await ended(await start({ setup: 'echo once > ~/once' }));
    expect(currentTurn(third.run).snapshot).toMatchObject({ reused: false });
    await end(false);
    expect(await images()).not.toContain(currentTurn(third.run).snapshot?.image);
  });

  it.each([
    ['a program that is not there', 'echo ok\ncd src\nno-such-tool --flag', { command: 'no-such-tool --flag', line: 3, exitCode: 127, cause: 'no-such-tool is not in the image.' }],
    ['a refused connection', 'node -e "fetch(\'http://127.0.0.1:4999\').catch((e) => { console.error(String(e.cause)); process.exit(4); })"', { line: 1, exitCode: 4, cause: 'Something on the network could not be reached.' }],
    ['a name that nobody has', 'getent hosts no-such-host.invalid || { echo "curl: (6) Could not resolve host: no-such-host.invalid"; exit 6; }', { exitCode: 6, cause: 'Something on the network could not be reached.' }],
    ['a variable without a value', 'echo "$NOT_GIVEN"', { cause: 'The variable NOT_GIVEN has no value.' }],
    ['what only root may', 'echo x > /etc/x', { line: 1, cause: 'The script does something that only root of its container may do.' }],
    ['a plain failure', 'echo "1 test failed"; (exit 3)', { line: 1, exitCode: 3, cause: 'The command ended with status 3.', lastLines: ['1 test failed'] }],
  ])('says why it failed: %s', async (_, setup, failure) => {
    const tried = await ended(await start({ setup }));
    expect(tried.run.state).toMatchObject({ name: 'failed', phase: 'settingUp' });
    expect(tried.failure).toMatchObject(failure);
    expect(tried.failure?.next).not.toBe('');
    await expect.poll(containers, { timeout: 15_000 }).toEqual([]);
  });

  it('says that it was out of time, out of disk, or without an image', async () => {
    const late = await ended(await start({ setup: 'echo waiting; sleep 100', setupTimeoutSeconds: 1 }));
    expect(late.failure).toMatchObject({ exitCode: 124, cause: 'It took longer than its 1 s.' });
    const large = await ended(await start({ setup: 'dd if=/dev/zero of=$HOME/large bs=1M count=64 2>/dev/null; sleep 100', limits: { ...small.project.environment.limits, writtenBytes: 8 * 2 ** 20 } }));
    expect(large.failure).toMatchObject({ exitCode: null, cause: expect.stringContaining('written more than') });
    const missing = await ended(await start({ image: 'no-such-image:1', setup: 'true' }));
    expect(missing.failure).toMatchObject({ cause: 'The image no-such-image:1 is not on this machine.' });
  });

  it('is one at a time, is watched with a shell while it goes on, and is stopped without a trace', async () => {
    const before = await images();
    const tried = await start({ setup: 'echo began; echo here > ~/here; sleep 1000' });
    await expect(start({ setup: 'true' })).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    await expect(end(false)).rejects.toMatchObject({ data: { code: 'refusedByState' } });
    await expect.poll(async () => (await wholeLog(test, tried.run.id, 'setup')).toString(), { timeout: 10_000 }).toBe('began\n');
    expect(await inShell(tried, 'cat ~/he*; echo do"ne"\n', /done\r\n/)).toContain('here');
    await test.client.setupTries.stop({ commandId: newCommand(), projectId: small.project.id });
    const stopped = await ended(tried);
    expect([stopped.run.state, stopped.failure]).toEqual([{ name: 'cancelled', phase: 'settingUp' }, null]);
    await expect.poll(containers, { timeout: 15_000 }).toEqual([]);
    expect(await images()).toEqual(before);
  });

  it('gives a shell in what was sealed: no secret, no internet, nothing of it is kept', async () => {
    await test.drydock.core.deps.secrets.keep(small.project.id, 'TRIED_TOKEN', { kind: 'value', value: 'tok_71c2-aB9+tried' });
    const tried = await ended(await start({ secrets: [{ name: 'TRIED_TOKEN', file: null }], setup: 'test -n "$TRIED_TOKEN"; echo sealed > ~/state' }));
    expect(tried.run.state.name).toBe('reviewable');
    expect(currentTurn(tried.run).snapshot?.receipt).toMatchObject({ secrets: ['TRIED_TOKEN'], found: [] });
    const said = await inShell(tried, 'cat ~/state; env | grep -c TOKEN; ls --color=never /sys/class/net; id -u; echo x > ~/state; echo do"ne"\n', /done\r\n/);
    expect(said).toContain('sealed\r\n0\r\nlo\r\n1000\r\n');
    // The container goes with its last shell, and the next begins from what was sealed.
    await expect.poll(containers, { timeout: 15_000 }).toEqual([]);
    expect(await inShell(tried, 'cat ~/state; echo do"ne"\n', /done\r\n/)).toContain('sealed\r\n');
    await expect.poll(containers, { timeout: 15_000 }).toEqual([]);
  });

  it('lets the shell reach what the network of the environment allows, and no more', async () => {
    const { network } = small.project.environment;
    const look = 'echo "$(ls /sys/class/net | wc -l) nets, proxy ${HTTPS_PROXY:-none}"; echo do"ne"\n';
    const full = await ended(await start({ setup: 'true', network: { ...network, mode: 'full' } }));
    expect(await inShell(full, look, /done\r\n/)).toContain('2 nets, proxy none\r\n');
    const listed = await ended(await start({ setup: 'true', network: { ...network, mode: 'allowlist', rules: [{ host: 'allowed.example', port: null, methods: [], path: '', allowPrivate: false }] } }));
    expect(await inShell(listed, look, /done\r\n/)).toContain('1 nets, proxy http://127.0.0.1:3128\r\n');
  });

  it('goes with its project', async () => {
    const other = await addSmallProject(test);
    await test.client.setupTries.start({ commandId: newCommand(), projectId: other.project.id, environment: { ...other.project.environment, setup: 'sleep 1000' } });
    await expect.poll(containers, { timeout: 10_000 }).toHaveLength(1);
    await test.client.projects.remove({ commandId: newCommand(), projectId: other.project.id });
    await expect.poll(containers, { timeout: 10_000 }).toEqual([]);
    await other.remove();
  });
});
