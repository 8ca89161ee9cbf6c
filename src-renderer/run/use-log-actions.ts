import { useActions } from '../client/actions.ts';
import { changeLogSettings, useLogSettings } from './log-settings.ts';
import type { LogSearch } from './use-log-search.ts';

interface LogActions {
  readonly search: LogSearch;
  readonly find: () => void;
  readonly toEnd: () => void;
  readonly toStart: () => void;
}

/** What can be done with the log by key. */
export const useLogActions = ({ search, find, toEnd, toStart }: LogActions): void => {
  const { wrap, times } = useLogSettings();
  const section = 'Activity';
  useActions([
    { title: 'Find in the log', section, keys: 'mod+f', also: 'search', run: find },
    { title: 'Find in the log', section, keys: '/', hidden: true, run: find },
    { title: 'Next line found', section, keys: 'n', hidden: true, run: () => search.stepFound(1) },
    { title: 'Line found before', section, keys: 'N', hidden: true, run: () => search.stepFound(-1) },
    { title: 'Next error', section, keys: 'e', also: 'failure', run: () => search.stepErrors(1) },
    { title: 'Error before', section, keys: 'E', also: 'failure', run: () => search.stepErrors(-1) },
    { title: 'Jump to the end of the log', section, keys: 'G', also: 'follow', run: toEnd },
    { title: 'Jump to the start of the log', section, keys: 'g g', run: toStart },
    { title: wrap ? 'Do not wrap long lines' : 'Wrap long lines', section, keys: 'w', run: () => changeLogSettings({ wrap: !wrap }) },
    { title: times ? 'Hide the times' : 'Show the times', section, keys: 'i', also: 'timestamps', run: () => changeLogSettings({ times: !times }) },
  ]);
};
