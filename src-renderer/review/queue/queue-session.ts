import { useMemo } from 'react';
import type { BriefId, RunId } from '../../../src-main/contract/ids.ts';
import { useFleet } from '../../client/fleet-store.ts';
import { queueOf, type Waiting } from './queue-order.ts';

/** The order in which this window goes through the queue, as it was when it was entered: opening a result makes it seen, and must not move it. */
let order: readonly BriefId[] = [];
/** The attempt of each that was last seen waiting: another one has arrived since. */
const attempts = new Map<BriefId, RunId>();
/** The one that was looked at last: who comes back begins there. */
let current: BriefId | null = null;

const inOrder = (waiting: ReadonlyMap<BriefId, Waiting>): Waiting[] => {
  // One that is decided and comes back by Undo comes back to its place; another attempt arrives, and is last.
  const isHere = (id: BriefId): boolean => order.includes(id) && (attempts.get(id) ?? waiting.get(id)?.run.id) === waiting.get(id)?.run.id;
  const arrived = [...waiting.keys()].filter((id) => !isHere(id));
  order = [...order.filter((id) => !arrived.includes(id)), ...arrived];
  for (const [id, { run }] of waiting) attempts.set(id, run.id);
  return order.flatMap((id) => waiting.get(id) ?? []);
};

/** What waits, in the order of this window; what has come since is last. With a project, only what is of it. */
export const useQueue = (project: string | null = null): readonly Waiting[] => {
  const briefs = useFleet((fleet) => fleet.briefs);
  const runs = useFleet((fleet) => fleet.runs);
  return useMemo(() => {
    const all = inOrder(new Map(queueOf(briefs, runs).map((each) => [each.brief.id, each])));
    return project === null ? all : all.filter(({ brief }) => brief.projectId === project);
  }, [briefs, runs, project]);
};

/** Notes that a result of the queue is looked at. */
export const lookAt = (id: BriefId): void => {
  current = id;
};

/** Where one is in the queue: the result that was looked at last; null: none of it yet. */
export const lookedAt = (): BriefId | null => current;

/** Where to go after a decision on a brief: the one behind it in this pass, else the one before; null: it was the last. */
export const afterDeciding = (queue: readonly Waiting[], id: BriefId): Waiting | null => {
  const at = queue.findIndex(({ brief }) => brief.id === id);
  const others = queue.filter(({ brief }) => brief.id !== id);
  return others[Math.min(Math.max(at, 0), others.length - 1)] ?? null;
};
