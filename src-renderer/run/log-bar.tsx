import type { ReactElement, RefObject } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { Button } from '../ui/button.tsx';
import { bytes, count } from '../ui/format.ts';
import { ClockIcon, WrapIcon } from '../ui/icons.tsx';
import { Hint } from '../ui/tooltip.tsx';
import { foundInWords, LogFind } from './log-find.tsx';
import { LogErrors } from './log-errors.tsx';
import { LogMenu } from './log-menu.tsx';
import type { LogReader } from './log-reader.ts';
import { changeLogSettings, useLogSettings } from './log-settings.ts';
import type { LogSearch } from './use-log-search.ts';

/** A log that lags so many bytes behind is being caught up with. */
const BEHIND = 8 * 1024 * 1024;

interface LogBarProps {
  readonly run: Run;
  readonly reader: LogReader;
  readonly search: LogSearch;
  readonly find: RefObject<HTMLInputElement | null>;
  readonly lines: number;
  readonly hasSelection: boolean;
  readonly canFold: boolean;
  readonly onLeaveFind: () => void;
  readonly onCopySelection: () => void;
  readonly onCopyShown: () => void;
  readonly onCopyAll: () => void;
  readonly onFoldAll: (fold: boolean) => void;
}

/** Above the log: how much there is, finding, errors, and how it is shown. */
export const LogBar = ({ run, reader, search, find, lines, onLeaveFind, ...menu }: LogBarProps): ReactElement => {
  const { wrap, times } = useLogSettings();
  const { length } = reader.lines;
  const isBehind = reader.available - length > BEHIND;
  return (
    <div className="log-bar">
      <span className="muted log-size">
        <span data-testid="log-lines">{count(lines, 'line')}</span>
        {isBehind ? ` · ${bytes(length)} of ${bytes(reader.available)} read` : length > 0 && ` · ${bytes(length)}`}
      </span>
      {reader.hasStderr && (
        <span className="muted log-legend" title="Lines with this bar were written to stderr: errors, but also progress and warnings. What looks like an error has a red bar.">
          stderr
        </span>
      )}
      <span className="grow" />
      <LogErrors scanned={search.errors} current={search.current} total={Math.max(length, reader.available)} onStep={search.stepErrors} />
      <LogFind
        input={find}
        text={search.text}
        matchCase={search.matchCase}
        words={foundInWords(search.found, search.current, Math.max(length, reader.available))}
        onText={search.setText}
        onMatchCase={search.setMatchCase}
        onStep={search.stepFound}
        onLeave={onLeaveFind}
      />
      <span className="row log-toggles">
        <Hint text="Wrap long lines">
          <Button look="icon" aria-label="Wrap long lines" aria-pressed={wrap} onClick={() => changeLogSettings({ wrap: !wrap })}>
            <WrapIcon />
          </Button>
        </Hint>
        <Hint text="Show when each line came">
          <Button look="icon" aria-label="Show times" aria-pressed={times} onClick={() => changeLogSettings({ times: !times })}>
            <ClockIcon />
          </Button>
        </Hint>
        <LogMenu run={run} empty={length === 0} {...menu} />
      </span>
    </div>
  );
};
