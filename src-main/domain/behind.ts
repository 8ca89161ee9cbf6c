import { circlesOf } from './circles.ts';

export interface QueuedBehind {
  /** Its brief's number. */
  readonly number: number;
  /** Numbers of briefs that it goes behind. */
  readonly after: readonly number[];
}

/**
 * Why a queued run waits for other briefs, by its number; absent: for none. It waits for those that are queued or under
 * way; one that is unknown, in the backlog or ended does not hold it. In a circle the one that is first in `inOrder` goes
 * first: each waits only for those of the circle before it, so that somebody can always go.
 */
export const behindOthers = (inOrder: readonly QueuedBehind[], underWay: ReadonlySet<number>): ReadonlyMap<number, string> => {
  const waits = new Map<number, string>();
  if (inOrder.every(({ after }) => after.length === 0)) return waits;
  const place = new Map(inOrder.map(({ number }, index) => [number, index]));
  const afterOf = new Map(inOrder.map(({ number, after }) => [number, after.filter((other) => other !== number)]));
  const circles = circlesOf([...place.keys()], (number) => afterOf.get(number) ?? []);
  for (const [number, after] of afterOf) {
    const isMutual = (other: number): boolean => place.has(other) && circles.get(other) === circles.get(number);
    const isBefore = (other: number): boolean => (place.get(other) ?? 0) < (place.get(number) ?? 0);
    const held = after.filter((other) => underWay.has(other) || (place.has(other) && (!isMutual(other) || isBefore(other))));
    if (held.length > 0) waits.set(number, inWords(held, held.some((other) => !underWay.has(other) && isMutual(other))));
  }
  return waits;
};

const inWords = (numbers: readonly number[], inCircle: boolean): string => {
  const names = [...new Set(numbers)].map((number) => `#${number}`);
  const list = names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
  return inCircle ? `After ${list}. They wait for one another: the one higher up goes first.` : `After ${list}.`;
};
