import type { ReactElement } from 'react';
import { Meter as AriaMeter, ProgressBar } from 'react-aria-components';

interface MeterProps {
  /** What is measured, for readers; the words beside the bar say it to everybody else. */
  readonly label: string;
  readonly value: number;
  readonly max: number;
  /** The value in words: "3.1 GiB of 4 GiB". */
  readonly text: string;
  /** From this share on the bar is amber: there is little left. */
  readonly tightFrom?: number;
}

/** How much of something is in use. */
export const Meter = ({ label, value, max, text, tightFrom = 0.9 }: MeterProps): ReactElement => {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <AriaMeter className="bar" aria-label={label} value={share * 100} valueLabel={text}>
      <span className={`bar-fill${share >= tightFrom ? ' tight' : ''}`} style={{ width: `${share * 100}%` }} />
    </AriaMeter>
  );
};

interface ProgressProps {
  readonly label: string;
  /** Between 0 and 1; null while it cannot be known. */
  readonly done: number | null;
  readonly text?: string;
}

/** How far something is. */
export const Progress = ({ label, done, text }: ProgressProps): ReactElement => (
  <ProgressBar className="bar" aria-label={label} isIndeterminate={done === null} value={(done ?? 0) * 100} {...(text !== undefined && { valueLabel: text })}>
    <span className={`bar-fill${done === null ? ' moving' : ''}`} style={{ width: done === null ? '30%' : `${done * 100}%` }} />
  </ProgressBar>
);
