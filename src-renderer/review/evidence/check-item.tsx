import { useEffect, useRef, useState, type ReactElement, type RefObject } from 'react';
import type { CheckOutcome, EvidenceItem, Verdict } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { readiedInWords } from '../../../src-main/domain/readied-words.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { duration } from '../../ui/format.ts';
import { ChevronDownIcon, ChevronRightIcon } from '../../ui/icons.tsx';
import { Sign, type Shape, type Tone } from '../../ui/sign.tsx';
import { CheckOutput } from './check-output.tsx';
import { tellingSide } from './failing-check.ts';
import { KeptFiles } from './kept-files.tsx';

const VERDICT: Readonly<Record<Verdict, { readonly tone: Tone; readonly shape: Shape; readonly word: string; readonly why: string }>> = {
  passed: { tone: 'green', shape: 'check', word: 'Passed', why: '' },
  failed: { tone: 'red', shape: 'cross', word: 'Failed', why: 'It passes on the base, and not on the result.' },
  alreadyFailing: { tone: 'amber', shape: 'cross', word: 'Fails, as on the base', why: 'It was failing before this work.' },
  didNotFailOnBase: { tone: 'red', shape: 'cross', word: 'Did not fail on the base', why: 'It was to fail on the base and pass after: it proves nothing.' },
  broken: { tone: 'red', shape: 'cross', word: 'Could not run', why: 'Its command was not found, or may not be run.' },
  notRun: { tone: 'grey', shape: 'circle', word: 'Not checked', why: '' },
};

const endOf = (outcome: CheckOutcome): string => {
  if (outcome.timedOut) return `timed out after ${duration(outcome.durationMs)}`;
  return `${outcome.exitCode === 0 ? 'passed' : `status ${outcome.exitCode ?? 'unknown'}`}, ${duration(outcome.durationMs)}`;
};

type Side = CheckOutcome['side'];

interface SideLineProps {
  readonly run: Run;
  readonly side: string;
  readonly outcome: CheckOutcome | null;
  readonly open: boolean;
  /** The key that shows this side in place of the other, where it does. */
  readonly switches: boolean;
  readonly line: RefObject<HTMLButtonElement | null>;
  readonly onOpen: (open: boolean) => void;
}

const SideLine = ({ run, side, outcome, open, switches, line, onOpen }: SideLineProps): ReactElement => {
  const name = <span className="check-side">{side}</span>;
  if (outcome === null) return <p className="check-line muted">{name} not run</p>;
  return (
    <>
      <button ref={line} type="button" className="check-line" aria-expanded={open} aria-label={`Output on the ${side.toLowerCase()}: ${endOf(outcome)}`} onClick={() => onOpen(!open)}>
        {name} <span className="grow">{endOf(outcome)}</span>
        {switches && <kbd aria-hidden="true">E</kbd>}
        {open ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
      </button>
      {open && <CheckOutput runId={run.id} turn={run.turns.length} outcome={outcome} />}
    </>
  );
};

interface CheckItemProps {
  readonly run: Run;
  readonly item: EvidenceItem;
  /** It is the one that `wanted` is about. */
  readonly failing: boolean;
  /** Somebody wants to see why this one speaks against the result. */
  readonly wanted: boolean;
  readonly onArrived: () => void;
}

/** One check: its command, what both sides together say, and how it ended on each. */
export const CheckItem = ({ run, item, failing, wanted, onArrived }: CheckItemProps): ReactElement => {
  const [open, setOpen] = useState<readonly Side[]>([]);
  const base = useRef<HTMLButtonElement>(null);
  const result = useRef<HTMLButtonElement>(null);
  const [only] = open.length === 1 ? open : [];
  useEffect(() => {
    if (!wanted) return;
    const lines = { base, result };
    const first = tellingSide(item);
    // Asked for again, the other side is shown in its place.
    const isHere = only !== undefined && lines[only].current?.closest('li')?.contains(document.activeElement);
    const other = only === 'base' ? 'result' : 'base';
    const side = isHere && item[other] !== null ? other : isHere ? only : first;
    setOpen([side]);
    lines[side].current?.focus();
    lines[side].current?.closest('li')?.scrollIntoView({ block: 'nearest' });
    onArrived();
  }, [wanted, onArrived, item, only]);
  const toggle = (side: Side) => (isOpen: boolean): void => setOpen(isOpen ? [...open, side] : open.filter((each) => each !== side));
  const switchesTo = only === undefined || item.base === null || item.result === null || !failing ? null : only === 'base' ? 'result' : 'base';
  const verdict = VERDICT[item.verdict];
  const readied = item.result?.readied;
  // Without the base's outcome it is not known whether it passed there.
  const why = readied?.problem ? '' : item.verdict === 'failed' && item.base === null ? '' : item.verdict === 'failed' && item.expect === 'failsThenPasses' ? '' : verdict.why;
  return (
    <li className="check-item" data-verdict={item.verdict}>
      <div className="check-head">
        <code className="literal check-command">{visibleText(item.command)}</code>
        <Sign tone={verdict.tone} shape={verdict.shape}>
          {verdict.word}
        </Sign>
      </div>
      {item.expect === 'failsThenPasses' && <p className="muted">Expected to fail on the base and pass after.</p>}
      {why !== '' && <p className="muted">{why}</p>}
      {readied !== undefined && <p className="muted">{visibleText(readiedInWords(readied))}</p>}
      <SideLine run={run} side="Base" outcome={item.base} open={open.includes('base')} switches={switchesTo === 'base'} line={base} onOpen={toggle('base')} />
      <SideLine run={run} side="Result" outcome={item.result} open={open.includes('result')} switches={switchesTo === 'result'} line={result} onOpen={toggle('result')} />
      {item.result !== null && item.result.kept.length > 0 && <KeptFiles runId={run.id} kept={item.result.kept} />}
    </li>
  );
};
