import { useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { failureInWords, modelInWords, nextStepOf, signOf, wouldLoseWork } from '../client/run-sign.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { PlayIcon, StopIcon } from '../ui/icons.tsx';
import { InternetSign } from '../ui/internet-sign.tsx';
import { Sign } from '../ui/sign.tsx';
import { showFault } from '../ui/toast.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { LogView } from './log-view.tsx';
import { Timeline } from './timeline.tsx';

const Stop = ({ run }: { readonly run: Run }): ReactElement => {
  const [asking, setAsking] = useState(false);
  const stop = (): void => {
    api.runs.cancel({ commandId: newCommandId(), runId: run.id }).then(takeRun, (error: unknown) => showFault(faultOf(error)));
  };
  return (
    <>
      <Button disabled={run.state.name === 'cancelling'} onClick={() => (wouldLoseWork(run) ? setAsking(true) : stop())}>
        <StopIcon /> Stop
      </Button>
      {asking && (
        <Confirm title="Stop this run?" action="Stop the run" onClose={() => setAsking(false)} onConfirm={stop}>
          What it has changed so far is lost. The brief and the log stay.
        </Confirm>
      )}
    </>
  );
};

const Retry = ({ run }: { readonly run: Run }): ReactElement => (
  <Button
    onClick={() => {
      api.runs.retry({ commandId: newCommandId(), runId: run.id }).then(takeRun, (error: unknown) => showFault(faultOf(error)));
    }}
  >
    <PlayIcon /> Retry
  </Button>
);

/** What a run does and did: its phases, its log, and the way to stop or repeat it. */
export const ActivityTab = ({ brief, run }: { readonly brief: Brief; readonly run: Run | undefined }): ReactElement => {
  if (!run) {
    return (
      <div className="empty">
        <h2>Not launched yet</h2>
        <p>Launch the brief, or drag its card to Queued: the phases and the live log appear here.</p>
      </div>
    );
  }
  const sign = signOf(run);
  const failure = failureInWords(run);
  const next = nextStepOf(run);
  const isCurrent = brief.currentRun === run.id || brief.currentRun === null;
  return (
    <div className="activity">
      <div className="activity-bar">
        <Sign tone={sign.tone} shape={sign.shape}>{sign.word}</Sign>
        <Timeline run={run} />
        <span className="grow" />
        <span className="muted tag">
          <InternetSign internet={run.order.text.runsWith.internet} /> · {modelInWords(run.order.text)}
        </span>
        {!hasEnded(run.state) && <Stop run={run} />}
        {hasEnded(run.state) && isCurrent && brief.decision === null && <Retry run={run} />}
      </div>
      {failure && (
        <div className="activity-failure" role="status">
          {visibleText(failure)} {next && <span className="muted">{next}</span>}
        </div>
      )}
      <LogView key={run.id} run={run} />
    </div>
  );
};
