import { useEffect } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useBrief, useProject } from '../client/fleet-store.ts';
import { hrefOf, useRoute, type Route } from '../client/route.ts';
import { titleOf } from '../client/run-sign.ts';

const PLACE: Readonly<Record<Exclude<Route['place'], 'brief'>, string>> = {
  board: 'Board',
  review: 'Review',
  fleet: 'Fleet',
  history: 'History',
  settings: 'Settings',
  newBrief: 'New brief',
  project: 'Environment',
  ui: 'Design',
};

const projectOf = (route: Route): string | undefined => {
  if (route.place === 'board' || route.place === 'newBrief') return route.project ?? undefined;
  return route.place === 'project' ? route.id : undefined;
};

const titleOfPlace = (route: Route, brief: Brief | undefined): string => {
  if (route.place !== 'brief') return PLACE[route.place];
  return brief ? `#${brief.number} ${visibleText(titleOf(brief.text))}` : 'Brief';
};

/** The way to a place, by its name. */
export const useWayTo = (route: Route): { readonly href: string; readonly title: string } => {
  const brief = useBrief(route.place === 'brief' ? route.id : '');
  return { href: hrefOf(route), title: titleOfPlace(route, brief) };
};

/** The title of the window, or of the browser's tab, follows the place: "#12 Fix parser · Drydock". */
export const usePageTitle = (): void => {
  const route = useRoute();
  const brief = useBrief(route.place === 'brief' ? route.id : '');
  const project = useProject(projectOf(route));
  const title = [titleOfPlace(route, brief), ...(project ? [visibleText(project.name)] : []), 'Drydock'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
};
