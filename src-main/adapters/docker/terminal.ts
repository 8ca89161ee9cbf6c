import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { EngineFailure, type Terminal, type TerminalRequest, type TerminalSink } from '../../ports/container-engine.ts';
import { KEEP_ALIVE_MS } from './attach.ts';
import { requireEnded } from './end-of-output.ts';
import { withTimeout } from './engine-call.ts';
import { marked, onContainer, type EngineContext } from './engine-context.ts';
import { failureFrom } from './engine-fault.ts';
import { exec } from './exec.ts';

/** Marks the processes of one terminal: what is started in it inherits the variable. */
const MARK = 'DRYDOCK_TERMINAL';

/**
 * Hangs up on every process that carries the mark, and a second later kills what is left of them, again and again: what is
 * killed may have had a child a moment before. The engine goes on with a process whose client is gone, and tells its number only
 * as the host counts.
 */
const HANG_UP = `
each() {
  found=
  for entry in /proc/[0-9]*; do
    grep -qF -e "$2" "$entry/environ" 2>/dev/null && kill -s "$1" "\${entry#/proc/}" 2>/dev/null && found=1
  done
  [ -n "$found" ]
}
each HUP "$1" || exit 0
sleep 1
for again in 1 2 3 4 5 6 7 8 9 10; do each KILL "$1" || exit 0; done
`;

/**
 * Opens a terminal: its bytes come as they are, unframed. While the sink's promise is pending nothing is read, so that the
 * engine holds back what writes into the terminal.
 */
export const openTerminal = (context: EngineContext, name: string, request: TerminalRequest, sink: TerminalSink): Promise<Terminal> =>
  marked(context, 'openTerminal', async () => {
    const { callMs } = context.timeouts;
    const { user, workingDirectory, columns, rows } = request;
    const mark = `${MARK}=${randomBytes(12).toString('hex')}`;
    const process = await onContainer(context, 'openTerminal', name, (container, abortSignal) =>
      container.exec({
        Cmd: [...request.command],
        User: user,
        WorkingDir: workingDirectory,
        Env: [...Object.entries(request.environment).map(([key, value]) => `${key}=${value}`), mark],
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        Tty: true,
        abortSignal,
      }),
    );
    const look = (): ReturnType<typeof process.inspect> =>
      withTimeout('openTerminal', callMs, { container: name }, (abortSignal) => process.inspect({ abortSignal }));
    const socket: Duplex = await withTimeout('openTerminal', callMs, { container: name }, (signal) =>
      context.link.upgrade(`/exec/${process.id}/start`, { Detach: false, Tty: true }, signal),
    );
    if ('setKeepAlive' in socket && typeof socket.setKeepAlive === 'function') socket.setKeepAlive(true, KEEP_ALIVE_MS);
    // What breaks shows in the reading below.
    socket.on('error', () => {});
    let closing: Promise<void> | null = null;
    let hasEnded = false;

    const carry = async (): Promise<number | null> => {
      try {
        for await (const bytes of socket as AsyncIterable<Buffer>) {
          const taken = sink(bytes);
          if (taken !== undefined) await taken;
        }
        if (closing !== null) return null;
        let last = await look();
        await requireEnded(async () => !last.Running || !(last = await look()).Running, `a terminal in ${name}`);
        if (last.ExitCode === null) throw new EngineFailure({ kind: 'unavailable', message: `the engine lost a terminal in ${name}` });
        return last.ExitCode;
      } catch (error) {
        if (closing !== null) return null;
        throw failureFrom(error, { container: name });
      } finally {
        hasEnded = true;
        socket.destroy();
      }
    };
    const ended = carry();
    ended.catch(() => {});

    const resize = async (toColumns: number, toRows: number): Promise<void> => {
      if (hasEnded) return;
      try {
        await withTimeout('openTerminal', callMs, { container: name }, (abortSignal) => process.resize({ w: toColumns, h: toRows, abortSignal }));
      } catch (error) {
        // The engine refuses what has ended a moment ago, each version in words of its own.
        if (!hasEnded && (await look()).Running) throw error;
      }
    };

    const hangUp = async (): Promise<void> => {
      const before = hasEnded;
      socket.destroy();
      if (before) return;
      await exec(context, name, { command: ['/bin/sh', '-c', HANG_UP, 'drydock', mark], user, workingDirectory: '/', environment: {} }, () => {}).catch(() => {
        // The container is gone, or has no shell: with the connection closed nothing else can be done.
      });
    };

    await resize(columns, rows);
    return {
      write: (bytes) =>
        new Promise((resolve) => {
          if (hasEnded || socket.destroyed) resolve();
          else socket.write(bytes, () => resolve());
        }),
      resize,
      close: () => (closing ??= hangUp()),
      ended,
    };
  });
