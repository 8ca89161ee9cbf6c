import type { Readable } from 'node:stream';
import type { LogStream } from '../../contract/log.ts';
import type { Attachment, OutputPosition, OutputSink } from '../../ports/container-engine.ts';
import { attachmentOf } from './attach.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { requireContainer } from './inspect.ts';
import type { PieceFilter } from './output-pump.ts';
import { loggedPieces } from './logged-pieces.ts';

/**
 * The container's stored output from its first byte on, without what `skip` says is held, then whatever comes until
 * its end. A following read may stop short when the container ends while the reader is behind (seen in 20.10), so what
 * is missing then is taken from a second read. What the engine's log has rotated away is not there, and cannot be told
 * from what is.
 */
export const follow = async (context: EngineContext, name: string, skip: OutputPosition, sink: OutputSink): Promise<Attachment> => {
  const { id, state } = await requireContainer(context, name);
  const stored = (goOn: 0 | 1): Promise<Readable> =>
    withTimeout('follow', context.timeouts.callMs, { container: name }, (signal) =>
      context.link.open('GET', `/containers/${id}/logs?stdout=1&stderr=1&timestamps=1&follow=${goOn}`, signal),
    );
  const held: Record<LogStream, number> = { ...skip };
  const filter = (): PieceFilter => loggedPieces(held);
  const source = state === 'ended' ? { stream: await stored(0), filter } : { stream: await stored(1), filter, rest: () => stored(0) };
  return attachmentOf(context, id, source, sink, null);
};
