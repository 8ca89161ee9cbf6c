import type { ReactElement } from 'react';
import { isFiltering, NO_FILTERS, STATE_TITLE, useBoardFilters, type BoardFilters } from '../client/board-filters.ts';
import { Button } from '../ui/button.tsx';
import { TagList } from '../ui/tag-list.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

interface Part {
  readonly id: string;
  readonly title: string;
  readonly without: Partial<BoardFilters>;
}

/** Each part of the filters, and the filters without it. */
const partsOf = ({ text, labels, states }: BoardFilters): Part[] => [
  ...(text.trim() === '' ? [] : [{ id: 'text', title: `“${visibleText(text.trim())}”`, without: { text: '' } }]),
  ...states.map((state) => ({ id: `state ${state}`, title: STATE_TITLE[state], without: { states: states.filter((each) => each !== state) } })),
  ...labels.map((label) => ({ id: `label ${label}`, title: visibleText(label), without: { labels: labels.filter((each) => each !== label) } })),
];

/** What hides cards at the moment: each part can be taken away, or all. */
export const FilterBar = ({ shown, total }: { readonly shown: number; readonly total: number }): ReactElement | null => {
  const [filters, change] = useBoardFilters();
  if (!isFiltering(filters)) return null;
  const parts = partsOf(filters);
  return (
    <div className="filter-bar">
      <span className="muted" role="status">
        {shown.toLocaleString('en')} of {total.toLocaleString('en')} shown
      </span>
      <TagList label="Filters" tags={parts} onRemove={(id) => change(parts.find((part) => part.id === id)?.without ?? {})} />
      <Button look="quiet" onClick={() => change(NO_FILTERS)}>
        Clear all
      </Button>
    </div>
  );
};
