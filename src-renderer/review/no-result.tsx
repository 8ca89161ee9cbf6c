import { useEffect, useRef, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { useActions } from '../client/actions.ts';
import { endingOf } from '../client/ending.ts';
import { endedInSetup, useEnvironmentChange } from '../client/environment-changes.ts';
import { useFleet } from '../client/fleet-store.ts';
import { briefHref, goTo, useRoute, type Route } from '../client/route.ts';
import { signOf } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { CodedText } from '../ui/coded-text.tsx';
import { Empty } from '../ui/empty.tsx';
import { InfoIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { LastOutput } from './last-output.tsx';
import { useDecisions, type Decided } from './use-decisions.ts';

const WAIT: Readonly<Record<string, string>> = {
  preparing: 'The repository is being made ready. Changes appear here once the work begins.',
  settingUp: 'The environment is being set up. Changes appear here once the work begins.',
  sealing: 'Secrets and the internet are being taken away. Changes appear here once the work begins.',
  collecting: 'The work has ended; what it changed is being collected.',
  cancelling: 'The run is being stopped.',
};

/** A brief that was never launched, or is back in the backlog. */
export const NotStarted = ({ brief }: { readonly brief: Brief }): ReactElement => (
  <Empty title="Nothing to review yet" actions={<a className="button primary" href={briefHref(brief.id, 'brief')}>Go to the brief</a>}>
    The brief has not run. Launch it from its Brief tab, and its changes appear here while it works.
  </Empty>
);

/** A run on its way, before there is anything to look at. */
export const Waiting = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement => {
  const reason = useFleet((fleet) => fleet.waiting[run.id]?.message);
  const sign = signOf(run);
  return (
    <Empty title="Nothing to review yet" icon={<Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>} actions={<a className="button" href={briefHref(brief.id, 'activity')}>Watch the activity</a>}>
      {run.state.name === 'queued' ? visibleText(reason ?? 'It waits for its turn.') : WAIT[run.state.name]}
    </Empty>
  );
};

/** The script that setup ran, under what it printed last. */
const SetupScript = ({ run }: { readonly run: Run }): ReactElement | null => {
  const { setup } = run.order.environment;
  if (setup.trim() === '') return null;
  return (
    <section>
      <h3>The setup script, as it ran</h3>
      <pre className="text-box last-output mono literal" tabIndex={0} aria-label="Setup script">
        {setup.split('\n').map(visibleText).join('\n')}
      </pre>
    </section>
  );
};

interface NoResultProps {
  readonly brief: Brief;
  readonly run: Run;
  readonly onDecided: (how: Decided) => void;
  readonly onBack: () => void;
}

/** A run that ended without anything to look at: where, why, and what can be done. */
export const NoResult = ({ brief, run, onDecided, onBack }: NoResultProps): ReactElement => {
  const decisions = useDecisions({ brief, run, canLand: false, onLand: () => undefined, onTried: () => undefined, onDecided });
  const box = useRef<HTMLDivElement>(null);
  const inSetup = endedInSetup(run);
  const changed = useEnvironmentChange(run);
  const route = useRoute();
  const queue = route.place === 'brief' && route.queue === true;
  const log: Route = { place: 'brief', id: brief.id, tab: 'activity', run: brief.currentRun === run.id ? null : run.id, queue };
  const environment: Route = { place: 'project', id: run.projectId };
  const section = 'Review';
  useActions([
    { title: 'Open the log', section, keys: 'l', run: () => goTo(log) },
    { title: 'Open the environment', section, keys: 'e', also: 'setup image', run: () => goTo(environment) },
    { title: 'Go back', section, keys: 'u', run: onBack },
  ]);
  // The next Tab goes to what can be done here, whatever had the focus on the way.
  useEffect(() => {
    if (!document.activeElement?.closest('.page-tabs')) box.current?.focus({ preventScroll: true });
  }, []);
  const ending = endingOf(run);
  return (
    <div className="no-result" ref={box} tabIndex={-1}>
      <h2>{run.state.name === 'cancelled' ? 'Cancelled' : 'No result'}</h2>
      <p><CodedText text={visibleText(ending?.what ?? 'There is nothing to look at.')} /></p>
      {ending && <p className="muted"><CodedText text={visibleText(ending.next)} /></p>}
      {inSetup && changed !== null && (
        <p className="notice">
          <InfoIcon />
          <span className="grow">{changed} Running again uses the new one.</span>
        </p>
      )}
      <LastOutput run={run} />
      {inSetup && <SetupScript run={run} />}
      {hasEnded(run.state) && (
        <div className="row wrap">
          <Button aria-keyshortcuts="l" onClick={() => goTo(log)}>
            Log <kbd aria-hidden="true">L</kbd>
          </Button>
          <Button aria-keyshortcuts="e" onClick={() => goTo(environment)}>
            Environment <kbd aria-hidden="true">E</kbd>
          </Button>
          <span className="grow" />
          {decisions.backlog && (
            <Button aria-keyshortcuts="Shift+b" onClick={decisions.backlog}>
              Put into the backlog <kbd aria-hidden="true">⇧B</kbd>
            </Button>
          )}
          {decisions.close && (
            <Button aria-keyshortcuts="d" onClick={decisions.close}>
              Close brief <kbd aria-hidden="true">D</kbd>
            </Button>
          )}
          {decisions.runAgain && (
            <Button look="primary" disabled={decisions.busy} aria-keyshortcuts="Shift+r" onClick={() => decisions.runAgain?.()}>
              Run again <kbd aria-hidden="true">⇧R</kbd>
            </Button>
          )}
        </div>
      )}
    </div>
  );
};
