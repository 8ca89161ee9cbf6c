import { useMemo, type ReactElement } from 'react';
import { columnOf } from '../../src-main/domain/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { hrefOf, pageBehind, useRoute, type Place, type Route } from '../client/route.ts';
import { BoardIcon, FleetIcon, HistoryIcon, ReviewIcon, SettingsIcon } from '../ui/icons.tsx';

const PLACES: readonly { readonly route: Route; readonly word: string; readonly Icon: typeof BoardIcon; readonly also: readonly Place[] }[] = [
  { route: { place: 'board', project: null }, word: 'Board', Icon: BoardIcon, also: ['board', 'brief', 'newBrief'] },
  { route: { place: 'review' }, word: 'Review', Icon: ReviewIcon, also: ['review'] },
  { route: { place: 'fleet' }, word: 'Fleet', Icon: FleetIcon, also: ['fleet'] },
  { route: { place: 'history' }, word: 'History', Icon: HistoryIcon, also: ['history'] },
  { route: { place: 'settings' }, word: 'Settings', Icon: SettingsIcon, also: ['settings'] },
];

/** How many results wait for a decision. */
const useWaiting = (): number => {
  const briefs = useFleet((fleet) => fleet.briefs);
  const runs = useFleet((fleet) => fleet.runs);
  return useMemo(() => Object.values(briefs).filter((brief) => columnOf(brief, (brief.currentRun && runs[brief.currentRun]) || null) === 'review').length, [briefs, runs]);
};

/** The five places. */
export const Rail = (): ReactElement => {
  const route = useRoute();
  const waiting = useWaiting();
  // The environment belongs to the place that it was opened from.
  const at = route.place === 'project' ? pageBehind() : route;
  const place = at.place === 'brief' && at.queue ? 'review' : at.place;
  return (
    <nav className="rail" aria-label="Places">
      {PLACES.map(({ route: to, word, Icon, also }) => (
        <a key={word} href={hrefOf(to)} aria-current={also.includes(place) ? 'page' : undefined}>
          <Icon size={18} />
          <span>{word}</span>
          {to.place === 'review' && waiting > 0 && (
            <span className="rail-count">
              {waiting > 99 ? '99+' : waiting}
              <span className="hidden-text"> waiting</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
};
