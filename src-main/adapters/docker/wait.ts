import type { Readable } from 'node:stream';
import { EngineFailure, type ExitFacts } from '../../ports/container-engine.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { failureFrom } from './engine-fault.ts';
import { requireContainerName } from './engine-names.ts';
import { inspect, requireContainer } from './inspect.ts';

/**
 * Opens the engine's wait. It answers its headers once it watches, its body at the end. Not for the condition
 * not-running: a container that has not been started satisfies it.
 */
const openWait = (context: EngineContext, id: string): Promise<Readable> =>
  withTimeout('wait', context.timeouts.callMs, { container: id }, (signal) =>
    context.link.open('POST', `/containers/${id}/wait?condition=next-exit`, signal),
  );

const exitCodeIn = async (answer: Readable): Promise<number> => {
  const said: Buffer[] = [];
  for await (const bytes of answer as AsyncIterable<Buffer>) said.push(bytes);
  const body: unknown = JSON.parse(Buffer.concat(said).toString());
  if (typeof body === 'object' && body !== null && 'StatusCode' in body && typeof body.StatusCode === 'number') return body.StatusCode;
  throw new EngineFailure({ kind: 'refused', message: 'the engine told the end of a container without its exit code' });
};

/**
 * Watches once. null: the engine told an end that was none. It does so, rarely, of a container that is started at that very
 * moment, with status 0; only a description that says ended is believed.
 */
const watchOnce = async (context: EngineContext, name: string, signal: AbortSignal | undefined): Promise<ExitFacts | null> => {
  const answer = await openWait(context, requireContainerName(name));
  const stop = (): void => void answer.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    // It may have ended before the engine began to watch.
    const found = await requireContainer(context, name);
    if (found.exit !== null) return found.exit;
    const exitCode = await exitCodeIn(answer);
    const last = await inspect(context, found.id);
    if (last !== null) return last.exit;
    // Removed at once after its end: the engine's answer is all there is, unless it never ran.
    if (found.state === 'created') throw new EngineFailure({ kind: 'noSuchContainer', name });
    return { exitCode, outOfMemory: false };
  } finally {
    signal?.removeEventListener('abort', stop);
    answer.destroy();
  }
};

/**
 * Resolves when the container has ended; at once when it has already. A container that was not started yet is waited
 * for too. Rejects with the signal's reason when it aborts.
 */
export const wait = async (context: EngineContext, name: string, signal?: AbortSignal): Promise<ExitFacts> => {
  signal?.throwIfAborted();
  try {
    for (;;) {
      const exit = await watchOnce(context, name, signal);
      if (exit !== null) return exit;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw failureFrom(error, { container: name });
  }
};
