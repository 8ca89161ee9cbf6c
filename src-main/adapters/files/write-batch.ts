import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { indexFile, segmentFile, sourcesFile } from './log-places.ts';
import { RECORD_BYTES, writeRecord } from './log-record.ts';
import type { Batch } from './pending-log.ts';
import { isAbsent, syncFile } from './segments.ts';

const writeAll = async (file: FileHandle, buffers: readonly Buffer[], position: number): Promise<void> => {
  let rest = buffers.filter((buffer) => buffer.length > 0);
  let at = position;
  while (rest.length > 0) {
    let { bytesWritten } = await file.writev(rest, at);
    at += bytesWritten;
    while (rest[0] !== undefined && bytesWritten >= rest[0].length) {
      bytesWritten -= rest[0].length;
      rest = rest.slice(1);
    }
    if (rest[0] !== undefined) rest = [rest[0].subarray(bytesWritten), ...rest.slice(1)];
  }
};

/** The files of a log that is being written. Every write has its own place, so that a failed one is simply done again. */
export class LogFiles {
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #faultPoint: FaultPoint;
  readonly #index: FileHandle;
  #segment = -1;
  #data: FileHandle | null = null;
  #sourcesWritten: number;

  private constructor(folder: string, segmentBytes: number, faultPoint: FaultPoint, index: FileHandle, sources: number) {
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
    this.#faultPoint = faultPoint;
    this.#index = index;
    this.#sourcesWritten = sources;
  }

  static async open(folder: string, segmentBytes: number, sources: number, faultPoint: FaultPoint): Promise<LogFiles> {
    return new LogFiles(folder, segmentBytes, faultPoint, await open(indexFile(folder), 'r+'), sources);
  }

  /** Bytes first, then the names of new sources, then the records that vouch for both. */
  async write(batch: Batch, record: number, sources: readonly string[]): Promise<void> {
    this.#faultPoint('before:log.data');
    await this.#writeData(batch);
    this.#faultPoint('after:log.data');
    if (sources.length > this.#sourcesWritten) await this.#writeSources(sources);
    const bytes = Buffer.allocUnsafe(batch.records.length * RECORD_BYTES);
    batch.records.forEach((one, index) => writeRecord(bytes, index * RECORD_BYTES, one));
    this.#faultPoint('before:log.index');
    await writeAll(this.#index, [bytes], (record + 1) * RECORD_BYTES);
    this.#faultPoint('after:log.index');
  }

  /** Takes every byte before `length` to the disk, then the index. */
  async sync(length: number): Promise<void> {
    for (let segment = 0; segment * this.#segmentBytes < length; segment += 1) {
      try {
        await syncFile(segmentFile(this.#folder, segment));
      } catch (error) {
        if (!isAbsent(error)) throw error;
      }
    }
    await this.#index.sync();
  }

  async syncIndex(): Promise<void> {
    await this.#index.sync();
  }

  async close(): Promise<void> {
    await this.#data?.close();
    this.#data = null;
    this.#segment = -1;
    await this.#index.close();
  }

  async #writeData(batch: Batch): Promise<void> {
    let rest = [...batch.blocks];
    for (let done = 0; done < batch.length; ) {
      const offset = batch.from + done;
      const within = offset % this.#segmentBytes;
      let room = Math.min(this.#segmentBytes - within, batch.length - done);
      done += room;
      const now: Buffer[] = [];
      while (room > 0 && rest[0] !== undefined) {
        const part = rest[0].subarray(0, room);
        now.push(part);
        room -= part.length;
        rest = part.length === rest[0].length ? rest.slice(1) : [rest[0].subarray(part.length), ...rest.slice(1)];
      }
      await writeAll(await this.#opened(Math.floor(offset / this.#segmentBytes)), now, within);
    }
  }

  async #writeSources(sources: readonly string[]): Promise<void> {
    const file = await open(sourcesFile(this.#folder), constants.O_RDWR | constants.O_CREAT, 0o600);
    try {
      await writeAll(file, [Buffer.from(sources.map((source) => `${source}\n`).join(''))], 0);
    } finally {
      await file.close();
    }
    this.#sourcesWritten = sources.length;
  }

  async #opened(segment: number): Promise<FileHandle> {
    if (this.#data !== null && segment === this.#segment) return this.#data;
    await this.#data?.close();
    this.#data = null;
    this.#data = await open(segmentFile(this.#folder, segment), constants.O_RDWR | constants.O_CREAT, 0o600);
    this.#segment = segment;
    return this.#data;
  }
}
