import { useMemo } from 'react';
import type { BriefId } from '../../../src-main/contract/ids.ts';
import { useFleet } from '../../client/fleet-store.ts';
import { queueOf, type Waiting } from './queue-order.ts';

/** The order in which the queue is gone through: opening a result makes it seen, and must not move it. */
let order: readonly BriefId[] = [];

/** Begins to go through the queue in the order that is on screen. */
export const startQueue = (waiting: readonly Waiting[]): void => {
  order = waiting.map(({ brief }) => brief.id);
};

const inOrder = (waiting: ReadonlyMap<BriefId, Waiting>): Waiting[] => {
  // One that is being checked again is away for a while, and comes back to its place.
  order = [...order, ...[...waiting.keys()].filter((id) => !order.includes(id))];
  return order.flatMap((id) => waiting.get(id) ?? []);
};

/** What waits, in the order of this pass; what has come since is last. */
export const useQueue = (): readonly Waiting[] => {
  const briefs = useFleet((fleet) => fleet.briefs);
  const runs = useFleet((fleet) => fleet.runs);
  return useMemo(() => inOrder(new Map(queueOf(briefs, runs).map((each) => [each.brief.id, each]))), [briefs, runs]);
};

/** Where to go after a decision on a brief: the one behind it in this pass, else the one before; null: it was the last. */
export const afterDeciding = (queue: readonly Waiting[], id: BriefId): Waiting | null => {
  const at = queue.findIndex(({ brief }) => brief.id === id);
  const others = queue.filter(({ brief }) => brief.id !== id);
  return others[Math.min(Math.max(at, 0), others.length - 1)] ?? null;
};
