import { lazy, Suspense, useRef, useState, type ReactElement } from 'react';
import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { useActions } from '../client/actions.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { TerminalIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LogView, type LogHandle } from './log-view.tsx';
import { RunHead } from './run-head.tsx';
import { Timeline } from './timeline.tsx';
import './run.css';

// A terminal is large, and few look into a container.
const ShellPane = lazy(() => import('./shell-pane.tsx'));

/** Whether the run has a container that a shell can be opened in. */
const hasContainer = ({ state }: Run): boolean => state.name === 'settingUp' || ((state.name === 'working' || state.name === 'checking') && state.container !== null);

const ShellButton = ({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }): ReactElement => {
  useActions([{ title: open ? 'Go to the shell' : 'Open a shell in the container', section: 'Activity', keys: 't', also: 'terminal', run: onToggle }]);
  return (
    <Button aria-expanded={open} data-shell-button onClick={onToggle}>
      <TerminalIcon /> Shell <Keys presses={[['T']]} />
    </Button>
  );
};

const Activity = ({ brief, run }: { readonly brief: Brief; readonly run: Run }): ReactElement => {
  const [shell, setShell] = useState(false);
  const log = useRef<LogHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const alive = hasContainer(run);
  const toLog = (): void => root.current?.querySelector<HTMLElement>('.log-box')?.focus();
  const toggle = (): void => {
    if (shell) root.current?.querySelector<HTMLElement>('.xterm-helper-textarea')?.focus();
    else setShell(true);
  };
  return (
    <div className="activity" ref={root}>
      <RunHead brief={brief} run={run}>
        {(alive || shell) && <ShellButton open={shell} onToggle={toggle} />}
      </RunHead>
      <Timeline run={run} onPhase={(phase) => log.current?.showPhase(phase)} />
      <LogView run={run} ref={log} />
      {shell && (
        <Suspense fallback={<Skeleton lines={3} label="Opening the shell" />}>
          <ShellPane
            runId={run.id}
            alive={alive}
            onLeave={toLog}
            onClose={() => {
              setShell(false);
              toLog();
            }}
          />
        </Suspense>
      )}
    </div>
  );
};

/** What a run does and did: its state, its phases, its log, and a shell where it works. */
export const ActivityTab = ({ brief, run }: { readonly brief: Brief; readonly run: Run | undefined }): ReactElement =>
  run ? (
    <Activity key={run.id} brief={brief} run={run} />
  ) : (
    <Empty title="Not launched yet">Launch the brief, or drag its card to Queued: the phases and the live log appear here.</Empty>
  );
