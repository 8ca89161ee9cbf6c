import type { ReactElement } from 'react';
import type { Overlap } from '../../../src-main/contract/fleet.ts';
import type { RunBaseNow } from '../../../src-main/contract/endpoints.ts';
import type { Evidence, FileChange, Verdict } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { useBrief } from '../../client/fleet-store.ts';
import { titleOf } from '../../client/run-sign.ts';
import { count } from '../../ui/format.ts';
import { Button } from '../../ui/button.tsx';
import { OverlapIcon } from '../../ui/icons.tsx';
import { Sign } from '../../ui/sign.tsx';
import { BaseMoved } from '../base-moved.tsx';
import { checksInWords } from '../../client/checks-in-words.ts';
import { overlapTone, sharedInWords } from '../../client/overlap-words.ts';
import { hasExclusion } from '../selection.ts';
import { LookFacts } from './look-facts.tsx';
import { useLeftOut } from './use-left-out.ts';

const AGAINST: Readonly<Partial<Record<Verdict, string>>> = { failed: 'failed', didNotFailOnBase: 'did not fail on the base', broken: 'could not run', alreadyFailing: 'fails, as on the base', notRun: 'not run' };

/** One sentence, true of exactly what lands: whether there are checks, and whether they ran on this tree or on one it is made of. */
const CheckFact = ({ run, evidence, mergedWith }: { readonly run: Run; readonly evidence: Evidence; readonly mergedWith: string | null }): ReactElement => {
  const { items, checked } = evidence;
  const total = run.order.text.checks.length;
  if (total === 0) return <p className="muted">The brief has no checks: only your eyes judged this.</p>;
  if (!checked) {
    return (
      <p>
        <Sign tone="amber" shape="circle">
          Not checked.
        </Sign>{' '}
        {hasExclusion(run) ? 'The checks ran on the whole result, not on this selection.' : 'The checks have not run on this result.'}
      </p>
    );
  }
  const against = items.filter(({ verdict }) => verdict in AGAINST);
  const without = mergedWith === null ? '' : ` before it is merged with ${visibleText(mergedWith)}`;
  if (against.length === 0) return <Sign tone="green" shape="check">{count(total, 'check')} passed on {without === '' ? 'exactly this' : `the selection,${without}`}</Sign>;
  const { tone, shape, words } = checksInWords(evidence, total);
  return (
    <>
      <Sign tone={tone} shape={shape}>
        {words}
      </Sign>
      {mergedWith !== null && <p className="muted">The checks ran on the selection alone, not on what it becomes with {visibleText(mergedWith)}.</p>}
      <ul>
        {against.map(({ check, command, verdict }) => (
          <li key={check}>
            <code className="literal">{visibleText(command)}</code> <span className="muted">{AGAINST[verdict]}</span>
          </li>
        ))}
      </ul>
    </>
  );
};

interface OverlapFactProps {
  readonly overlap: Overlap;
  /** Lands onto the branch that the other was landed on; null: not offered. */
  readonly onOnto: ((branch: string) => void) | null;
}

const OverlapFact = ({ overlap, onOnto }: OverlapFactProps): ReactElement => {
  const { landedOn } = overlap;
  const other = useBrief(overlap.briefId);
  return (
    <p>
      <span className={`tag tone-${overlapTone(overlap)}`}>
        <OverlapIcon size={12} /> {overlap.kind === 'files' ? 'Overlaps' : 'May overlap'} #{overlap.number}
      </span>{' '}
      {other && <span className="literal">{visibleText(titleOf(other.text))}: </span>}
      <span className="literal">{sharedInWords(overlap)}.</span>
      {landedOn !== undefined && onOnto && (
        <>
          {' '}
          <Button
            className="small"
            onClick={(event) => {
              // The button goes with what it says; the list that it has set is where to go on from.
              event.currentTarget.closest('dialog')?.querySelector<HTMLElement>('[name=onto]')?.focus();
              onOnto(landedOn);
            }}
          >
            Start from {visibleText(landedOn)}
          </Button>
        </>
      )}
    </p>
  );
};

/** Briefs it meets that are named here; all of them are in the brief. */
const MET = 3;

interface LandFactsProps {
  readonly run: Run;
  readonly files: readonly FileChange[];
  readonly evidence: Evidence | null;
  readonly baseNow: RunBaseNow | null;
  /** What it is merged with as it lands; null: it lands as it is. */
  readonly mergedWith: string | null;
  /** Whom what is selected meets, the gravest first; and those of them that are landed where this is not going to. */
  readonly overlaps: readonly Overlap[];
  readonly elsewhere: readonly Overlap[];
  readonly onOnto: (branch: string) => void;
}

/** What a person should have before their eyes when they land: what the checks say of exactly this, what was found, what was not looked at, what is left out, whom it meets. */
export const LandFacts = ({ run, files, evidence, baseNow, mergedWith, overlaps, elsewhere, onOnto }: LandFactsProps): ReactElement => {
  const left = useLeftOut(run, files);
  return (
    <div className="land-facts" data-testid="land-facts">
      {evidence && <CheckFact run={run} evidence={evidence} mergedWith={mergedWith} />}
      <LookFacts run={run} files={files} />
      <BaseMoved now={baseNow} />
      {left !== '' && (
        <p>
          <span className="muted">Left out:</span> <span className="literal">{left}</span>
        </p>
      )}
      {overlaps.slice(0, MET).map((overlap) => (
        <OverlapFact key={`${overlap.briefId}${overlap.kind}`} overlap={overlap} onOnto={elsewhere.includes(overlap) ? onOnto : null} />
      ))}
      {overlaps.length > MET && <p className="muted">and {overlaps.length - MET} more</p>}
    </div>
  );
};
