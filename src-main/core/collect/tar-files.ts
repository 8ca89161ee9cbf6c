import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { unpack } from './unpack.ts';

/** A regular file out of an archive, or one to be put in. */
export interface TarFile {
  readonly name: string;
  readonly mode: number;
  readonly bytes: Buffer;
}

export interface TarCaps {
  readonly entries: number;
  readonly bytes: number;
}

export class ArchiveTooLarge extends Error {}

/**
 * The regular files of an archive, small enough to be held one at a time; anything else in it is passed over. Rejects
 * with ArchiveTooLarge beyond the caps, from what the headers say, before the content is read.
 */
export async function* tarFiles(archive: Readable, caps: TarCaps): AsyncGenerator<TarFile> {
  const unpacking = unpack(archive);
  let entries = 0;
  let bytes = 0;
  try {
    for await (const entry of unpacking) {
      entries += 1;
      bytes += entry.header.size ?? 0;
      if (entries > caps.entries || bytes > caps.bytes) throw new ArchiveTooLarge();
      if (entry.header.type === 'file') yield { name: entry.header.name, mode: entry.header.mode ?? 0o644, bytes: await buffer(entry) };
      else entry.resume();
    }
  } finally {
    archive.destroy();
    unpacking.destroy();
  }
}
