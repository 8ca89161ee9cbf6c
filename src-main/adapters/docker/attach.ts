import type { Duplex, Readable } from 'node:stream';
import { EngineFailure, type Attachment, type OutputSink } from '../../ports/container-engine.ts';
import { requireEnded } from './end-of-output.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { failureFrom } from './engine-fault.ts';
import { inspect, inspectInfo } from './inspect.ts';
import { pump, type PieceFilter } from './output-pump.ts';

/** Between probes of an idle connection: a peer that vanished without a word is noticed, a silent container is not disturbed. */
export const KEEP_ALIVE_MS = 30_000;

/** Turns an open output stream into an attachment. */
export const attachmentOf = (
  context: EngineContext,
  name: string,
  source: Readable,
  sink: OutputSink,
  stdin: NodeJS.WritableStream | null,
  filter?: PieceFilter,
): Attachment => {
  let detached = false;
  const carry = async (): Promise<void> => {
    try {
      await pump(source, sink, filter);
      await requireEnded(async () => (await inspect(context, name))?.state !== 'running', name);
    } catch (error) {
      source.destroy();
      if (detached) throw new EngineFailure({ kind: 'unavailable', message: `let go of the output of ${name}` }, { cause: error });
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
      source.destroy();
    },
  };
};

/** The container's output from now on; attached before `start` that is all of it. */
export const attach = async (context: EngineContext, name: string, sink: OutputSink): Promise<Attachment> => {
  const { Id: id, Config: config } = await inspectInfo(context, name);
  const query = `stream=1&stdout=1&stderr=1&stdin=${config.OpenStdin ? 1 : 0}`;
  const socket: Duplex = await withTimeout('attach', context.timeouts.callMs, { container: name }, (signal) =>
    context.link.upgrade(`/containers/${id}/attach?${query}`, null, signal),
  );
  if ('setKeepAlive' in socket && typeof socket.setKeepAlive === 'function') socket.setKeepAlive(true, KEEP_ALIVE_MS);
  // What the container does not read any more is no failure of its output.
  if (config.OpenStdin) socket.on('error', () => {});
  return attachmentOf(context, id, socket, sink, config.OpenStdin ? socket : null);
};
