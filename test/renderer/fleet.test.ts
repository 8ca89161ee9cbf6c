import { describe, expect, it } from 'vitest';
import type { FleetUpdate } from '../../src-main/contract/fleet.ts';
import { columnsOf } from '../../src-renderer/client/columns.ts';
import { applyUpdate, EMPTY_FLEET } from '../../src-renderer/client/fleet.ts';
import { branchNameFor } from '../../src-renderer/review/landing/landing-target.ts';
import { visibleLine, visibleText } from '../../src-main/domain/visible-text.ts';
import { briefIdOf, cannedFleet } from './support/canned.ts';

const snapshot: FleetUpdate & { kind: 'snapshot' } = { kind: 'snapshot', sequence: 7, service: 'fake', state: cannedFleet() };
const loaded = applyUpdate(EMPTY_FLEET, snapshot, 0);
const numbers = (briefs: readonly { number: number }[]): number[] => briefs.map((brief) => brief.number);

describe('applyUpdate', () => {
  it('takes each delta once', () => {
    const brief = { ...loaded.briefs[briefIdOf(21)]!, rank: 99 };
    const delta: FleetUpdate = { kind: 'delta', sequence: 8, changes: [{ kind: 'brief', brief }] };
    const next = applyUpdate(loaded, delta, 0);
    expect(next.briefs[brief.id]?.rank).toBe(99);
    expect(applyUpdate(next, { kind: 'delta', sequence: 8, changes: [{ kind: 'briefRemoved', id: brief.id }] }, 0)).toBe(next);
    expect(loaded.briefs[brief.id]?.rank).toBe(21);
  });

  it('drops what a new snapshot no longer has', () => {
    const empty = { ...snapshot, sequence: 1, state: { ...snapshot.state, briefs: [], runs: [] } };
    expect(applyUpdate(loaded, empty, 0).briefs).toEqual({});
  });
});

describe('columnsOf', () => {
  it('puts every brief where its state says, in the order of rank', () => {
    const columns = columnsOf(loaded, {}, null);
    expect(Object.fromEntries(Object.entries(columns).map(([name, briefs]) => [name, numbers(briefs)]))).toEqual({
      backlog: [21, 22, 23],
      queued: [17, 18],
      running: [12, 14],
      review: [7, 8, 9],
      done: [5],
    });
  });

  it('shows a dropped card where it was dropped', () => {
    const columns = columnsOf(loaded, { [briefIdOf(23)]: { column: 'queued', rank: 17.5 } }, null);
    expect(numbers(columns.queued)).toEqual([17, 23, 18]);
    expect(numbers(columns.backlog)).toEqual([21, 22]);
  });

  it('puts what was dropped on Done first there, and a card of another project nowhere', () => {
    const dropped = { [briefIdOf(21)]: { column: 'done', rank: 0 } } as const;
    expect(numbers(columnsOf(loaded, dropped, null).done)).toEqual([21, 5]);
    const { projectId } = loaded.briefs[briefIdOf(23)]!;
    expect(numbers(columnsOf(loaded, dropped, projectId).done)).not.toContain(21);
  });

  it('gives the very lists of before where nothing has changed in them', () => {
    const before = columnsOf(loaded, {}, null);
    const brief = { ...loaded.briefs[briefIdOf(21)]!, rank: 99 };
    const after = columnsOf({ ...loaded, briefs: { ...loaded.briefs, [brief.id]: brief } }, {}, null);
    expect(numbers(after.backlog)).toEqual([22, 23, 21]);
    for (const column of ['queued', 'running', 'review', 'done'] as const) expect(after[column]).toBe(before[column]);
    const dropped = columnsOf(loaded, { [brief.id]: { column: 'queued', rank: 0 } }, null);
    expect([dropped.running, dropped.review, dropped.done]).toEqual([before.running, before.review, before.done]);
  });
});

describe('what a log or a path may not do', () => {
  it('loses terminal sequences and what was overwritten', () => {
    expect(visibleLine('\x1b[1;31mred\x1b[0m \x1b]0;title\x07end')).toBe('red end');
    expect(visibleLine('10%\r50%\r100%\r')).toBe('100%');
    expect(visibleLine('\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\')).toBe('link');
  });

  it('shows what would mislead the eye', () => {
    expect(visibleText('evil\u202etxt.exe')).toBe('evil‹U+202E›txt.exe');
    expect(visibleText('a\nb\0\x7f')).toBe('a‹LF›b‹NUL›‹DEL›');
  });
});

describe('branchNameFor', () => {
  it.each([
    ['Fix the parser!', 'drydock/3-fix-the-parser'],
    ['  ../.. --flag', 'drydock/3-flag'],
    ['日本語', 'drydock/3'],
  ])('%s', (title, name) => expect(branchNameFor(3, title)).toBe(name));
});
