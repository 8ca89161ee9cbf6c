import type { ReactElement } from 'react';
import type { Evidence, EvidenceItem } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { hasEnded } from '../../../src-main/domain/columns.ts';
import { recheckOf, waitsForRecheck } from '../../../src-main/domain/recheck.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { reasonInWords } from '../../../src-main/domain/words.ts';
import { useFleet } from '../../client/fleet-store.ts';
import { hasChangedNothing } from '../../client/run-sign.ts';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { PlayIcon } from '../../ui/icons.tsx';
import { Sign } from '../../ui/sign.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { checkSelection } from '../run-commands.ts';
import { hasExclusion } from '../selection.ts';
import { CheckItem } from './check-item.tsx';

/** Why the checks cannot be run now, or null. */
export const cannotCheck = (run: Run, engineIsUp: boolean): string | null => {
  if (run.order.text.checks.length === 0) return 'The brief has no checks.';
  if (!hasEnded(run.state)) return 'The run is not done yet.';
  if (run.state.name === 'cancelled') return 'A run that was cancelled cannot be checked.';
  return engineIsUp ? null : 'The checks need the container engine, which is not answering. Reading works without it.';
};

const Working = ({ run, evidence }: { readonly run: Run; readonly evidence: Evidence | null }): ReactElement => {
  const done = evidence?.items.filter((item) => item.result !== null).length ?? 0;
  const all = run.order.text.checks.length;
  return (
    <p className="not-checked" role="status">
      <Sign tone="accent" shape="play">
        {waitsForRecheck(run) ? 'Waiting for a slot' : `Checking: ${done} of ${count(all, 'check')} done`}
      </Sign>
      <progress max={all} value={done} aria-label="Checks done" />
    </p>
  );
};

interface ChecksProps {
  readonly run: Run;
  readonly evidence: Evidence | null;
  /** Asked for, and not begun yet. */
  readonly isAsked: boolean;
  /** The check that speaks against the result, and whether somebody wants to be taken to it. */
  readonly failing: EvidenceItem | null;
  readonly wanted: boolean;
  readonly onArrived: () => void;
}

/** What the brief's own checks say about exactly what is selected. */
export const Checks = ({ run, evidence, isAsked, failing, wanted, onArrived }: ChecksProps): ReactElement => {
  const engineIsUp = useFleet((fleet) => fleet.engine.state === 'up');
  const problem = run.turns.at(-1)?.checkProblem;
  if (run.order.text.checks.length === 0) return <p className="muted">The brief has no checks{hasChangedNothing(run) ? ', and nothing was changed: there is nothing to judge' : ': only your eyes judge this result'}.</p>;
  const working = recheckOf(run.state) !== null || run.state.name === 'checking';
  const cannot = cannotCheck(run, engineIsUp);
  return (
    <>
      {working && <Working run={run} evidence={evidence} />}
      {isAsked && !working && (
        <p className="not-checked" role="status">
          <Sign tone="accent" shape="play">
            Checking…
          </Sign>
        </p>
      )}
      {evidence === null && !isAsked && <Skeleton lines={3} label="Looking for the evidence" />}
      {evidence && !evidence.checked && !working && !isAsked && (
        <div className="not-checked" role="status">
          <p>
            <Sign tone="grey" shape="circle">
              Not checked.
            </Sign>{' '}
            {hasExclusion(run) ? 'The checks ran on the whole result; this selection is another one.' : 'The checks have not run on this result.'}
          </p>
          {problem && <p className="tone-red">The last time they broke off: {visibleText(reasonInWords(problem))}</p>}
          <Button disabled={cannot !== null} aria-keyshortcuts="r" onClick={() => void checkSelection(run)}>
            <PlayIcon size={12} /> Run the checks on this <kbd aria-hidden="true">R</kbd>
          </Button>
          {cannot !== null && <p className="muted">{cannot}</p>}
        </div>
      )}
      <ul className="stack">{evidence?.items.map((item) => <CheckItem key={item.check} run={run} item={item} failing={item === failing} wanted={wanted && item === failing} onArrived={onArrived} />)}</ul>
    </>
  );
};
