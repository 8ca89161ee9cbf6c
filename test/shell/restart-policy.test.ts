import { expect, it } from 'vitest';
import { decideRestart, recentEnds } from '../../src-main/shell/restart-policy.ts';

it('starts again at once after one end, later after each further one, and gives up after five a minute', () => {
  const ends: number[] = [];
  const delays: unknown[] = [];
  for (let now = 0; now < 6_000; now += 1_000) {
    ends.push(now);
    const decision = decideRestart(ends, now);
    delays.push(decision.kind === 'restart' ? decision.delayMs : decision.kind);
  }
  expect(delays).toEqual([100, 200, 400, 800, 1_600, 'giveUp']);
});

it('forgets ends that are a minute old', () => {
  const ends = [0, 1, 2, 3, 4, 60_002];
  expect(decideRestart(ends, 60_002)).toEqual({ kind: 'restart', delayMs: 400 });
  expect(recentEnds(ends, 60_002)).toEqual([3, 4, 60_002]);
});
