import { create } from 'zustand';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { ById } from '../client/fleet.ts';
import { useFleet } from '../client/fleet-store.ts';
import type { Dropped } from '../client/columns.ts';

/** Cards shown where the user dropped them, before the service has answered. */
export const useDropped = create<{ cards: ById<Dropped> }>(() => ({ cards: {} }));

/** How long a dropped card may stay where it is after the answer, in milliseconds, until the live update comes. */
const SETTLE_MS = 2000;

export const hold = (dropped: ById<Dropped>): void => useDropped.setState(({ cards }) => ({ cards: { ...cards, ...dropped } }));

/** Lets a card fall to where the fleet says it is. */
export const release = (id: string): void =>
  useDropped.setState(({ cards }) => {
    const { [id]: _gone, ...rest } = cards;
    return { cards: rest };
  });

/** Releases a card as soon as the fleet has heard of the change: the answer of a command may be ahead of the live update. */
export const releaseWhenSeen = (brief: Brief): void => {
  const seen = (): boolean => useFleet.getState().briefs[brief.id] !== brief;
  if (seen()) return release(brief.id);
  const stop = useFleet.subscribe(() => {
    if (seen()) finish();
  });
  const timer = setTimeout(() => finish(), SETTLE_MS);
  const finish = (): void => {
    stop();
    clearTimeout(timer);
    release(brief.id);
  };
};
