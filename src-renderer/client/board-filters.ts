import { useMemo } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import { columnOf } from '../../src-main/domain/columns.ts';
import { hasFailedChecks } from './checks-in-words.ts';
import { countFindings, findingsOf } from './finding-words.ts';
import type { Fleet } from './fleet.ts';
import { goTo, useRoute, type Filters } from './route.ts';
import { hasFailed } from './run-sign.ts';

export const CARD_STATES = ['failed', 'unseen', 'findings', 'checksFailed'] as const;
export type CardState = (typeof CARD_STATES)[number];

export const STATE_TITLE: Readonly<Record<CardState, string>> = {
  failed: 'Failed',
  unseen: 'Not seen yet',
  findings: 'Has findings',
  checksFailed: 'Checks failed',
};

/** What narrows the board, beside its project. Words must all be there; of labels, and of states, one is enough. */
export interface BoardFilters {
  readonly text: string;
  readonly labels: readonly string[];
  readonly states: readonly CardState[];
}

const decoded = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};
const listOf = (value: string | undefined): string[] => (value ?? '').split(',').filter((part) => part !== '');

/** Reads what the address says; what it does not know is left out. */
export const readFilters = (filters: Filters = {}): BoardFilters => ({
  text: filters['text'] ?? '',
  labels: listOf(filters['label']).map(decoded),
  states: CARD_STATES.filter((state) => listOf(filters['state']).includes(state)),
});

/** As they stand in the address. A label may hold a comma, so that each is encoded by itself. */
export const writeFilters = ({ text, labels, states }: BoardFilters): Filters => ({
  text,
  label: labels.map(encodeURIComponent).join(','),
  state: states.join(','),
});

export const NO_FILTERS: BoardFilters = { text: '', labels: [], states: [] };
export const isFiltering = ({ text, labels, states }: BoardFilters): boolean => text.trim() !== '' || labels.length > 0 || states.length > 0;

/** What of a brief is searched, kept as long as the brief is: typing goes over thousands of them. */
const searched = new WeakMap<Brief, string>();
const searchedOf = (brief: Brief): string => {
  let text = searched.get(brief);
  if (text === undefined) {
    text = `#${brief.number} ${brief.text.goal} ${brief.text.runsWith.command} ${brief.text.labels.join(' ')}`.toLowerCase();
    searched.set(brief, text);
  }
  return text;
};

const isInState = (state: CardState, brief: Brief, run: Fleet['runs'][string]): boolean => {
  const column = columnOf(brief, run);
  if (column !== 'review' && column !== 'done') return false;
  if (state === 'failed') return hasFailed(run);
  if (state === 'unseen') return column === 'review' && !run.seen;
  return state === 'findings' ? countFindings(findingsOf(run)).all > 0 : hasFailedChecks(run);
};

/** Whether a brief is among what the filters leave. */
export const matcherOf = ({ text, labels, states }: BoardFilters, runs: Fleet['runs']): ((brief: Brief) => boolean) => {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return (brief) => {
    const run = brief.currentRun === null ? undefined : runs[brief.currentRun];
    return (
      words.every((word) => searchedOf(brief).includes(word)) &&
      (labels.length === 0 || labels.some((label) => brief.text.labels.includes(label))) &&
      (states.length === 0 || (run !== undefined && states.some((state) => isInState(state, brief, run))))
    );
  };
};

/** The filters in the address, and the way to change them: without a step in the history, as typing would leave many. */
export const useBoardFilters = (): readonly [BoardFilters, (change: Partial<BoardFilters>) => void] => {
  const route = useRoute();
  const written = route.place === 'board' ? route.filters : undefined;
  const project = route.place === 'board' ? route.project : null;
  const filters = useMemo(() => readFilters(written), [written]);
  return [filters, (change) => goTo({ place: 'board', project, filters: writeFilters({ ...filters, ...change }) }, true)];
};
