import { mkdir, open, readdir, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { openIndex, readSources, recordAt, recordsOf } from './index-file.ts';
import { indexFile, segmentFile, sourcesFile } from './log-places.ts';
import { header, RECORD_BYTES, type LogRecord } from './log-record.ts';
import { LogTotals } from './log-totals.ts';
import { expandSegment, isAbsent, readAt, sizeOf } from './segments.ts';

const CHECKED_AT_ONCE = 1024 * 1024;

/** Compares stored bytes with the checksums of their records: what a power cut left as a hole is not a log. */
class DataCheck {
  readonly #folder: string;
  readonly #segmentBytes: number;
  readonly #buffer = Buffer.allocUnsafe(CHECKED_AT_ONCE);
  #segment = -1;
  #file: FileHandle | null = null;

  constructor(folder: string, segmentBytes: number) {
    this.#folder = folder;
    this.#segmentBytes = segmentBytes;
  }

  async holds(record: LogRecord): Promise<boolean> {
    let crc = 0;
    for (let done = 0; done < record.length; ) {
      const offset = record.offset + done;
      const segment = Math.floor(offset / this.#segmentBytes);
      const within = offset % this.#segmentBytes;
      const length = Math.min(record.length - done, this.#segmentBytes - within, CHECKED_AT_ONCE);
      const file = await this.#opened(segment);
      // Compressed segments were synced before they replaced the raw ones.
      if (file === null) return (await sizeOf(`${segmentFile(this.#folder, segment)}.gz`)) !== null;
      const part = this.#buffer.subarray(0, length);
      if ((await readAt(file, part, within)) < length) return false;
      crc = crc32(part, crc);
      done += length;
    }
    return crc === record.crc;
  }

  async close(): Promise<void> {
    await this.#file?.close();
    this.#file = null;
  }

  async #opened(segment: number): Promise<FileHandle | null> {
    if (segment === this.#segment) return this.#file;
    await this.close();
    this.#segment = segment;
    try {
      this.#file = await open(segmentFile(this.#folder, segment), 'r');
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
    return this.#file;
  }
}

/** Adds up the index as far as it is whole and its bytes are there. */
const addUp = async (folder: string, totals: LogTotals, file: FileHandle, segmentBytes: number): Promise<void> => {
  const count = Math.floor((await file.stat()).size / RECORD_BYTES) - 1;
  // An end is written after its bytes were synced: what is before it needs no second look.
  const ended = count > 0 && (await recordAt(file, count - 1))?.kind === 'end';
  const check = new DataCheck(folder, segmentBytes);
  try {
    for await (const batch of recordsOf(file, 0, count)) {
      for (const record of batch) {
        if (!ended && record.kind === 'data' && !(await check.holds(record))) return;
        if (!totals.take(record)) return;
      }
    }
  } finally {
    await check.close();
  }
};

/** Cuts off what the index does not vouch for. */
const cutTo = async (folder: string, totals: LogTotals, segmentBytes: number): Promise<void> => {
  await truncate(indexFile(folder), (totals.records + 1) * RECORD_BYTES);
  const last = Math.floor(totals.length / segmentBytes);
  for (const name of await readdir(folder)) {
    const number = /^(\d{6,})\.log(?:\.gz)?$/.exec(name)?.[1];
    const stale = name.endsWith('.new') || (number !== undefined && Number(number) > last);
    if (stale) await rm(join(folder, name), { force: true });
  }
  const raw = segmentFile(folder, last);
  const size = await sizeOf(raw);
  if (size !== null && size > totals.length % segmentBytes) await truncate(raw, totals.length % segmentBytes);
};

/** Makes a log's folder, or brings it to the last state that was whole; says what it then holds. */
export const recoverLog = async (folder: string, segmentBytes: number): Promise<{ totals: LogTotals; segmentBytes: number }> => {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const opened = await openIndex(folder);
  if (opened === null) {
    for (const name of await readdir(folder)) await rm(join(folder, name), { force: true });
    const file = await open(indexFile(folder), 'w', 0o600);
    try {
      await file.write(header(segmentBytes), 0, RECORD_BYTES, 0);
    } finally {
      await file.close();
    }
    return { totals: new LogTotals([]), segmentBytes };
  }
  const sources = await readSources(folder);
  const totals = new LogTotals(sources);
  try {
    await addUp(folder, totals, opened.file, opened.segmentBytes);
  } finally {
    await opened.file.close();
  }
  if ((await sizeOf(sourcesFile(folder))) !== null) {
    await truncate(sourcesFile(folder), Buffer.byteLength(sources.map((source) => `${source}\n`).join('')));
  }
  await expandSegment(folder, Math.floor(totals.length / opened.segmentBytes));
  await cutTo(folder, totals, opened.segmentBytes);
  return { totals, segmentBytes: opened.segmentBytes };
};
