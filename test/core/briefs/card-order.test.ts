import { expect, it } from 'vitest';
import type { Brief } from '../../../src-main/contract/brief.ts';
import { rankAtEnd } from '../../../src-main/core/briefs/card-order.ts';
import { moveBrief } from '../../../src-main/core/briefs/move-brief.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce } from '../../../src-main/core/once.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleBrief, sampleBriefId, sampleCommandId, sampleProject } from '../../support/sample-documents.ts';

const boardOf = (briefs: readonly Brief[]) => {
  const store = fakeStore();
  // Moving a card asks for nothing else.
  const deps = { store, clock: handClock(5_000) } as unknown as Deps;
  store.commit({ at: 0, events: [], projects: [sampleProject(1)], briefs: [...briefs] });
  const once = createOnce(deps);
  let commands = 0;
  return {
    deps,
    /** Numbers of the cards, top first. */
    order: () => store.briefs().toSorted((a, b) => a.rank - b.rank || a.number - b.number).map((brief) => brief.number),
    ranks: () => store.briefs().map((brief) => brief.rank).toSorted((a, b) => a - b),
    changedAt: (number: number) => store.brief(sampleBriefId(number))?.changedAt,
    drop: (number: number, before: number | null) =>
      moveBrief(deps, once, {
        commandId: sampleCommandId((commands += 1)),
        briefId: sampleBriefId(number),
        to: 'backlog',
        before: before === null ? null : sampleBriefId(before),
        confirmed: false,
      }),
  };
};

it('a thousand drops in one place keep the order and leave room for the next', async () => {
  const board = boardOf([1, 2, 3, 4].map((number) => sampleBrief(number)));
  for (let round = 0; round < 1_000; round += 1) {
    const [moved, other] = round % 2 === 0 ? [2, 3] : [3, 2];
    await board.drop(moved, other);
    expect(board.order()).toEqual([1, moved, other, 4]);
  }
  const ranks = board.ranks();
  expect(ranks.slice(1).every((rank, at) => rank - (ranks[at] ?? rank) >= 1e-6)).toBe(true);
  // Cards that only made room are not changed by anybody.
  expect([board.changedAt(1), board.changedAt(2)]).toEqual([1_001, 5_000]);
});

it('among cards of the same rank a card stands where it was dropped', async () => {
  const board = boardOf([1, 2, 3, 4].map((number) => ({ ...sampleBrief(number), rank: 7 })));
  const moved = await board.drop(4, 2);
  expect(board.order()).toEqual([1, 4, 2, 3]);
  expect(moved.rank).toBe(2);
  await board.drop(1, null);
  expect(board.order()).toEqual([4, 2, 3, 1]);
  expect(rankAtEnd(board.deps, 'backlog')).toBe(board.ranks().at(-1)! + 1);
});
