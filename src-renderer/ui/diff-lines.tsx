import type { ReactElement } from 'react';
import { count } from './format.ts';
import './css/diff-lines.css';

/** Unchanged lines that are shown around a change; a longer stretch of them is one line that says how many. */
const AROUND = 3;

interface Shown {
  readonly key: number;
  readonly sign: string;
  readonly text: string;
}

const linesOf = (diff: string): Shown[] => {
  const lines = diff.replace(/\n$/, '').split('\n').map((line, key) => ({ key, sign: line.slice(0, 1), text: line.slice(1) }));
  const near = (at: number): boolean => lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ sign }) => sign !== ' ');
  return lines.flatMap((line, at) => {
    if (near(at)) return [line];
    if (at > 0 && !near(at - 1)) return [];
    const next = lines.findIndex((_, index) => index > at && near(index));
    return [{ key: line.key, sign: '', text: `${count((next < 0 ? lines.length : next) - at, 'unchanged line')}` }];
  });
};

const KIND: Readonly<Record<string, string>> = { '+': 'added', '-': 'removed', '': 'folded' };

/** How two texts differ, line by line. `diff`: each line with `-`, `+` or a space before it; it must be fit to be shown. */
export const DiffLines = ({ label, diff }: { readonly label: string; readonly diff: string }): ReactElement => (
  <pre className="diff-lines mono" tabIndex={0} aria-label={label}>
    {linesOf(diff).map(({ key, sign, text }) => (
      <span key={key} className={KIND[sign]}>
        {sign === '' ? `⋯ ${text}` : `${sign} ${text}`}
      </span>
    ))}
  </pre>
);
