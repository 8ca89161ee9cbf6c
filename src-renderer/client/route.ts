import { useSyncExternalStore } from 'react';

export type Tab = 'brief' | 'activity' | 'review' | 'network';

/** What narrows a list: it lives in the address, so that it survives a reload and can be linked. */
export type Filters = Readonly<Record<string, string>>;

/** Places of the window. They live in the hash, so that they survive a reload and can be linked. */
export type Route =
  | { readonly place: 'board'; readonly project: string | null; readonly filters?: Filters }
  | { readonly place: 'review'; readonly project?: string | null }
  | { readonly place: 'fleet' }
  | { readonly place: 'history'; readonly filters?: Filters }
  | { readonly place: 'settings'; readonly section?: string | null }
  | { readonly place: 'newBrief'; readonly project: string }
  /** `queue`: opened from the review queue; deciding goes on to the next one. */
  | { readonly place: 'brief'; readonly id: string; readonly tab: Tab; readonly run: string | null; readonly queue?: boolean }
  | { readonly place: 'project'; readonly id: string }
  /** Every primitive on one page, for whoever builds the window: nothing links there. */
  | { readonly place: 'ui'; readonly section: string | null };

export type Place = Route['place'];

const TABS: readonly string[] = ['brief', 'activity', 'review', 'network'];
const isTab = (value: string | undefined): value is Tab => value !== undefined && TABS.includes(value);

const filtersOf = (search: URLSearchParams): Filters => Object.fromEntries([...search].filter(([name]) => name !== 'project'));

/** A part of an address that cannot be decoded is somebody's mistake, not a place. */
const decoded = (part: string): string | undefined => {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
};

/** Reads a hash; what it does not know is the board. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [place, id, third] = path.split('/').map(decoded);
  const search = new URLSearchParams(query);
  switch (place) {
    case 'review':
      return { place, project: search.get('project') };
    case 'fleet':
      return { place };
    case 'history':
      return { place, filters: Object.fromEntries(search) };
    case 'settings':
      return { place, section: id || null };
    case 'project':
      if (id) return { place, id };
      break;
    case 'ui':
      return { place, section: id || null };
    case 'brief':
      if (id === 'new' && third) return { place: 'newBrief', project: third };
      if (id) return { place, id, tab: isTab(third) ? third : 'brief', run: search.get('run'), ...(search.has('queue') && { queue: true }) };
      break;
    default:
  }
  return { place: 'board', project: search.get('project'), filters: filtersOf(search) };
};

const withQuery = (path: string, query: Readonly<Record<string, string | null | undefined>>): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value) search.set(name, value);
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
};

/** The hash of a place; `parseRoute` gives the place back. */
export const hrefOf = (route: Route): string => {
  switch (route.place) {
    case 'board':
      return withQuery('#/board', { ...route.filters, project: route.project });
    case 'review':
      return withQuery('#/review', { project: route.project });
    case 'fleet':
      return '#/fleet';
    case 'history':
      return withQuery('#/history', route.filters ?? {});
    case 'settings':
      return route.section ? `#/settings/${encodeURIComponent(route.section)}` : '#/settings';
    case 'newBrief':
      return `#/brief/new/${encodeURIComponent(route.project)}`;
    case 'brief':
      return withQuery(`#/brief/${encodeURIComponent(route.id)}/${route.tab}`, { run: route.run, queue: route.queue ? '1' : null });
    case 'project':
      return `#/project/${encodeURIComponent(route.id)}`;
    case 'ui':
      return route.section ? `#/ui/${encodeURIComponent(route.section)}` : '#/ui';
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

/** The list that a brief was opened from: the board with its filters, or the history with its search. */
let list: Route = { place: 'board', project: null };

/** The page that the environment was opened from. */
let before: Route | null = null;

/** Remembers a list that briefs are opened from, and a page that the environment is. */
export const cameFrom = (route: Route): void => {
  if (route.place !== 'project' && route.place !== 'ui') before = route;
  if (route.place === 'board' || route.place === 'history' || route.place === 'fleet') list = route;
};

/** Back to that list. */
export const goBack = (): void => goTo(list);

/** That list, for a link. */
export const listBehind = (): Route => list;

/** The page that one was at before the environment; without one, that list. */
export const pageBehind = (): Route => before ?? list;

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
