import { useMemo, type ReactElement, type Ref } from 'react';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Choice, type Option } from '../ui/choice.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { Segments } from '../ui/segments.tsx';
import { TagList } from '../ui/tag-list.tsx';
import type { HistoryFilter, Span } from './filter.ts';
import { STATE_GROUPS, type StateGroup } from './state-sign.ts';

const SPAN_OPTIONS: readonly { readonly value: Span; readonly title: string }[] = [
  { value: 'all', title: 'All' },
  { value: '30', title: '30 days' },
  { value: '7', title: '7 days' },
  { value: 'today', title: 'Today' },
];

const useProjects = (): readonly Option<ProjectId | 'all'>[] => {
  const table = useFleet((fleet) => fleet.projects);
  return useMemo(() => {
    const projects = Object.values(table).sort((a, b) => a.name.localeCompare(b.name));
    return [{ value: 'all' as const, title: 'All projects' }, ...projects.map(({ id, name, colour }) => ({ value: id, title: visibleText(name), icon: <ProjectDot colour={colour} /> }))];
  }, [table]);
};

interface FiltersProps {
  readonly filter: HistoryFilter;
  /** What is typed right now; the filter follows it. */
  readonly text: string;
  readonly busy: boolean;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onText: (text: string) => void;
  readonly onChange: (change: Partial<HistoryFilter>) => void;
  readonly onDown: () => void;
}

/** What the history is searched for and narrowed to. */
export const HistoryFilters = ({ filter, text, busy, searchRef, onText, onChange, onDown }: FiltersProps): ReactElement => {
  const projects = useProjects();
  return (
    <div className="history-filters" role="search">
      <SearchField label="Search the history" placeholder="Search goals, reports, comments, commands and logs" value={text} onChange={onText} busy={busy} inputRef={searchRef} onDown={onDown} />
      <Choice quiet label="Project" value={filter.project ?? 'all'} options={projects} onChange={(value) => onChange({ project: value === 'all' ? null : value })} />
      <Segments label="Since" value={filter.since} options={SPAN_OPTIONS} onChange={(since) => onChange({ since })} />
      <TagList<StateGroup> label="States" tags={STATE_GROUPS} chosen={filter.groups} onChoose={(groups) => onChange({ groups })} />
    </div>
  );
};
