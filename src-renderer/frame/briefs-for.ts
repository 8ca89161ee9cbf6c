import { columnOf } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { useFleet } from '../client/fleet-store.ts';
import { titleOf } from '../client/run-sign.ts';

/** Briefs that are offered beside the actions, at most. */
const MOST = 8;

interface NamedBrief {
  readonly id: string;
  readonly title: string;
  readonly column: string;
}

/** Briefs whose number or title holds what is typed, newest first. Nothing typed finds none. */
export const briefsFor = (typed: string): NamedBrief[] => {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return [];
  const { briefs, runs } = useFleet.getState();
  return Object.values(briefs)
    .map((brief) => ({ brief, title: `#${brief.number} ${titleOf(brief.text)}` }))
    .filter(({ title }) => title.toLowerCase().includes(wanted))
    .sort((a, b) => b.brief.number - a.brief.number)
    .slice(0, MOST)
    .map(({ brief, title }) => ({ id: brief.id, title: visibleText(title), column: COLUMN_TITLE[columnOf(brief, (brief.currentRun && runs[brief.currentRun]) || null)] }));
};
