import { describe, expect, it } from 'vitest';
import { countWakingTime } from '../../../src-main/core/supervisor/waking-budget.ts';
import { handClock } from '../../support/hand-clock.ts';

describe('the time budget', () => {
  it('is spent by waking time, and says so once', () => {
    const clock = handClock(0.25);
    const ticks: number[] = [];
    let spent = 0;
    countWakingTime(clock, { usedMs: 0, totalMs: 3_500 }, (used) => ticks.push(used), () => (spent += 1));
    clock.pass(3_000);
    expect([ticks, spent]).toEqual([[1_000, 2_000, 3_000], 0]);
    clock.pass(10_000);
    expect([ticks.at(-1), spent]).toEqual([3_500, 1]);
    expect(ticks.every(Number.isInteger)).toBe(true);
  });

  it('is not used up by a night asleep', () => {
    const clock = handClock();
    let spent = false;
    let used = 0;
    countWakingTime(clock, { usedMs: 0, totalMs: 60_000 }, (ms) => (used = ms), () => (spent = true));
    clock.pass(2_000);
    clock.leap(8 * 3_600_000);
    expect([spent, used]).toEqual([false, 7_000]);
  });

  it('goes on from what an earlier service counted', () => {
    const clock = handClock();
    let spent = false;
    countWakingTime(clock, { usedMs: 59_000, totalMs: 60_000 }, () => {}, () => (spent = true));
    clock.pass(1_000);
    expect(spent).toBe(true);
  });

  it('stops counting when told to', () => {
    const clock = handClock();
    let ticks = 0;
    const stop = countWakingTime(clock, { usedMs: 0, totalMs: 60_000 }, () => (ticks += 1), () => {});
    stop();
    clock.pass(5_000);
    expect(ticks).toBe(0);
  });
});
