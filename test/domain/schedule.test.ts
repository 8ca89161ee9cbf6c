import { describe, expect, it } from 'vitest';
import { schedule, slotsOf, type QueuedRun } from '../../src-main/domain/schedule.ts';

const GIB = 2 ** 30;
const run = (id: string, rank: number, projectId = 'prj_a'): QueuedRun => ({ id, rank, projectId, queuedAt: 0 }) as unknown as QueuedRun;
const quiet = { used: 0, total: 2, engineUp: true, pauses: [] };

describe('slots', () => {
  it('follow what the engine has, reserve 1 CPU and 1 GiB a run, and are never none', () => {
    expect(slotsOf({ cpus: 8, memoryBytes: 4 * GIB }, null)).toBe(4);
    expect(slotsOf({ cpus: 2, memoryBytes: 64 * GIB }, null)).toBe(2);
    expect(slotsOf({ cpus: 0.5, memoryBytes: GIB / 2 }, null)).toBe(1);
    expect(slotsOf(null, null)).toBe(1);
    expect(slotsOf({ cpus: 2, memoryBytes: GIB }, 4)).toBe(4);
  });
});

describe('the schedule', () => {
  it('starts in the order of the column, as far as there are slots, and says why the others wait', () => {
    const plan = schedule({ ...quiet, queued: [run('c', 3), run('a', 1), run('b', 2), run('d', 4)], used: 1, total: 3 });
    expect(plan.start).toEqual(['a', 'b']);
    expect(plan.waiting).toEqual({
      c: { kind: 'slots', message: 'All 3 slots are in use.' },
      d: { kind: 'next', message: '1 ahead of it in the queue.' },
    });
  });

  it('starts nothing while the engine is down', () => {
    const plan = schedule({ ...quiet, queued: [run('a', 1)], engineUp: false });
    expect(plan.start).toEqual([]);
    expect(plan.waiting['a']?.kind).toBe('engine');
  });

  it('lets a paused project wait without holding up another', () => {
    const fault = { code: 'refusedByState', message: 'Setup is broken.', next: '' } as const;
    const pauses = [{ projectId: 'prj_a', fault, since: 0 }] as unknown as Parameters<typeof schedule>[0]['pauses'];
    const plan = schedule({ ...quiet, queued: [run('a', 1), run('b', 2, 'prj_b')], pauses });
    expect(plan.start).toEqual(['b']);
    expect(plan.waiting['a']).toEqual({ kind: 'paused', message: 'Setup is broken.' });
  });
});
