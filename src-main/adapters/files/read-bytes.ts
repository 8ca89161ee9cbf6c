import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { damagedLog } from './log-fault.ts';
import { segmentFile } from './log-places.ts';
import { isAbsent, readAt, readCompressed } from './segments.ts';

const expand = promisify(gunzip);
/** Expanded segments kept: what a few readers that scroll around need, 32 MiB at the usual segment size. */
const KEPT = 4;

/** Reads bytes of segments in either form. A compressed one is expanded whole and kept for a while. */
export class SegmentBytes {
  readonly #kept = new Map<string, Promise<Buffer>>();

  /** Forgets what is kept of the folders below a path. */
  forget(folder: string): void {
    for (const path of this.#kept.keys()) if (path.startsWith(folder)) this.#kept.delete(path);
  }

  /** The bytes from `from` up to `to`, which must be there. Throws damagedData when they are not. */
  async read(folder: string, segmentBytes: number, from: number, to: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    for (let offset = from; offset < to; ) {
      const segment = Math.floor(offset / segmentBytes);
      const within = offset % segmentBytes;
      const length = Math.min(to - offset, segmentBytes - within);
      const part =
        (await this.#raw(folder, segment, within, length)) ??
        (await this.#compressed(folder, segment, within, length)) ??
        // Expanded between the two looks: the log was opened again.
        (await this.#raw(folder, segment, within, length));
      if (part === null || part.length < length) throw damagedLog(folder, `bytes of segment ${segment} are missing`);
      parts.push(part);
      offset += length;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  async #raw(folder: string, segment: number, within: number, length: number): Promise<Buffer | null> {
    try {
      const file = await open(segmentFile(folder, segment), 'r');
      try {
        const bytes = Buffer.allocUnsafe(length);
        return bytes.subarray(0, await readAt(file, bytes, within));
      } finally {
        await file.close();
      }
    } catch (error) {
      if (isAbsent(error)) return null;
      throw error;
    }
  }

  async #compressed(folder: string, segment: number, within: number, length: number): Promise<Buffer | null> {
    const path = segmentFile(folder, segment);
    const kept = this.#kept.get(path);
    if (kept !== undefined) {
      this.#kept.delete(path);
      this.#kept.set(path, kept);
      return (await kept).subarray(within, within + length);
    }
    const bytes = await readCompressed(folder, segment);
    if (bytes === null) return null;
    const expanded = expand(bytes).catch((error: unknown) => {
      this.#kept.delete(path);
      throw damagedLog(folder, `segment ${segment} cannot be expanded: ${error instanceof Error ? error.message : ''}`);
    });
    this.#kept.set(path, expanded);
    for (const oldest of [...this.#kept.keys()].slice(0, -KEPT)) this.#kept.delete(oldest);
    return (await expanded).subarray(within, within + length);
  }
}
