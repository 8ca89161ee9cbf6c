import type { RunId, ShellId } from '../../contract/ids.ts';
import type { ShellEvent } from '../../contract/live.ts';
import type { Run } from '../../contract/run.ts';
import { AGENT_USER, containerName, WORKSPACE } from '../../domain/container-spec.ts';
import type { Terminal } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { createByteChannel } from '../live/byte-channel.ts';
import { DONE, type Nothing } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireEngine, requireRun } from '../require.ts';

/** Shells open at once, over all runs. */
const MOST_SHELLS = 8;
/** Typed bytes that may wait for a program that does not read. */
const MOST_UNREAD = 2 ** 20;

/** In the working directory, where it is still there; bash where the image has it. */
const SHELL = `cd "$1" 2>/dev/null || cd ${WORKSPACE} 2>/dev/null || cd /
if command -v bash >/dev/null 2>&1; then exec bash -i; else exec /bin/sh -i; fi`;

interface OpenShell {
  readonly terminal: Terminal;
  unread: number;
}

/** Shells in the containers of runs, each as long as its listener and its container. */
export interface Shells {
  open(input: { runId: RunId; columns: number; rows: number }, signal: AbortSignal): AsyncGenerator<ShellEvent, void>;
  type(input: { shell: ShellId; bytes: string }): Nothing;
  resize(input: { shell: ShellId; columns: number; rows: number }): Promise<Nothing>;
  /** Closes every shell. */
  dispose(): Promise<void>;
}

/** The container that a run's phase works in; null: the phase has none, or not yet. */
const containerOf = (run: Run): string | null => {
  switch (run.state.name) {
    case 'settingUp':
      return containerName(run.id, run.turns.length, 'setup');
    case 'working':
    case 'checking':
      return run.state.container;
    default:
      return null;
  }
};

export const createShells = ({ store, engines, clock, ids }: Pick<Deps, 'store' | 'engines' | 'clock' | 'ids'>): Shells => {
  const shells = new Map<ShellId, OpenShell>();
  /** Everything that is being closed: the service waits for it before it lets go of the engine. */
  const closing = new Set<Promise<void>>();
  const disposing = new AbortController();
  let count = 0;

  const close = (terminal: Terminal): void => {
    const closed = terminal.close().finally(() => closing.delete(closed));
    closing.add(closed);
  };

  const requireShell = (id: ShellId): OpenShell =>
    shells.get(id) ?? refuse('notFound', 'This shell is closed.', 'Open a new one while the run has a container.');

  const openTerminal = async (input: { runId: RunId; columns: number; rows: number }, sink: (bytes: Uint8Array) => Promise<void>): Promise<Terminal> => {
    const run = requireRun(store, input.runId);
    const engine = requireEngine(engines);
    const container = containerOf(run);
    const facts = container === null ? null : await engine.inspect(container);
    if (container === null || facts?.state !== 'running') {
      return refuse('refusedByState', 'This run has no running container right now.', 'Open a shell while it is being set up, works or is checked.');
    }
    const folder = run.order.text.scope.workingDirectory;
    return engine.openTerminal(
      facts.id,
      {
        command: ['/bin/sh', '-c', SHELL, 'drydock', folder === '' ? WORKSPACE : `${WORKSPACE}/${folder}`],
        user: AGENT_USER,
        workingDirectory: '/',
        environment: { TERM: 'xterm-256color' },
        columns: input.columns,
        rows: input.rows,
      },
      sink,
    );
  };

  async function* open(input: { runId: RunId; columns: number; rows: number }, listener: AbortSignal): AsyncGenerator<ShellEvent, void> {
    if (count >= MOST_SHELLS) refuse('refusedByState', `${MOST_SHELLS} shells are open already.`, 'Close one of them.');
    const signal = AbortSignal.any([listener, disposing.signal]);
    const id = `shl_${ids.random()}` as ShellId;
    const channel = createByteChannel(clock);
    count += 1;
    let isOver = false;
    let terminal: Terminal | null = null;
    // A generator that waits for its reader does not see the signal.
    const letGo = (): void => {
      channel.drop();
      shells.delete(id);
      if (terminal !== null) close(terminal);
      if (!isOver) count -= 1;
      isOver = true;
    };
    signal.addEventListener('abort', letGo);
    try {
      terminal = await openTerminal(input, (bytes) => channel.push(bytes));
      if (signal.aborted) return;
      shells.set(id, { terminal, unread: 0 });
      const ended = terminal.ended.catch(() => null).finally(() => channel.end());
      yield { kind: 'opened', shell: id };
      for await (const piece of channel.pieces(signal)) yield { kind: 'output', bytes: piece.toString('base64') };
      if (signal.aborted) return;
      const exitCode = await ended;
      // The last event may never be asked for the next one.
      letGo();
      yield { kind: 'ended', exitCode };
    } finally {
      signal.removeEventListener('abort', letGo);
      letGo();
    }
  }

  return {
    open,
    type: ({ shell, bytes }) => {
      const known = requireShell(shell);
      const typed = Buffer.from(bytes, 'base64');
      if (known.unread + typed.length > MOST_UNREAD) refuse('refusedByState', 'The program in this shell does not read what is typed.', 'Wait for it, or close the shell.');
      known.unread += typed.length;
      // Not waited for: a program that reads nothing would hold the call for ever.
      void known.terminal.write(typed).finally(() => (known.unread -= typed.length));
      return DONE;
    },
    resize: async ({ shell, columns, rows }) => {
      await requireShell(shell).terminal.resize(columns, rows);
      return DONE;
    },
    dispose: async () => {
      disposing.abort();
      await Promise.allSettled([...closing]);
    },
  };
};
