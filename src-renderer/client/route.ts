import { useSyncExternalStore } from 'react';

export type Tab = 'brief' | 'activity' | 'review';

/** Places of the window. They live in the hash, so that they survive a reload and can be linked. */
export type Route =
  | { readonly place: 'board'; readonly project: string | null }
  | { readonly place: 'newBrief'; readonly project: string }
  | { readonly place: 'brief'; readonly id: string; readonly tab: Tab; readonly run: string | null }
  | { readonly place: 'project'; readonly id: string };

const TABS: readonly string[] = ['brief', 'activity', 'review'];
const isTab = (value: string | undefined): value is Tab => value !== undefined && TABS.includes(value);

/** Reads a hash; what it does not know is the board. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [place, id, third] = path.split('/').map(decodeURIComponent);
  const search = new URLSearchParams(query);
  if (place === 'brief' && id === 'new' && third) return { place: 'newBrief', project: third };
  if (place === 'brief' && id) return { place: 'brief', id, tab: isTab(third) ? third : 'brief', run: search.get('run') };
  if (place === 'project' && id) return { place: 'project', id };
  return { place: 'board', project: search.get('project') };
};

/** The hash of a place; `parseRoute` gives the place back. */
export const hrefOf = (route: Route): string => {
  switch (route.place) {
    case 'board':
      return route.project ? `#/board?project=${encodeURIComponent(route.project)}` : '#/board';
    case 'newBrief':
      return `#/brief/new/${encodeURIComponent(route.project)}`;
    case 'brief':
      return `#/brief/${encodeURIComponent(route.id)}/${route.tab}${route.run ? `?run=${encodeURIComponent(route.run)}` : ''}`;
    case 'project':
      return `#/project/${encodeURIComponent(route.id)}`;
  }
};

export const briefHref = (id: string, tab: Tab): string => hrefOf({ place: 'brief', id, tab, run: null });

/** Goes to a place, with a step in the history or instead of the current one. */
export const goTo = (route: Route, replace = false): void => {
  const href = hrefOf(route);
  if (replace) {
    history.replaceState(null, '', href);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  } else window.location.hash = href;
};

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => window.removeEventListener('hashchange', changed);
};

let parsed: { hash: string; route: Route } | null = null;
const currentRoute = (): Route => {
  const { hash } = window.location;
  if (parsed?.hash !== hash) parsed = { hash, route: parseRoute(hash) };
  return parsed.route;
};

export const useRoute = (): Route => useSyncExternalStore(subscribe, currentRoute);
