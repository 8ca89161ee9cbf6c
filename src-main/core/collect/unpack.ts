import type { Readable } from 'node:stream';
import { extract, type Extract } from 'tar-stream';

/** The entries of an archive that streams in. `pipe` alone would leave its reader waiting for ever when the stream breaks. */
export const unpack = (archive: Readable): Extract => {
  const unpacking = archive.pipe(extract());
  archive.on('error', (error) => unpacking.destroy(error));
  return unpacking;
};
