import type { Readable } from 'node:stream';
import type { OutputSink } from '../../ports/container-engine.ts';
import { FrameDecoder, type PieceSink } from './frames.ts';
import { GatheredPieces } from './gathered-pieces.ts';

/** Stands between the decoder and the sink: may drop or add bytes. The default passes everything on. */
export type PieceFilter = (gathered: GatheredPieces) => PieceSink;

const passAll: PieceFilter = (gathered) => (stream, chunk, start, end) => gathered.add(stream, chunk, start, end);

/**
 * Carries a multiplexed stream to the sink until it ends. While the sink's promise is pending nothing is read: the
 * connection fills up and the engine holds the container back, which bounds memory. Rejects when the stream breaks.
 */
export const pump = async (source: Readable, sink: OutputSink, filter: PieceFilter = passAll): Promise<void> => {
  const decoder = new FrameDecoder();
  const gathered = new GatheredPieces();
  const take = filter(gathered);
  for await (const chunk of source as AsyncIterable<Buffer>) {
    decoder.decode(chunk, take);
    for (const { stream, bytes } of gathered.take()) {
      const taken = sink(stream, bytes);
      if (taken !== undefined) await taken;
    }
  }
  if (!decoder.atBoundary) throw new Error('the engine cut its output stream in the middle of a frame');
};
