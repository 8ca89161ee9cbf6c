import type { Readable } from 'node:stream';
import type { LogStream } from '../../contract/log.ts';
import type { Attachment, OutputPosition, OutputSink } from '../../ports/container-engine.ts';
import { attachmentOf } from './attach.ts';
import { onContainer, type EngineContext } from './engine-context.ts';
import { requireContainer } from './inspect.ts';
import { loggedPieces } from './logged-pieces.ts';

/**
 * The container's stored output from its first byte on, without what `skip` says is held, then whatever comes until
 * its end. What the engine's log has rotated away is not there, and cannot be told from what is.
 */
export const follow = async (context: EngineContext, name: string, skip: OutputPosition, sink: OutputSink): Promise<Attachment> => {
  const { id } = await requireContainer(context, name);
  const log = await onContainer(context, 'follow', id, (container, abortSignal) =>
    container.logs({ follow: true, stdout: true, stderr: true, timestamps: true, abortSignal }),
  );
  const held: Record<LogStream, number> = { ...skip };
  return attachmentOf(context, id, log as unknown as Readable, sink, null, loggedPieces(held));
};
