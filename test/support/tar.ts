import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract } from 'tar-stream';

export interface TarFile {
  /** Bytes as latin1, so that any name can be compared. */
  readonly name: string;
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly target: string;
  readonly content: Buffer;
}

/** Everything in a tar, in its order, read by a library that is not the one under test. */
export async function readTar(archive: Readable): Promise<TarFile[]> {
  const files: TarFile[] = [];
  const reader = extract({ filenameEncoding: 'latin1' } as object);
  const read = (async () => {
    for await (const entry of reader) {
      const pieces: Buffer[] = [];
      for await (const piece of entry) pieces.push(piece as Buffer);
      const { name, type, mode, uid, linkname } = entry.header;
      files.push({ name, type: type ?? '', mode: mode ?? 0, uid: uid ?? 0, target: linkname ?? '', content: Buffer.concat(pieces) });
    }
  })();
  await Promise.all([pipeline(archive, reader), read]);
  return files;
}
