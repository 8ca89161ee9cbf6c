import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useActions } from '../client/actions.ts';
import { useAway } from '../client/connection.ts';
import { goTo, useRoute } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { count } from '../ui/format.ts';
import { HistoryIcon, SearchIcon, WarningIcon } from '../ui/icons.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stale } from '../ui/stale.tsx';
import { isNarrowed, readFilter, writeFilter, type HistoryFilter } from './filter.ts';
import { HistoryFilters } from './history-filters.tsx';
import { HistoryList, type HistoryListHandle } from './history-list.tsx';
import { useHistory, type History } from './use-history.ts';
import './history.css';

const EVERYTHING: HistoryFilter = { text: '', project: null, groups: [], since: 'all' };
const NONE = {};

/** What was found, in words; told to readers when it changes. */
const foundInWords = ({ found, busy }: History): string => {
  if (found === null || busy) return '';
  return found.rows.length === 0 ? 'No run found' : `${count(found.rows.length, 'run')}${found.hasMore ? ', and more' : ''}`;
};

const NoRuns = ({ filter, onClear }: { readonly filter: HistoryFilter; readonly onClear: () => void }): ReactElement =>
  isNarrowed(filter) ? (
    <Empty title="No run matches" icon={<SearchIcon size={20} />} actions={<Button onClick={onClear}>Show every run</Button>}>
      {filter.text.trim() === '' ? 'No run is left with these filters.' : 'Every word has to occur in the brief, its reports, comments, commands or the end of its log; the beginning of a word is enough.'}
    </Empty>
  ) : (
    <Empty title="No run yet" icon={<HistoryIcon size={20} />} actions={<a className="button" href="#/board">Go to the board</a>}>
      Every run that was ever queued is found here, with all that was written about it.
    </Empty>
  );

/** Every run ever: searched, narrowed, opened, run again. */
export const HistoryPage = (): ReactElement => {
  const route = useRoute();
  const filter = readFilter(route.place === 'history' ? (route.filters ?? NONE) : NONE);
  const [typed, setTyped] = useState(filter.text);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HistoryListHandle>(null);
  const history = useHistory(filter);
  // Another address, as by going back, brings its own text; what is being typed is never taken away by the echo of itself.
  const sent = useRef(filter.text);
  useEffect(() => {
    if (filter.text !== sent.current) setTyped(filter.text);
    sent.current = filter.text;
  }, [filter.text]);
  const narrow = (change: Partial<HistoryFilter>): void => {
    const next = { ...filter, text: typed, ...change };
    sent.current = next.text;
    goTo({ place: 'history', filters: writeFilter(next) }, true);
  };
  const type = (text: string): void => {
    setTyped(text);
    narrow({ text });
  };
  const clear = (): void => {
    setTyped('');
    narrow(EVERYTHING);
  };
  useActions([
    { title: 'Search the history', section: 'History', keys: '/', also: 'find', run: () => search.current?.focus() },
    { title: 'Show every run', section: 'History', also: 'clear reset filters', run: clear },
  ]);
  const { found, fault } = history;
  const away = useAway();
  const isBehind = found !== null && JSON.stringify(found.filter) !== JSON.stringify(filter);
  return (
    <div className="history-page">
      <HistoryFilters filter={filter} text={typed} busy={history.busy && !away} searchRef={search} onText={type} onChange={narrow} onDown={() => list.current?.focus()} />
      <div className="history-count muted" role="status">
        {foundInWords(history)}
      </div>
      {away && found !== null && (
        <div className="history-away">
          <Stale>{isBehind ? 'The service is not answering. These are the runs of the search before; yours is answered when it is back.' : 'As last read; the service is not answering.'}</Stale>
        </div>
      )}
      {fault !== null && (
        <div className="history-fault row">
          <FaultText fault={fault} />
          <Button onClick={history.again}>Try again</Button>
        </div>
      )}
      {found === null && fault === null && !away && <Skeleton lines={8} label="Loading the history" />}
      {found === null && fault === null && away && (
        <Empty title="The history cannot be read now" icon={<WarningIcon size={20} />}>
          The service is not answering. The history is read as soon as it is back.
        </Empty>
      )}
      {found !== null && found.rows.length === 0 && <NoRuns filter={found.filter} onClear={clear} />}
      {found !== null && found.rows.length > 0 && <HistoryList history={history} found={found} handle={list} />}
    </div>
  );
};
