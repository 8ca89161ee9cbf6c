import type { Duplex, Readable } from 'node:stream';
import { EngineFailure, type Attachment, type OutputSink } from '../../ports/container-engine.ts';
import { LogFailure } from '../../ports/log-store.ts';
import { requireEnded } from './end-of-output.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { failureFrom } from './engine-fault.ts';
import { inspect, inspectInfo } from './inspect.ts';
import { pump, type PieceFilter } from './output-pump.ts';
import type { Unstarted } from './unstarted.ts';

/** Between probes of an idle connection: a peer that vanished without a word is noticed, a silent container is not disturbed. */
export const KEEP_ALIVE_MS = 30_000;

/** An open output stream, and what has to be done with its bytes. */
export interface OutputSource {
  readonly stream: Readable;
  readonly filter?: () => PieceFilter;
  /** Opens what must be read once more after the container's end. */
  readonly rest?: () => Promise<Readable>;
}

/** Turns an open output stream into an attachment. */
export const attachmentOf = (
  context: EngineContext,
  name: string,
  source: OutputSource,
  sink: OutputSink,
  stdin: NodeJS.WritableStream | null,
): Attachment => {
  let current = source.stream;
  let detached = false;
  const carry = async (): Promise<void> => {
    try {
      await pump(current, sink, source.filter?.());
      await requireEnded(async () => (await inspect(context, name))?.state !== 'running', name);
      if (source.rest === undefined || detached) return;
      current = await source.rest();
      if (detached) current.destroy();
      await pump(current, sink, source.filter?.());
    } catch (error) {
      current.destroy();
      if (detached) throw new EngineFailure({ kind: 'unavailable', message: `let go of the output of ${name}` }, { cause: error });
      // The taker's own failure, a full disk, is none of the engine's.
      if (error instanceof LogFailure) throw error;
      throw failureFrom(error, { container: name });
    }
  };
  const ended = carry();
  // Whoever lets go does not have to look at it any more.
  ended.catch(() => {});
  return {
    stdin,
    ended,
    detach: () => {
      detached = true;
      current.destroy();
    },
  };
};

const asked = async (context: EngineContext, name: string): Promise<Unstarted> => {
  const { Id: id, Config: config } = await inspectInfo(context, name);
  return { id, openStdin: config.OpenStdin };
};

/** The container's output from now on; attached before `start` that is all of it. */
export const attach = async (context: EngineContext, name: string, sink: OutputSink): Promise<Attachment> => {
  const { id, openStdin } = context.unstarted.get(name) ?? (await asked(context, name));
  const query = `stream=1&stdout=1&stderr=1&stdin=${openStdin ? 1 : 0}`;
  const socket: Duplex = await withTimeout('attach', context.timeouts.callMs, { container: name }, (signal) =>
    context.link.upgrade(`/containers/${id}/attach?${query}`, null, signal),
  );
  if ('setKeepAlive' in socket && typeof socket.setKeepAlive === 'function') socket.setKeepAlive(true, KEEP_ALIVE_MS);
  // What the container does not read any more is no failure of its output.
  if (openStdin) socket.on('error', () => {});
  return attachmentOf(context, id, { stream: socket }, sink, openStdin ? socket : null);
};
