import { describe, expect, it } from 'vitest';
import type { DiskStep } from '../../src-main/contract/disk.ts';
import type { KeptSnapshot } from '../../src-main/contract/live.ts';
import { planInWords } from '../../src-main/domain/disk/plan-in-words.ts';
import { sampleRunId } from '../support/sample-documents.ts';
import { drydock } from '../support/command-line.ts';
import { FakeService, ids } from '../support/fake-service.ts';

const DAY = 86_400_000;
const GIB = 2 ** 30;
const MIB = 2 ** 20;

const fakeWith = (): FakeService => {
  const fake = new FakeService();
  const projectId = ids.project;
  const now = Date.now();
  const snapshot: KeptSnapshot = { key: 'k', image: 'i', projectId, madeAt: now - 40 * DAY, lastUsedAt: now - 2 * DAY, uses: 7, sizeBytes: 640 * MIB, inUse: false, neededBy: 2 };
  fake.snapshots = [snapshot, { ...snapshot, key: 'l', uses: 0, lastUsedAt: null, sizeBytes: null, inUse: true, neededBy: 0, madeAt: now }];
  const steps: DiskStep[] = [
    { kind: 'snapshot', id: 'snapshot:k', key: 'k', projectId, bytes: 3 * GIB, unusedSince: now - 40 * DAY, because: 'overBudget', automatic: true },
    { kind: 'log', id: `log:${sampleRunId(1)}`, runId: sampleRunId(1), bytes: 20 * MIB, endedAt: now - 31 * DAY, because: 'landed', automatic: true },
    { kind: 'image', id: 'image:i', reference: 'drydock/image:i', projectId, bytes: null, madeAt: now - 12 * DAY, because: 'replaced', automatic: false },
  ];
  fake.disk = {
    ...fake.disk, at: now, steps, freesBytes: 3 * GIB + 20 * MIB, summary: planInWords(steps, now), overBudgetBytes: GIB,
    spaces: [{ holds: 'data', path: '/data', freeBytes: 3 * GIB, totalBytes: 100 * GIB, floorBytes: 5 * GIB, stopBytes: GIB }],
    holds: { snapshots: { count: 2, bytes: 24 * GIB }, images: { count: 2, bytes: 70 * MIB }, logs: { count: 9, bytes: 300 * MIB }, projects: { count: 1, bytes: MIB }, containers: { count: 0, bytes: 0 } },
  };
  return fake;
};

describe('drydock env list and reset', () => {
  it('tells size, age and uses of each sealed environment, and what holds it', async () => {
    const { stdout } = await drydock(fakeWith(), ['env', 'list']);
    const lines = stdout.trimEnd().split('\n').map((line) => line.slice(line.indexOf('  ') + 2));
    expect(lines).toEqual(['640 MiB, made 40 days ago, used 7 times, last 2 days ago, 2 results wait in it', 'size not known, made within a day, not used yet, in use']);
    expect((await drydock(fakeWith(), ['env', 'list', '--json'])).json).toMatchObject({ ok: true, snapshots: [{ key: 'k' }, { key: 'l' }], environments: [{ snapshots: [{ key: 'k' }, { key: 'l' }] }] });
  });

  it('shows them with the environment, and none where there is none', async () => {
    expect((await drydock(fakeWith(), ['env', 'show'])).stdout).toMatch(/^Snapshot {2}640 MiB, made 40 days ago.*$/m);
    expect((await drydock(new FakeService(), ['env', 'list'])).stdout).toMatch(/nothing to set up\n$/);
  });

  it('says what a reset removed and what a run still uses', async () => {
    expect((await drydock(fakeWith(), ['env', 'reset'])).stdout).toMatch(/: 1 snapshot is gone; the next run sets the environment up from the beginning; 1 that a run uses stays\.\n$/);
    expect((await drydock(new FakeService(), ['env', 'reset', '--json'])).json).toMatchObject({ ok: true, removed: 0, kept: 0 });
  });
});

describe('drydock disk', () => {
  it('tells the space, what is held and what could go', async () => {
    expect((await drydock(fakeWith(), ['disk'])).stdout).toBe(
      [
        "3.0 GiB of 100 GiB free at /data, for Drydock's data, too little: the queue waits for 5.0 GiB",
        'Snapshots     2  24 GiB  (budget 20 GiB, 1.0 GiB over it are in use or hold results that wait)',
        'Images        2  70 MiB  (made from Dockerfiles)',
        'Logs          9  300 MiB',
        'Results       1  1.0 MiB  (bases and results of 1 project)',
        '`drydock disk free` can free 3.0 GiB or more: 1 snapshot not used for 40 days, 1 image of an older Dockerfile, 1 log of a landed run.',
        '',
      ].join('\n'),
    );
    expect((await drydock(new FakeService(), ['disk'])).stdout).toMatch(/Nothing of it may go now\.\n$/);
    expect((await drydock(fakeWith(), ['disk', '--json'])).json).toMatchObject({ ok: true, overBudgetBytes: GIB, steps: [{}, {}, {}] });
  });

  it('names each thing before it goes, and removes nothing without --yes', async () => {
    const fake = fakeWith();
    const { stdout, stderr } = await drydock(fake, ['disk', 'free']);
    expect(stdout).toMatch(/^ 3\.0 GiB {2}snapshot of .+, last used 40 days ago, over the budget\n {2}20 MiB {2}log of run_\w+, landed, ended 31 days ago\n {7}\? {2}image of .+, made 12 days ago, replaced by a newer one\n$/);
    expect(stderr).toMatch(/^Next: `drydock disk free --yes` frees 3\.0 GiB or more/);
    expect(fake.inputOf('disk.free')).toBeUndefined();
    expect((await drydock(new FakeService(), ['disk', 'free', '--yes'])).stdout).toBe('Nothing of what Drydock holds may go now.\n');
  });

  it('removes exactly what it named', async () => {
    const fake = fakeWith();
    expect((await drydock(fake, ['disk', 'free', '--yes'])).stdout).toBe('Freed 3.0 GiB; 1 of 3 could not go.\n');
    expect(fake.inputOf('disk.free')).toMatchObject({ steps: ['snapshot:k', `log:${sampleRunId(1)}`, 'image:i'] });
  });
});
