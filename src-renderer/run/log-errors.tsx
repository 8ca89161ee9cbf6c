import type { ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { bytes, count } from '../ui/format.ts';
import { DownArrowIcon, UpIcon, WarningIcon } from '../ui/icons.tsx';
import { Hint } from '../ui/tooltip.tsx';
import type { Scanned } from './scan-log.ts';

interface LogErrorsProps {
  readonly scanned: Scanned | null;
  readonly current: number;
  /** Bytes of the log. */
  readonly total: number;
  readonly onStep: (by: 1 | -1) => void;
}

/** How many lines look like errors, and the way from one to the next. */
export const LogErrors = ({ scanned, current, total, onStep }: LogErrorsProps): ReactElement => {
  const found = scanned?.lines.count ?? 0;
  const at = scanned?.lines.has(current) ? `${(scanned.lines.indexOf(current) + 1).toLocaleString('en')} of ` : '';
  const looked = scanned === null ? 'Not looked through yet' : scanned.done ? `All ${bytes(scanned.bytes)} looked through` : `${bytes(scanned.bytes)} of ${bytes(total)} looked through`;
  const words = scanned === null ? 'Errors' : found === 0 ? (scanned.done ? 'No error lines' : 'No error lines yet') : `${at}${count(found, 'error')}${scanned.full ? '+' : ''}`;
  return (
    <div className="row log-errors">
      <Hint text={`Lines that look like errors or failures. ${looked}.`}>
        <Button look="quiet" data-testid="errors" disabled={scanned?.done === true && found === 0} onClick={() => onStep(1)}>
          <span className={found > 0 ? 'tone-red' : 'muted'}>
            <WarningIcon />
          </span>
          {words}
          {scanned !== null && !scanned.done && total > 0 && <span className="muted">{Math.floor((scanned.bytes / total) * 100)} %</span>}
        </Button>
      </Hint>
      {found > 0 && (
        <>
          <Button look="icon" aria-label="Error before" onClick={() => onStep(-1)}>
            <UpIcon />
          </Button>
          <Button look="icon" aria-label="Next error" onClick={() => onStep(1)}>
            <DownArrowIcon />
          </Button>
        </>
      )}
    </div>
  );
};
