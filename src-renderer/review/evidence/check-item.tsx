import { useState, type ReactElement } from 'react';
import type { CheckOutcome, EvidenceItem, Verdict } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { duration } from '../../ui/format.ts';
import { ChevronDownIcon, ChevronRightIcon } from '../../ui/icons.tsx';
import { Sign, type Shape, type Tone } from '../../ui/sign.tsx';
import { CheckOutput } from './check-output.tsx';
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

const SideLine = ({ run, side, outcome }: { readonly run: Run; readonly side: string; readonly outcome: CheckOutcome | null }): ReactElement => {
  const [open, setOpen] = useState(false);
  const name = <span className="check-side">{side}</span>;
  if (outcome === null) return <p className="check-line muted">{name} not run</p>;
  return (
    <>
      <button type="button" className="check-line" aria-expanded={open} aria-label={`Output on the ${side.toLowerCase()}: ${endOf(outcome)}`} onClick={() => setOpen(!open)}>
        {name} <span className="grow">{endOf(outcome)}</span>
        {open ? <ChevronDownIcon size={12} /> : <ChevronRightIcon size={12} />}
      </button>
      {open && <CheckOutput runId={run.id} turn={run.turns.length} outcome={outcome} />}
    </>
  );
};

/** One check: its command, what both sides together say, and how it ended on each. */
export const CheckItem = ({ run, item }: { readonly run: Run; readonly item: EvidenceItem }): ReactElement => {
  const verdict = VERDICT[item.verdict];
  // Without the base's outcome it is not known whether it passed there.
  const why = item.verdict === 'failed' && item.base === null ? '' : item.verdict === 'failed' && item.expect === 'failsThenPasses' ? '' : verdict.why;
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
      <SideLine run={run} side="Base" outcome={item.base} />
      <SideLine run={run} side="Result" outcome={item.result} />
      {item.result !== null && item.result.kept.length > 0 && <KeptFiles runId={run.id} kept={item.result.kept} />}
    </li>
  );
};
