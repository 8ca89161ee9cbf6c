import { useEffect, useRef, useState, type ReactElement } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { RunId } from '../../src-main/contract/ids.ts';
import { faultOf } from '../client/fault-of.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { CloseIcon, TerminalIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { changeLogSettings, useLogSettings } from './log-settings.ts';
import { openShell } from './shell-session.ts';
import { createTerminal, shellTheme } from './shell-terminal.ts';
import './shell.css';

const LOWEST = 120;

interface ShellPaneProps {
  readonly runId: RunId;
  /** The container lives: a shell that has ended can be opened again. */
  readonly alive: boolean;
  /** Gives the keyboard back to where it was; the shell stays open. */
  readonly onLeave: () => void;
  readonly onClose: () => void;
}

type State = { readonly kind: 'opening' } | { readonly kind: 'open' } | { readonly kind: 'ended'; readonly exitCode: number | null } | { readonly kind: 'failed'; readonly fault: Fault };

/** A terminal in the run's container, at the bottom of the page. */
const ShellPane = ({ runId, alive, onLeave, onClose }: ShellPaneProps): ReactElement => {
  const height = useLogSettings((settings) => settings.shellHeight);
  const [state, setState] = useState<State>({ kind: 'opening' });
  const [attempt, setAttempt] = useState(0);
  const screen = useRef<HTMLDivElement>(null);
  const leave = useRef(onLeave);
  useEffect(() => {
    leave.current = onLeave;
  });

  useEffect(() => {
    const element = screen.current;
    if (!element) return undefined;
    const { terminal, fit, dispose } = createTerminal(element, () => leave.current());
    setState({ kind: 'opening' });
    const session = openShell(runId, {
      size: { columns: Math.max(2, terminal.cols), rows: Math.max(2, terminal.rows) },
      onOutput: (bytes) => new Promise((resolve) => terminal.write(bytes, resolve)),
      onOpen: () => setState({ kind: 'open' }),
      onEnd: (exitCode) => setState({ kind: 'ended', exitCode }),
      onFault: (error) => setState({ kind: 'failed', fault: faultOf(error) }),
    });
    const encoder = new TextEncoder();
    terminal.onData((text) => session.type(encoder.encode(text)));
    terminal.onBinary((text) => session.type(Uint8Array.from(text, (character) => character.charCodeAt(0))));
    terminal.onResize(({ cols, rows }) => session.resize(cols, rows));
    const observer = new ResizeObserver(fit);
    observer.observe(element);
    const theme = new MutationObserver(() => {
      terminal.options.theme = shellTheme();
    });
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    // What is not in sight is not drawn.
    element.parentElement?.scrollIntoView({ block: 'nearest' });
    terminal.focus();
    return () => {
      observer.disconnect();
      theme.disconnect();
      session.close();
      dispose();
    };
  }, [runId, attempt]);

  const resize = (to: number): void => changeLogSettings({ shellHeight: Math.round(Math.max(LOWEST, Math.min(window.innerHeight * 0.7, to))) });
  const words = { opening: 'opening…', open: '', ended: state.kind === 'ended' && state.exitCode !== null ? `ended with status ${state.exitCode}` : 'ended with its container', failed: 'not open' }[state.kind];
  const isOver = state.kind === 'ended' || state.kind === 'failed';
  return (
    <section className="shell" aria-label="Shell" style={{ height }}>
      <div
        className="shell-edge"
        role="separator"
        aria-orientation="horizontal"
        aria-label="Height of the shell"
        aria-valuenow={height}
        aria-valuemin={LOWEST}
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp') resize(height + 24);
          else if (event.key === 'ArrowDown') resize(height - 24);
          else return;
          event.preventDefault();
        }}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={(event) => {
          const pane = event.currentTarget.parentElement;
          if (event.currentTarget.hasPointerCapture(event.pointerId) && pane) resize(pane.getBoundingClientRect().bottom - event.clientY);
        }}
      />
      <header className="shell-head">
        <TerminalIcon /> <strong>Shell</strong>
        <span className="muted">in the run’s container</span>
        <span className="muted" role="status">
          {words}
        </span>
        <span className="grow" />
        {isOver && alive && <Button onClick={() => setAttempt(attempt + 1)}>Open again</Button>}
        <span className="muted shell-leave">
          <Keys presses={[['Esc'], ['Esc']]} /> back to the log
        </span>
        <Button look="icon" aria-label="Close shell" onClick={onClose}>
          <CloseIcon />
        </Button>
      </header>
      {state.kind === 'failed' && <FaultText fault={state.fault} />}
      {state.kind === 'ended' && !alive && <p className="hint shell-note">The container is gone. What a shell did there went with it, but for what the run collected.</p>}
      <div className="shell-screen" ref={screen} />
    </section>
  );
};

export default ShellPane;
