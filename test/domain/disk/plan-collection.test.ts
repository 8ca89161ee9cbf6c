import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { planCollection, type CollectionRule, type HeldImage, type HeldLog, type HeldSnapshot, type Holdings } from '../../../src-main/domain/disk/plan-collection.ts';
import { planInWords } from '../../../src-main/domain/disk/plan-in-words.ts';
import { sampleProjectId, sampleRunId } from '../../support/sample-documents.ts';

const DAY = 86_400_000;
const MIB = 2 ** 20;
const NOW = 1_000 * DAY;

const snapshot = (key: string, more: Partial<HeldSnapshot> = {}): HeldSnapshot => ({
  key, projectId: sampleProjectId(1), bytes: 100 * MIB, madeAt: NOW - 90 * DAY, lastUsedAt: NOW - DAY, inUse: false, neededBy: 0, ...more,
});
const image = (id: string, more: Partial<HeldImage> = {}): HeldImage => ({
  id, references: [`drydock/image:${id}`], projectId: sampleProjectId(1), bytes: 10 * MIB, madeAt: NOW - DAY, inUse: false, isNamed: true, ...more,
});
const log = (number: number, more: Partial<HeldLog> = {}): HeldLog => ({ runId: sampleRunId(number), bytes: MIB, endedAt: NOW - 40 * DAY, fate: 'landed', ...more });
const holding = (more: Partial<Holdings>): Holdings => ({ snapshots: [], images: [], logs: [], containers: [], objects: [], ...more });
const rule = (more: Partial<CollectionRule> = {}): CollectionRule => ({ now: NOW, budgetBytes: 250 * MIB, keepLogsDays: 30, unusedDays: null, ...more });
const idsOf = (holdings: Holdings, by = rule()): string[] => planCollection(holdings, by).steps.map(({ id }) => id);

describe('snapshots', () => {
  it('go by the budget, the one used longest ago first, and no more than that', () => {
    const snapshots = [snapshot('b', { lastUsedAt: NOW - 2 * DAY }), snapshot('a', { lastUsedAt: NOW - 3 * DAY }), snapshot('c'), snapshot('d', { lastUsedAt: null, madeAt: NOW - 5 * DAY })];
    const plan = planCollection(holding({ snapshots }), rule());
    expect(plan.steps.map(({ id, automatic }) => [id, automatic])).toEqual([['snapshot:d', true], ['snapshot:a', true]]);
    expect([plan.freesBytes, plan.overBudgetBytes]).toEqual([200 * MIB, 0]);
    expect(idsOf(holding({ snapshots }), rule({ budgetBytes: 400 * MIB }))).toEqual([]);
  });

  it('stay while a run uses them or a result that waits is checked in them, whatever the budget', () => {
    const snapshots = [snapshot('used', { inUse: true, lastUsedAt: 0 }), snapshot('needed', { neededBy: 1, lastUsedAt: 0 }), snapshot('free')];
    const plan = planCollection(holding({ snapshots }), rule({ budgetBytes: 0, unusedDays: 0 }));
    expect(plan.steps.map(({ id }) => id)).toEqual(['snapshot:free']);
    expect(plan.overBudgetBytes).toBe(200 * MIB);
  });

  it('that nobody used for long are offered, and do not go by themselves', () => {
    const snapshots = [snapshot('old', { lastUsedAt: NOW - 30 * DAY }), snapshot('new', { lastUsedAt: NOW - 30 * DAY + 1 })];
    expect(planCollection(holding({ snapshots }), rule({ unusedDays: 30 })).steps).toMatchObject([{ id: 'snapshot:old', because: 'unused', automatic: false }]);
    expect(idsOf(holding({ snapshots }))).toEqual([]);
  });

  it('of unknown size count for nothing and are told so', () => {
    const plan = planCollection(holding({ snapshots: [snapshot('x', { bytes: null, lastUsedAt: 0 })] }), rule({ unusedDays: 30 }));
    expect(plan).toMatchObject({ freesBytes: 0, steps: [{ bytes: null }] });
    expect(planInWords(plan.steps, NOW)).toBe('0 B or more: 1 snapshot not used for 1,000 days');
  });
});

describe('images of Dockerfiles', () => {
  it('are offered at once when they are not in use, the oldest first, and go by themselves after 30 days', () => {
    const images = [image('b', { madeAt: NOW - 30 * DAY + 1 }), image('a', { madeAt: NOW - 30 * DAY, isNamed: false }), image('used', { inUse: true, madeAt: 0 })];
    const plan = planCollection(holding({ images }), rule());
    expect(plan.steps).toMatchObject([
      { kind: 'image', id: 'image:a', reference: 'drydock/image:a', because: 'unneeded', automatic: true },
      { kind: 'image', id: 'image:b', because: 'replaced', automatic: false },
    ]);
    expect([plan.freesBytes, plan.overBudgetBytes]).toEqual([20 * MIB, 0]);
  });

  it('are named in a few words', () => {
    const words = (...images: HeldImage[]): string => planInWords(planCollection(holding({ images }), rule()).steps, NOW);
    expect(words(image('a'))).toBe('10 MiB: 1 image of an older Dockerfile');
    expect(words(image('a'), image('b'), image('c', { isNamed: false }), image('d', { isNamed: false, bytes: null }))).toBe('30 MiB or more: 2 images of older Dockerfiles, 2 images that no project needs');
    expect(words(image('a', { isNamed: false }))).toBe('10 MiB: 1 image that no project needs');
  });
});

describe('logs, objects and what is left over', () => {
  it('go when they are decided, old and worth it', () => {
    const logs = [log(1), log(2, { fate: 'removed', endedAt: NOW - 31 * DAY }), log(3, { fate: 'kept' }), log(4, { endedAt: NOW - 29 * DAY }), log(5, { bytes: 1_000 })];
    expect(idsOf(holding({ logs }))).toEqual([`log:${sampleRunId(1)}`, `log:${sampleRunId(2)}`]);
  });

  it('objects go when there are enough of them, containers always', () => {
    const held = holding({ objects: [{ projectId: sampleProjectId(1), bytes: MIB - 1 }, { projectId: sampleProjectId(2), bytes: MIB }], containers: [{ id: 'c1', name: 'n', bytes: null }] });
    expect(idsOf(held)).toEqual(['container:c1', `objects:${sampleProjectId(2)}`]);
  });

  it('are named in a few words', () => {
    const held = holding({
      snapshots: [snapshot('a', { lastUsedAt: NOW - 41 * DAY, bytes: 3 * 1024 * MIB }), snapshot('b', { lastUsedAt: NOW - 40 * DAY })],
      logs: [log(1), log(2), log(3, { fate: 'removed' })],
    });
    expect(planInWords(planCollection(held, rule({ unusedDays: 30, budgetBytes: 2 ** 50 })).steps, NOW)).toBe('3.1 GiB: 2 snapshots not used for 40 days, 2 logs of landed runs, 1 log of a removed brief');
    expect(planInWords([], NOW)).toBe('');
  });
});

it('never names what is used, needed or not decided, and is over the budget only by those', () => {
  const someSnapshot = fc.record({ key: fc.string({ minLength: 1, maxLength: 6 }), bytes: fc.option(fc.nat(2 ** 31)), madeAt: fc.nat(NOW), lastUsedAt: fc.option(fc.nat(NOW)), inUse: fc.boolean(), neededBy: fc.nat(2) });
  const someLog = fc.record({ number: fc.nat(999), bytes: fc.nat(2 ** 31), endedAt: fc.nat(NOW), fate: fc.constantFrom('kept', 'landed', 'removed') });
  fc.assert(
    fc.property(fc.uniqueArray(someSnapshot, { selector: ({ key }) => key }), fc.uniqueArray(someLog, { selector: ({ number }) => number }), fc.nat(2 ** 32), fc.nat(60), fc.option(fc.nat(60)), (some, logs, budgetBytes, keepLogsDays, unusedDays) => {
      const snapshots = some.map((each) => snapshot(each.key, each));
      const plan = planCollection(holding({ snapshots, logs: logs.map(({ number, ...each }) => log(number, each)) }), { now: NOW, budgetBytes, keepLogsDays, unusedDays });
      const gone = new Set(plan.steps.map(({ id }) => id));
      for (const each of snapshots) if (each.inUse || each.neededBy > 0) expect(gone).not.toContain(`snapshot:${each.key}`);
      for (const each of logs) if (each.fate === 'kept') expect(gone).not.toContain(`log:${sampleRunId(each.number)}`);
      const left = snapshots.filter(({ key }) => !gone.has(`snapshot:${key}`));
      const bytes = left.reduce((sum, each) => sum + (each.bytes ?? 0), 0);
      expect(plan.overBudgetBytes).toBe(Math.max(0, bytes - budgetBytes));
      if (plan.overBudgetBytes > 0) expect(left.every(({ inUse, neededBy }) => inUse || neededBy > 0)).toBe(true);
    }),
  );
});
