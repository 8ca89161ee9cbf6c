import { beforeEach, describe, expect, it } from 'vitest';
import { ServiceUnreachable } from '../../src-main/wire/client/connection.ts';
import type { RunId } from '../../src-main/contract/ids.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { FileChange } from '../../src-main/contract/result.ts';
import { FakeService, ids, makeRun } from '../support/fake-service.ts';
import { drydock } from '../support/command-line.ts';

let fake: FakeService;
beforeEach(() => {
  fake = new FakeService();
});

describe('the name of a run', () => {
  it.each(['12', '#12', ids.run, ids.brief, 'run_abc', 'abd'])('%s', async (name) => {
    expect((await drydock(fake, ['show', name])).status).toBe(0);
  });
  it.each([
    ['ab', /could be run_abc000000001 \(#12\), run_abd000000002/],
    ['zzz', /No run is called zzz/],
    ['99', /There is no #99/],
  ])('%s is refused', async (name, message) => {
    const { status, stderr } = await drydock(fake, ['show', name]);
    expect(status).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe("the beginning of a run's id", () => {
  const named = (count: number) => Array.from({ length: count }, (_, index) => `run_b${String(index).padStart(11, '0')}` as RunId);
  it.each([499, 500, 1_200])('is looked for behind %i newer runs', async (count) => {
    fake.history = [...named(count), ids.run];
    const { status, json } = await drydock(fake, ['show', 'abc', '--json']);
    expect([status, json]).toEqual([0, expect.objectContaining({ run: expect.objectContaining({ id: ids.run }) })]);
  });
});

describe('faults', () => {
  const fault = (code: Fault['code']): Fault => ({ code, message: `It is ${code}.`, next: 'Do this.' });
  it.each([
    ['branchExists', 2], ['dirtyPath', 2], ['notARepository', 2], ['engineUnavailable', 3], ['imageMissing', 3], ['diskFull', 3], ['dataHeld', 3], ['newerData', 3],
  ] as const)('%s ends with %i', async (code, status) => {
    fake.fault = fault(code);
    const said = await drydock(fake, ['cancel', '12']);
    expect(said).toMatchObject({ status, stdout: '', stderr: `drydock: It is ${code}.\nNext: Do this.\n` });
    const data = await drydock(fake, ['cancel', '12', '--json']);
    expect(data.json).toEqual({ ok: false, error: fault(code) });
    expect(data.stderr).toBe('');
  });

  it('no service ends with 3 and says how to start one', async () => {
    const openService = () => Promise.reject(new ServiceUnreachable('Nobody answers.'));
    const { status, stderr } = await drydock(fake, ['status'], { openService });
    expect([status, stderr]).toEqual([3, 'drydock: Nobody answers.\nNext: Start it with `drydock serve` or the app, then try again.\n']);
  });

  it('an unforeseen error shows no stack', async () => {
    const openService = () => Promise.reject(new TypeError('x is undefined'));
    const { status, stderr } = await drydock(fake, ['status'], { openService });
    expect(status).toBe(3);
    expect(stderr).not.toMatch(/\bat .*:\d+/);
  });

  it('wrong use ends with 2, as JSON when asked', async () => {
    for (const args of [['launch'], ['show'], ['show', '12', '--frobnicate'], ['land', '12'], ['serve', '--port', 'many']]) {
      const { status, stderr } = await drydock(fake, args);
      expect([args, status]).toEqual([args, 2]);
      expect(stderr).toMatch(/^drydock: .+\nNext: .+\n$/);
    }
    expect((await drydock(fake, ['launch', '--json'])).json).toMatchObject({ ok: false, error: { code: 'invalid' } });
  });

  it('no arguments print what there is', async () => {
    const { status, stdout } = await drydock(fake, []);
    expect(status).toBe(0);
    for (const name of ['serve', 'run', 'status', 'logs', 'diff', 'show', 'checks', 'try', 'land', 'cancel', 'retry', 'doctor', 'project', 'env']) {
      expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    }
    const bare = await drydock(fake, ['--data-dir', '/data']);
    expect([bare.status, bare.stdout, bare.stderr]).toEqual([0, stdout, '']);
    const group = await drydock(fake, ['project']);
    expect([group.status, group.stdout]).toEqual([0, expect.stringMatching(/add \[dir\]/)]);
    expect((await drydock(fake, ['land', '--help'])).stdout).toContain('--working-tree');
  });
});

describe('drydock logs', () => {
  it('gives the bytes as they are', async () => {
    expect((await drydock(fake, ['logs', '12'])).bytes.equals(fake.log)).toBe(true);
  });
  it('shows controls on a terminal instead of obeying them', async () => {
    const { stdout } = await drydock(fake, ['logs', '12'], { isTTY: true });
    expect(stdout).toBe('one\n\x1b[31mred\x1b[0m␛]0;title␇\n\ufffd\ufffd\n\x1b[0m');
  });
  it('follows until the run has ended', async () => {
    fake.state = { name: 'working', container: null };
    const grow = fake.log;
    fake.log = grow.subarray(0, 8);
    const { bytes } = await drydock(fake, ['logs', '12', '--follow'], {
      onOutput: (text) => {
        if (text.length !== 8) return;
        fake.log = grow;
        fake.state = { name: 'reviewable' };
        fake.changes = [[{ kind: 'run', run: makeRun(fake.state, fake.text) }]];
      },
    });
    expect(bytes.equals(grow)).toBe(true);
  });
  it('as JSON is slices, and an end', async () => {
    const { stdout } = await drydock(fake, ['logs', '12', '--json']);
    const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { bytes?: string; end?: boolean });
    expect(Buffer.concat(lines.map((line) => Buffer.from(line.bytes ?? '', 'base64'))).equals(fake.log)).toBe(true);
    expect(lines.at(-1)?.end).toBe(true);
  });
});

describe('drydock diff', () => {
  it('is the patch, exactly, where it is not a terminal', async () => {
    expect((await drydock(fake, ['diff', '12'])).stdout).toBe(fake.patch);
    expect((await drydock(fake, ['diff', '12'], { isTTY: true })).stdout).toContain('␛]0;evil␇');
  });
});

describe('what is left out of a result', () => {
  const changed = (path: string): FileChange => ({ path, oldPath: null, kind: 'modified', oldMode: '100644', newMode: '100644', oldBlob: ids.blob, newBlob: ids.blob, binary: false, additions: 6, deletions: 2 });
  beforeEach(() => {
    fake.files = [changed('src/a.ts'), changed('src/b.ts')];
    fake.hunks = [{ id: 'h1', oldStart: 2, oldLines: 1, newStart: 2, newLines: 3 }, { id: 'h2', oldStart: 12, oldLines: 0, newStart: 15, newLines: 1 }, { id: 'h3', oldStart: 20, oldLines: 1, newStart: 24, newLines: 2 }];
    fake.selection = { excluded: ['src/b.ts'], excludedHunks: { 'src/a.ts': ['h3', 'h1'] } };
  });

  it('is named by show: files, and hunks with their places in order', async () => {
    const { stdout } = await drydock(fake, ['show', '12']);
    expect(stdout.split('\n').filter((line) => line.startsWith('Left out'))).toEqual(['Left out  src/b.ts', 'Left out  src/a.ts @@ -2,1 +2,3 @@', 'Left out  src/a.ts @@ -20,1 +24,2 @@']);
    expect((await drydock(fake, ['show', '12', '--json'])).json).toMatchObject({ excludedHunks: [{ path: 'src/a.ts', ...fake.hunks[0] }, { path: 'src/a.ts', ...fake.hunks[2] }] });
  });

  it('is named by diff, beneath its file', async () => {
    const { stdout } = await drydock(fake, ['diff', '12', '--stat']);
    expect(stdout.split('\n').slice(0, 4)).toEqual(['M +6 −2        src/a.ts', '    left out   @@ -2,1 +2,3 @@', '    left out   @@ -20,1 +24,2 @@', 'M +6 −2        src/b.ts  (left out)']);
    const left = { excluded: ['src/b.ts'], excludedHunks: [{ path: 'src/a.ts', id: 'h1' }, { path: 'src/a.ts', id: 'h3' }] };
    expect((await drydock(fake, ['diff', '12', '--stat', '--json'])).json).toMatchObject(left);
    expect((await drydock(fake, ['diff', '12', '--json'])).json).toMatchObject(left);
  });

  it('is named by its id where its file is gone', async () => {
    fake.hunks = [];
    expect((await drydock(fake, ['show', '12'])).stdout).toContain('Left out  src/a.ts hunk h3\n');
  });
});

describe('drydock land', () => {
  it('previews, then lands what was previewed', async () => {
    const { status, stdout, stderr } = await drydock(fake, ['land', '12', '--branch', 'fix', '--onto', 'main', '--message', 'Fix', '--exclude', 'a', 'b']);
    expect(status).toBe(0);
    expect(stdout).toBe(`refs/heads/fix ${ids.commit}\n`);
    expect(stderr).toContain('modify src/a.ts');
    const target = { kind: 'branch', name: 'fix', onto: 'main', message: 'Fix' };
    expect(fake.inputOf('runs.setIncluded')).toMatchObject({ paths: ['a', 'b'], included: false });
    expect(fake.inputOf('runs.previewLanding')).toEqual({ runId: ids.run, target });
    expect(fake.inputOf('runs.land')).toMatchObject({ runId: ids.run, target, token: 'seen' });
  });
  it('writes a patch to stdout, or into a file of the caller', async () => {
    expect((await drydock(fake, ['land', '12', '--patch', '-'])).stdout).toBe(fake.patch);
    expect((await drydock(fake, ['land', '12', '--patch', 'out.patch'])).stdout).toBe('/repos/shop/out.patch\n');
  });
  it('only says it with --dry-run', async () => {
    const { status, stdout } = await drydock(fake, ['land', '12', '--working-tree', '--dry-run']);
    expect([status, stdout]).toEqual([0, 'modify src/a.ts\n']);
    expect(fake.inputOf('runs.land')).toBeUndefined();
  });
  it('refuses a conflict and two targets', async () => {
    fake.conflicts = ['src/a.ts'];
    expect((await drydock(fake, ['land', '12', '--branch', 'fix', '--json'])).json).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(fake.inputOf('runs.land')).toBeUndefined();
    expect((await drydock(fake, ['land', '12', '--branch', 'fix', '--working-tree'])).status).toBe(2);
  });
});

describe('drydock status', () => {
  it('is a plain table without colour where it is not a terminal', async () => {
    fake.text = { ...fake.text, goal: 'Fix\x1b[2J\nthe parser' };
    const { stdout } = await drydock(fake, ['status']);
    expect(stdout).toContain('docker 20.10 · slots 1/4');
    expect(stdout).toMatch(/#12 +Ready: 1 file, \+2 −1 +shop +Fix\[2J the parser/);
    expect(stdout).not.toContain('\x1b');
  });
  it('has colour on a terminal, unless NO_COLOR', async () => {
    expect((await drydock(fake, ['status'], { isTTY: true })).stdout).toContain('\x1b[33m#12');
    expect((await drydock(fake, ['status'], { isTTY: true, env: { NO_COLOR: '1' } })).stdout).not.toContain('\x1b');
  });
  it('is one object as JSON', async () => {
    expect((await drydock(fake, ['status', '--json'])).json).toMatchObject({
      ok: true, slots: { used: 1, total: 4 }, briefs: [{ number: 12, column: 'review', state: { name: 'reviewable' } }],
    });
  });
  it('redraws in place while it watches, until Ctrl-C', async () => {
    fake.changes = [[{ kind: 'slots', slots: { used: 0, total: 4 } }]];
    const { status, stdout } = await drydock(fake, ['status', '--watch'], {
      isTTY: true,
      env: { NO_COLOR: '1' },
      onOutput: (text, interrupt) => {
        if (text.includes('slots 0/4')) interrupt();
      },
    });
    expect(status).toBe(0);
    expect(stdout).toContain('\x1b[2A\r\x1b[J');
  });
});

describe('the others', () => {
  it('cancel, retry, try, checks, doctor answer with JSON', async () => {
    expect((await drydock(fake, ['cancel', '12', '--json'])).json).toMatchObject({ ok: true, state: { name: 'cancelling' } });
    expect((await drydock(fake, ['retry', '12', '--json'])).json).toMatchObject({ ok: true, runId: ids.other });
    expect((await drydock(fake, ['try', '12', '--into', 'there', '--json'])).json).toMatchObject({ ok: true, path: '/repos/shop/there' });
    expect((await drydock(fake, ['checks', '12', '--json'])).json).toMatchObject({ ok: true, items: [] });
    expect((await drydock(fake, ['doctor', '--json'])).json).toMatchObject({ ok: true });
    expect((await drydock(fake, ['--json', 'env', 'setup', 'npm ci'])).json).toMatchObject({ ok: true, environment: { setup: 'npm ci' } });
    expect((await drydock(fake, ['project', 'list', '--json'])).json).toMatchObject({ ok: true, projects: [{ name: 'shop' }] });
  });
  it('a bare name that no project has is no folder that failed', async () => {
    fake.isRepositoryKnown = false;
    const { status, stderr } = await drydock(fake, ['env', 'show', 'nope']);
    expect([status, stderr]).toEqual([2, expect.stringMatching(/^drydock: nope is no project\.\nNext: `drydock project add nope`/)]);
  });
  it('doctor waits until the engine was looked for, and ends with 3 when something is missing', async () => {
    fake.engine = { state: 'connecting' };
    const fault = { code: 'engineUnavailable' as const, message: 'None.', next: '' };
    fake.changes = [[{ kind: 'engine', engine: { state: 'down', since: 0, fault } }]];
    const { status, stdout } = await drydock(fake, ['doctor']);
    expect([status, stdout]).toEqual([3, '✗ Container engine: docker\n    Next: Start it.\n']);
  });
});
