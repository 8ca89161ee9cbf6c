import { beforeEach, describe, expect, it } from 'vitest';
import type { FleetChange } from '../../src-main/contract/fleet.ts';
import type { Run } from '../../src-main/contract/run.ts';
import type { SetupFailure } from '../../src-main/contract/setup-try.ts';
import type { RawTerminal } from '../../src-main/cli/surroundings.ts';
import { drydock } from '../support/command-line.ts';
import { FakeService, ids, makeRun } from '../support/fake-service.ts';

const FAILURE: SetupFailure = { command: 'make \x1b]0;evil\x07', line: 2, exitCode: 127, lastLines: [], cause: 'make is not in the image.', next: 'Choose an image that has make.' };
const RECEIPT = { at: 0, secrets: ['TOKEN'], forms: ['raw' as const], files: 5, bytes: 10, deleted: ['/x'], found: [] };

let fake: FakeService;
let told: (state: Run['state'], more?: Partial<Run>, failure?: SetupFailure | null) => FleetChange[];
beforeEach(() => {
  fake = new FakeService();
  told = (state, more = {}, failure = null) => [{ kind: 'setupTry', setupTry: { projectId: ids.project, run: { ...makeRun(state, fake.text, ids.tried), ...more }, failure } }];
  fake.log = Buffer.from('installed\n');
});

const sealed = (reused = false): Partial<Run> => ({
  times: { preparing: 0, settingUp: 1_000, sealing: 13_400 },
  endedAt: 15_000,
  turns: [{ number: 1, base: null, snapshot: { key: 'k', image: 'i', tree: 't', reused, receipt: RECEIPT }, work: null, result: null, checks: [] }],
});
const going = (): FleetChange[] => told({ name: 'settingUp' });

describe('drydock env try', () => {
  it('prints the log, the times and the receipt, and keeps what was sealed', async () => {
    fake.changes = [going(), told({ name: 'reviewable' }, sealed())];
    const { status, stdout, stderr } = await drydock(fake, ['env', 'try']);
    expect([status, stdout]).toEqual([0, 'installed\nSealed (preparing 1.0 s, setup 12.4 s, sealing 1.6 s)\nReceipt   5 files searched for TOKEN: nothing found; 1 hiding places cleared\n']);
    expect(stderr).toBe('Preparing\nSetting up\nThe next brief of the same environment starts from this.\n');
    expect(fake.inputOf('setupTries.end')).toMatchObject({ projectId: ids.project, keep: true });
  });

  it('says why it failed, and ends with status 1', async () => {
    fake.changes = [told({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 127, outOfMemory: false } }, { endedAt: 1, times: {} }, FAILURE)];
    const { status, stdout, stderr } = await drydock(fake, ['env', 'try']);
    expect(status).toBe(1);
    expect(stdout).toContain('Command   line 2: make ]0;evil\nStatus    127\nBecause   make is not in the image.\n');
    expect(stdout).not.toContain('\x1b]');
    expect(stderr).toContain('Next: Choose an image that has make.');
  });

  it('answers a program with one object, and discards what it sealed when it is told to', async () => {
    fake.changes = [going(), told({ name: 'reviewable' }, sealed(true))];
    const { json, stdout } = await drydock(fake, ['env', 'try', '--discard', '--json']);
    expect(stdout.trim().split('\n')).toHaveLength(1);
    expect(json).toMatchObject({ ok: true, projectId: ids.project, state: { name: 'reviewable' }, snapshot: { reused: true, receipt: RECEIPT }, failure: null });
    expect(fake.inputOf('setupTries.end')).toMatchObject({ keep: false });
  });

  it('is stopped by Ctrl-C', async () => {
    fake.changes = [going()];
    const ended = drydock(fake, ['env', 'try'], { onError: (text, interrupt) => {
      if (text.endsWith('Setting up\n')) interrupt();
    } });
    await expect.poll(() => fake.inputOf('setupTries.stop')).toMatchObject({ projectId: ids.project });
    fake.tell(told({ name: 'cancelled', phase: 'settingUp' }, { endedAt: 1, times: {} }));
    const { status, stdout } = await ended;
    expect([status, stdout]).toEqual([1, expect.stringContaining('Cancelled')]);
  });

  it('gives up where there is no engine, and says so', async () => {
    fake.engine = { state: 'down', since: 0, fault: { code: 'engineUnavailable', message: 'No engine.', next: 'Start it.' } };
    fake.changes = [told({ name: 'preparing' })];
    const { status, stderr } = await drydock(fake, ['env', 'try']);
    expect([status, stderr]).toEqual([3, expect.stringContaining('No engine.')]);
    expect(fake.inputOf('setupTries.stop')).toBeDefined();
  });

  it('opens a shell in what was sealed, at a terminal only', async () => {
    const typed: ((bytes: Uint8Array) => void)[] = [];
    let stopped = 0;
    const terminal: RawTerminal = {
      size: () => ({ columns: 91, rows: 31 }),
      take: (onBytes) => {
        typed.push(onBytes);
        onBytes(Buffer.from('ls\r'));
        return () => (stopped += 1);
      },
    };
    fake.changes = [told({ name: 'reviewable' }, sealed())];
    const { status, stdout } = await drydock(fake, ['env', 'try', '--shell'], { terminal });
    expect([status, stopped]).toEqual([0, 1]);
    expect(stdout).toContain('91x31$ ');
    expect(fake.inputOf('runs.openShell')).toEqual({ runId: ids.tried, columns: 91, rows: 31 });
    await expect.poll(() => fake.inputOf('runs.typeIntoShell')).toEqual({ shell: ids.shell, bytes: Buffer.from('ls\r').toString('base64') });
    const without = new FakeService();
    const refused = await drydock(without, ['env', 'try', '--shell']);
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('needs a terminal')]);
    expect(without.calls).toEqual([]);
  });

  it('opens none where nothing was sealed', async () => {
    fake.changes = [told({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } }, { endedAt: 1 }, FAILURE)];
    await drydock(fake, ['env', 'try', '--shell'], { terminal: { size: () => ({ columns: 2, rows: 2 }), take: () => () => {} } });
    expect(fake.inputOf('runs.openShell')).toBeUndefined();
  });
});
