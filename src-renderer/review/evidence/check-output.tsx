import { useEffect, useLayoutEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { CheckOutcome } from '../../../src-main/contract/result.ts';
import { visibleLine } from '../../../src-main/domain/visible-text.ts';
import { api } from '../../client/api.ts';
import { looksLikeError } from '../../client/error-words.ts';
import { faultOf } from '../../client/fault-of.ts';
import { FaultText } from '../../ui/fault-text.tsx';
import { bytes } from '../../ui/format.ts';

/** The end of an output is what says how it went; more of it is in the log. Bytes. */
const SHOWN = 32_768;
const decoder = new TextDecoder();

const textOf = (base64: string): string => decoder.decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));

/** Lines left above the first that looks like an error. */
const ABOVE = 2;

/** The lines of an output, from where they tell something: the first that looks like an error, else the end. */
const Lines = ({ text, side }: { readonly text: string; readonly side: string }): ReactElement => {
  const box = useRef<HTMLPreElement>(null);
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n').map(visibleLine), [text]);
  const error = useMemo(() => lines.findIndex(looksLikeError), [lines]);
  useLayoutEffect(() => {
    const pre = box.current;
    const first = pre?.children[Math.max(0, error - ABOVE)];
    if (pre) pre.scrollTop = error >= 0 && first instanceof HTMLElement ? first.offsetTop : pre.scrollHeight;
  }, [error, lines]);
  return (
    <pre ref={box} className="check-output mono literal" tabIndex={0} aria-label={`Output on the ${side}`}>
      {lines.map((line, at) => (
        <span key={at} className={at === error ? 'first-error' : undefined}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  );
};

interface CheckOutputProps {
  readonly runId: RunId;
  readonly turn: number;
  readonly outcome: CheckOutcome;
}

/** What a check said, from its part of the log. */
export const CheckOutput = ({ runId, turn, outcome }: CheckOutputProps): ReactElement => {
  const { from, to } = outcome.log;
  const start = Math.max(from, to - SHOWN);
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const giveUp = new AbortController();
    if (to <= start) return setText('');
    api.runs.log({ runId, turn, offset: start, max: to - start }, { signal: giveUp.signal }).then(
      (slice) => setText(textOf(slice.bytes)),
      (failure: unknown) => {
        if (!giveUp.signal.aborted) setError(failure);
      },
    );
    return () => giveUp.abort();
  }, [runId, turn, start, to]);
  if (error !== null) return <FaultText fault={faultOf(error)} />;
  if (text === null) return <p className="muted">Loading…</p>;
  if (text.trim() === '') return <p className="muted">It printed nothing.</p>;
  return (
    <>
      {start > from && <p className="muted">The last {bytes(SHOWN)} of {bytes(to - from)}; all of it is in the log.</p>}
      <Lines text={text} side={outcome.side} />
    </>
  );
};
