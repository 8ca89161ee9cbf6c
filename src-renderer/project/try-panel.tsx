import type { ComponentType, ReactElement, ReactNode } from 'react';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import type { SetupTry } from '../../src-main/contract/setup-try.ts';
import { useActions } from '../client/actions.ts';
import { AWAY, useAway } from '../client/connection.ts';
import { Button } from '../ui/button.tsx';
import { StopIcon } from '../ui/icons.tsx';
import { Sign } from '../ui/sign.tsx';
import { TryFailure } from './try-failure.tsx';
import { hasMade, tryState } from './try-state.ts';
import type { TriedSetup } from './use-setup-try.ts';

/** What shows a run's phases, receipt, log and shell; of another screen, so handed in by who knows both. */
export type RunStream = ComponentType<{
  readonly run: Run;
  /** There is a container for a shell. */
  readonly alive: boolean;
  readonly head: (shell: ReactNode) => ReactNode;
}>;

interface TryPanelProps extends TriedSetup {
  readonly tried: SetupTry;
  readonly project: Project;
  /** What the form says. */
  readonly environment: Environment;
  readonly stream: RunStream;
}

/** An environment that is tried: its state, what it means, its log, and a shell in it. */
export const TryPanel = ({ tried, project, environment, stream: Stream, isGoing, busy, stop, end }: TryPanelProps): ReactElement => {
  const { run, failure } = tried;
  const { tone, shape, word, hint } = tryState(tried, project.environment, environment);
  const isSealed = run.state.name === 'reviewable';
  const away = useAway();
  const held = { disabled: busy || away, title: away ? AWAY : undefined };
  const isStopping = run.state.name === 'cancelling';
  useActions(away ? [] : isGoing ? [{ title: 'Stop trying the environment', section: 'Environment', also: 'cancel', run: stop }] : [{ title: isSealed ? 'Keep what was sealed' : 'Close the try', section: 'Environment', run: () => end(true) }]);
  const head = (shell: ReactNode): ReactNode => (
    <>
      <div className="try-head">
        <h2 className="try-title">Try</h2>
        <span role="status" data-testid="try-state">
          <Sign tone={tone} shape={shape}>{word}</Sign>
        </span>
        <span className="row try-deeds">
          {shell}
          {isGoing ? (
            <Button {...held} disabled={held.disabled || isStopping} onClick={stop}>
              <StopIcon /> {isStopping ? 'Stopping…' : 'Stop'}
            </Button>
          ) : (
            <>
              {hasMade(tried) && <Button {...held} onClick={() => end(false)}>Discard</Button>}
              <Button {...held} onClick={() => end(true)}>{hasMade(tried) ? 'Keep' : 'Close'}</Button>
            </>
          )}
        </span>
        {hint !== '' && <p className="muted try-hint">{hint}</p>}
      </div>
      {failure && <TryFailure failure={failure} />}
    </>
  );
  return (
    <section className="try-panel" aria-label="Try">
      <Stream key={run.id} run={run} alive={run.state.name === 'settingUp' || isSealed} head={head} />
    </section>
  );
};
