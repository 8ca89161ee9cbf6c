import { useEffect } from 'react';
import { holdKeysWhile, keysAreFree } from '../client/held-keys.ts';
import { useFleet } from '../client/fleet-store.ts';
import { parseRoute } from '../client/route.ts';
import { afterAdvance } from './queue/after-advance.ts';

/** The brief whose review is all there: the file that is meant is the one that is shown. */
let opened: string | null = null;

const isOpening = (): boolean => {
  const route = parseRoute(window.location.hash);
  return route.place === 'brief' && route.tab === 'review' && route.id !== opened && route.id in useFleet.getState().briefs;
};

/** Keys that are pressed while a review or its next file is opening wait for it: an exclusion must not meet what was shown before. */
export const useReviewKeysHeld = (): void => useEffect(() => holdKeysWhile(isOpening), []);

/** Says that the review of a brief is all there, for as long as it is. */
export const useOpened = (briefId: string, isThere: boolean): void => {
  useEffect(() => {
    if (!isThere) return undefined;
    opened = briefId;
    afterAdvance.shown(performance.now());
    keysAreFree();
    return () => {
      opened = null;
    };
  }, [briefId, isThere]);
};
