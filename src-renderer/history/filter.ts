import { projectId, type ProjectId } from '../../src-main/contract/ids.ts';
import type { Filters } from '../client/route.ts';
import { STATE_GROUPS, type StateGroup } from './state-sign.ts';

export const SPANS = ['all', '30', '7', 'today'] as const;
export type Span = (typeof SPANS)[number];

/** What the history is narrowed to. */
export interface HistoryFilter {
  readonly text: string;
  readonly project: ProjectId | null;
  readonly groups: readonly StateGroup[];
  readonly since: Span;
}

const isSpan = (value: string | undefined): value is Span => SPANS.some((span) => span === value);

/** Reads the address; what it does not know narrows nothing. */
export const readFilter = (filters: Filters): HistoryFilter => {
  const project = projectId.safeParse(filters['project']);
  const named = (filters['state'] ?? '').split(',');
  return {
    text: (filters['text'] ?? '').slice(0, 1_000),
    project: project.success ? project.data : null,
    groups: STATE_GROUPS.filter(({ id }) => named.includes(id)).map(({ id }) => id),
    since: isSpan(filters['since']) ? filters['since'] : 'all',
  };
};

export const writeFilter = ({ text, project, groups, since }: HistoryFilter): Filters => ({
  text,
  project: project ?? '',
  state: groups.join(),
  since: since === 'all' ? '' : since,
});

export const isNarrowed = ({ text, project, groups, since }: HistoryFilter): boolean => text.trim() !== '' || project !== null || groups.length > 0 || since !== 'all';

const DAY_MS = 86_400_000;

/** The first moment of a span, in milliseconds since 1970: today began at midnight here. */
export const startOf = (since: Span, now: Date): number | undefined => {
  if (since === 'all') return undefined;
  if (since === 'today') return new Date(now.getFullYear(), now.getMonth(), now.getDate()).getTime();
  return now.getTime() - Number(since) * DAY_MS;
};

/** The query that a filter stands for. */
export const queryOf = (filter: HistoryFilter, now: Date) => {
  const text = filter.text.trim();
  const since = startOf(filter.since, now);
  return {
    ...(text !== '' && { text }),
    ...(filter.project !== null && { projectId: filter.project }),
    ...(filter.groups.length > 0 && { standings: STATE_GROUPS.filter(({ id }) => filter.groups.includes(id)).flatMap(({ states }) => [...states]) }),
    ...(since !== undefined && { since }),
  };
};
