import { EngineFailure, type ExecRequest, type ExitFacts, type OutputSink } from '../../ports/container-engine.ts';
import { LogFailure } from '../../ports/log-store.ts';
import { requireEnded } from './end-of-output.ts';
import { withTimeout } from './engine-call.ts';
import { marked, onContainer, type EngineContext } from './engine-context.ts';
import { failureFrom } from './engine-fault.ts';
import { inspect } from './inspect.ts';
import { pump } from './output-pump.ts';

/**
 * Runs one more process in a running container, to its end. The engine cannot end such a process: when the signal
 * aborts, the call lets go and rejects with the signal's reason, and the process goes on until its container stops.
 */
export const exec = (context: EngineContext, name: string, request: ExecRequest, sink: OutputSink): Promise<ExitFacts> =>
  marked(context, 'exec', async () => {
    const { signal } = request;
    const { callMs } = context.timeouts;
    signal?.throwIfAborted();
    const process = await onContainer(context, 'exec', name, (container, abortSignal) =>
      container.exec({
        Cmd: [...request.command],
        User: request.user,
        WorkingDir: request.workingDirectory,
        Env: Object.entries(request.environment).map(([key, value]) => `${key}=${value}`),
        AttachStdin: false,
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
        abortSignal,
      }),
    );
    const output = await withTimeout('exec', callMs, { container: name }, (abortSignal) =>
      context.link.upgrade(`/exec/${process.id}/start`, { Detach: false, Tty: false }, abortSignal),
    );
    const stop = (): void => void output.destroy();
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
    try {
      await pump(output, sink);
      const look = (): ReturnType<typeof process.inspect> =>
        withTimeout('exec', callMs, { container: name }, (abortSignal) => process.inspect({ abortSignal }));
      let last = await look();
      await requireEnded(async () => !last.Running || !(last = await look()).Running, `a process in ${name}`);
      if (last.ExitCode === null) throw new EngineFailure({ kind: 'unavailable', message: `the engine lost a process in ${name}` });
      // The engine notes the out-of-memory killer for the container as a whole; 137 is its mark on a process.
      const outOfMemory = last.ExitCode === 137 && ((await inspect(context, name))?.exit?.outOfMemory ?? false);
      return { exitCode: last.ExitCode, outOfMemory };
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof LogFailure) throw error;
      throw failureFrom(error, { container: name });
    } finally {
      signal?.removeEventListener('abort', stop);
      output.destroy();
    }
  });
