import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule, slotsOf, type QueuedRun } from '../../src-main/domain/schedule.ts';

const GIB = 2 ** 30;
const run = (id: string, rank: number, projectId = 'prj_a', number = rank, after: number[] = []): QueuedRun =>
  ({ id, rank, projectId, queuedAt: 0, number, after }) as unknown as QueuedRun;
const behind = (id: string, rank: number, ...after: number[]): QueuedRun => run(id, rank, 'prj_a', rank, after);
const quiet = { used: 0, total: 2, engineUp: true, pauses: [], underWay: new Set<number>() };

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

  it('holds a run while a brief that it goes behind is queued or under way, and lets others pass', () => {
    const plan = schedule({ ...quiet, queued: [behind('a', 1, 2), behind('b', 2, 40), run('c', 3), run('d', 4)], underWay: new Set([40]) });
    expect(plan.start).toEqual(['c', 'd']);
    expect(plan.waiting).toEqual({ a: { kind: 'behind', message: 'After #2.' }, b: { kind: 'behind', message: 'After #40.' } });
    const later = schedule({ ...quiet, queued: [behind('a', 1, 2), behind('b', 2, 40), run('c', 3)], total: 1 });
    expect(later.start).toEqual(['b']);
    expect(later.waiting['c']).toEqual({ kind: 'slots', message: 'All 1 slot is in use.' });
  });

  it('is not held by a brief that is unknown, ended or itself', () => {
    expect(schedule({ ...quiet, queued: [behind('a', 1, 1, 7, 8)] }).start).toEqual(['a']);
  });

  it('lets the first of a circle go first, and says so', () => {
    const plan = schedule({ ...quiet, total: 9, queued: [behind('a', 1, 2), behind('b', 2, 3), behind('c', 3, 1), behind('d', 4, 3)] });
    expect(plan.start).toEqual(['a', 'b']);
    expect(plan.waiting).toEqual({
      c: { kind: 'behind', message: 'After #1. They wait for one another: the one higher up goes first.' },
      d: { kind: 'behind', message: 'After #3.' },
    });
  });

  it('always lets somebody go, whoever waits for whom', () => {
    const after = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
    fc.assert(
      fc.property(fc.array(after, { minLength: 1, maxLength: 8 }), (all) => {
        let queued = all.map((each, index) => behind(`r${index}`, index + 1, ...each));
        const begun: number[] = [];
        while (queued.length > 0) {
          const { start } = schedule({ ...quiet, total: 1, queued });
          if (start.length !== 1) return false;
          begun.push(queued.find((each) => each.id === start[0])?.number ?? 0);
          queued = queued.filter((each) => each.id !== start[0]);
        }
        // Without a circle the order is kept in full.
        const mutual = all.some((each, index) => each.some((other) => other > index + 1));
        return mutual || all.every((each, index) => each.every((other) => other > all.length || begun.indexOf(other) <= begun.indexOf(index + 1)));
      }),
    );
  });

  it('looks through a chain as long as the queue', () => {
    const queued = Array.from({ length: 5_000 }, (_, index) => behind(`r${index}`, index + 1, index + 2));
    expect(schedule({ ...quiet, queued }).start).toEqual(['r4999']);
  });
});
