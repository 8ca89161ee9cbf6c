import { useEffect } from 'react';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useBrief, useProject } from '../client/fleet-store.ts';
import { useRoute, type Route } from '../client/route.ts';
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

/** The title of the window, or of the browser's tab, follows the place: "#12 Fix parser · Drydock". */
export const usePageTitle = (): void => {
  const route = useRoute();
  const brief = useBrief(route.place === 'brief' ? route.id : '');
  const project = useProject(projectOf(route));
  const place = route.place === 'brief' ? (brief ? `#${brief.number} ${visibleText(titleOf(brief.text))}` : 'Brief') : PLACE[route.place];
  const title = [place, ...(project ? [visibleText(project.name)] : []), 'Drydock'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
};
