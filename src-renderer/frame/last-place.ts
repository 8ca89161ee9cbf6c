import { useEffect } from 'react';
import { cameFrom, hrefOf, parseRoute, useRoute } from '../client/route.ts';

const KEY = 'drydock.place';

const read = (storage: Storage): string | null => {
  try {
    return storage.getItem(KEY);
  } catch {
    return null;
  }
};
const write = (storage: Storage, place: string): void => {
  try {
    storage.setItem(KEY, place);
  } catch {
    // Then the next window begins at the board.
  }
};

/** Opened without an address, a window goes to where it was last, and a new one to where any was. */
export const returnToLastPlace = (): void => {
  if (window.location.hash.replace(/^#\/?/, '') !== '') return;
  const last = read(sessionStorage) ?? read(localStorage);
  if (last !== null) history.replaceState(history.state, '', hrefOf(parseRoute(last)));
};

/** Remembers where the window is, and puts right an address that names no place. */
export const useLastPlace = (): void => {
  const route = useRoute();
  useEffect(() => {
    const href = hrefOf(route);
    if (route.place === 'board' && window.location.hash !== href) history.replaceState(history.state, '', href);
    cameFrom(route);
    // A brief that is being written has its draft; the page of the design is nobody's place.
    if (route.place === 'ui') return;
    write(sessionStorage, href);
    write(localStorage, href);
  }, [route]);
};
