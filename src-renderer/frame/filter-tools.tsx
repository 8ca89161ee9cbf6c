import { useMemo, useRef, type ReactElement } from 'react';
import { useActions } from '../client/actions.ts';
import { CARD_STATES, STATE_TITLE, useBoardFilters } from '../client/board-filters.ts';
import { useFleet } from '../client/fleet-store.ts';
import { labelsOf } from '../client/labels.ts';
import { FilterIcon } from '../ui/icons.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { TickMenu } from '../ui/tick-menu.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** From the field into the cards. */
const intoCards = (): void => document.querySelector<HTMLElement>('.board .card[tabindex="0"]')?.focus();

/** What narrows the board: words, states and labels. It is all in the address. */
export const FilterTools = ({ projectId }: { readonly projectId: string | null }): ReactElement => {
  const [filters, change] = useBoardFilters();
  const field = useRef<HTMLInputElement>(null);
  const briefs = useFleet((fleet) => fleet.briefs);
  const labels = useMemo(() => labelsOf(briefs, projectId), [briefs, projectId]);
  const ticked = filters.states.length + filters.labels.length;
  useActions([{ title: 'Search the cards', section: 'Board', keys: '/', also: 'filter find text', run: () => field.current?.focus() }]);
  const known = [...new Set([...labels, ...filters.labels])];
  return (
    <>
      <SearchField label="Search the cards" placeholder="Search  /" value={filters.text} inputRef={field} onDown={intoCards} onChange={(text) => change({ text })} />
      <TickMenu
        label={ticked > 0 ? `Filter, ${ticked} chosen` : 'Filter'}
        button={
          <>
            <FilterIcon /> <span className="header-word">Filter</span> {ticked > 0 && <span className="header-count">{ticked}</span>}
          </>
        }
        sections={[
          {
            title: 'State',
            options: CARD_STATES.map((state) => ({ id: state, title: STATE_TITLE[state] })),
            ticked: filters.states,
            onChange: (states) => change({ states: CARD_STATES.filter((state) => states.includes(state)) }),
          },
          ...(known.length > 0
            ? [{ title: 'Label', options: known.map((label) => ({ id: label, title: visibleText(label) })), ticked: filters.labels, onChange: (chosen: string[]) => change({ labels: chosen }) }]
            : []),
        ]}
      />
    </>
  );
};
