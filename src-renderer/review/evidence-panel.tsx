import type { ReactElement } from 'react';
import type { CheckOutcome, Evidence, Finding, Verdict } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { duration } from '../ui/format.ts';
import { Sign, type Shape, type Tone } from '../ui/sign.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const VERDICT: Readonly<Record<Verdict, { readonly tone: Tone; readonly shape: Shape; readonly word: string }>> = {
  passed: { tone: 'green', shape: 'check', word: 'passed' },
  failed: { tone: 'red', shape: 'cross', word: 'failed' },
  alreadyFailing: { tone: 'amber', shape: 'cross', word: 'fails, as on base' },
  didNotFailOnBase: { tone: 'red', shape: 'cross', word: 'did not fail on base' },
  broken: { tone: 'red', shape: 'cross', word: 'could not run' },
  notRun: { tone: 'grey', shape: 'circle', word: 'not checked' },
};

const endOf = (outcome: CheckOutcome | null): string => {
  if (outcome === null) return 'not run';
  if (outcome.timedOut) return `timed out after ${duration(outcome.durationMs)}`;
  return `status ${outcome.exitCode ?? '?'}, ${duration(outcome.durationMs)}`;
};

const Checks = ({ evidence, isWhole }: { readonly evidence: Evidence | null; readonly isWhole: boolean }): ReactElement => {
  if (evidence === null) return <p className="muted">Looking…</p>;
  if (evidence.items.length === 0) return <p className="muted">The brief has no checks: only your eyes judge this result.</p>;
  return (
    <>
      {!evidence.checked && (
        <p className="not-checked" role="status">
          <Sign tone="grey" shape="circle">Not checked.</Sign> {isWhole ? 'The checks have not run on this result.' : 'The checks ran on the whole result; this selection is another one.'}
        </p>
      )}
      <ul className="stack">
        {evidence.items.map((item) => {
          const verdict = VERDICT[item.verdict];
          return (
            <li key={item.check} className="check-item" data-verdict={item.verdict}>
              <code className="literal">{visibleText(item.command)}</code>
              <Sign tone={verdict.tone} shape={verdict.shape}>{verdict.word}</Sign>
              <dl>
                <dt>base</dt>
                <dd>{endOf(item.base)}</dd>
                <dt>result</dt>
                <dd>{endOf(item.result)}</dd>
              </dl>
            </li>
          );
        })}
      </ul>
    </>
  );
};

interface EvidencePanelProps {
  readonly run: Run;
  readonly evidence: Evidence | null;
  readonly findings: readonly Finding[];
  readonly onPath: (path: string) => void;
}

/** What speaks for the result and against it, beside the diff. */
export const EvidencePanel = ({ run, evidence, findings, onPath }: EvidencePanelProps): ReactElement => {
  const turn = run.turns.at(-1);
  const { criteria } = run.order.text;
  return (
    <aside className="evidence" aria-label="Evidence">
      <section>
        <h2>Checks</h2>
        <Checks evidence={evidence} isWhole={run.excluded.length === 0} />
      </section>
      {findings.length > 0 && (
        <section>
          <h2>Findings</h2>
          <ul className="stack">
            {findings.map((finding, index) => (
              <li key={index} className="finding">
                {finding.path === null ? (
                  visibleText(finding.message)
                ) : (
                  <button type="button" onClick={() => finding.path !== null && onPath(finding.path)}>{visibleText(finding.message)}</button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {criteria.length > 0 && (
        <section>
          <h2>For you to judge</h2>
          <ul className="stack">
            {criteria.map((criterion) => <li key={criterion}>{visibleText(criterion)}</li>)}
          </ul>
        </section>
      )}
      <section className="muted facts">
        {turn?.base && <p>From {visibleText(turn.base.description)}</p>}
        {turn?.base?.notes.map((note) => <p key={note}>{visibleText(note)}</p>)}
        {turn?.work && <p>The command ended with status {turn.work.exitCode}.</p>}
      </section>
    </aside>
  );
};
