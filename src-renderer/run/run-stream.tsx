import { lazy, Suspense, useRef, useState, type ReactElement, type ReactNode } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { useActions } from '../client/actions.ts';
import { loadPart } from '../client/load-part.ts';
import { receiptOf } from '../client/receipt-of.ts';
import { Button } from '../ui/button.tsx';
import { TerminalIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { SealReceipt } from '../ui/seal-receipt.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { LogView, type LogHandle } from './log-view.tsx';
import { Timeline } from './timeline.tsx';
import './run.css';

// A terminal is large, and few look into a container.
const ShellPane = lazy(() => loadPart(() => import('./shell-pane.tsx')));

const ShellButton = ({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }): ReactElement => {
  useActions([{ title: open ? 'Go to the shell' : 'Open a shell in the container', section: 'Activity', keys: 't', also: 'terminal', run: onToggle }]);
  return (
    <Button aria-expanded={open} data-shell-button onClick={onToggle}>
      <TerminalIcon /> Shell <Keys presses={[['T']]} />
    </Button>
  );
};

interface RunStreamProps {
  readonly run: Run;
  /** There is a container for a shell. */
  readonly alive: boolean;
  /** What stands above it, given the button for the shell. */
  readonly head: (shell: ReactNode) => ReactNode;
}

/** What a run does and did: its phases, its receipt, its log, and a shell in its container. */
export const RunStream = ({ run, alive, head }: RunStreamProps): ReactElement => {
  const [shell, setShell] = useState(false);
  const log = useRef<LogHandle>(null);
  const root = useRef<HTMLDivElement>(null);
  const receipt = receiptOf(run);
  const toLog = (): void => root.current?.querySelector<HTMLElement>('.log-box')?.focus();
  const toggle = (): void => {
    if (shell) root.current?.querySelector<HTMLElement>('.xterm-helper-textarea')?.focus();
    else setShell(true);
  };
  return (
    <div className="activity" ref={root}>
      {head((alive || shell) && <ShellButton open={shell} onToggle={toggle} />)}
      <Timeline run={run} onPhase={(phase) => log.current?.showPhase(phase)} />
      {receipt && <SealReceipt receipt={receipt} />}
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
