import { open, type FileHandle } from 'node:fs/promises';
import { readFile } from 'node:fs/promises';
import { indexFile, sourcesFile } from './log-places.ts';
import { RECORD_BYTES, readRecord, segmentBytesOf, type LogRecord } from './log-record.ts';
import { isAbsent, readAt } from './segments.ts';

/** Records read at once: 64 KiB of index. */
const BATCH = 2_048;

/** The names that records refer to by number. A torn last line is no name yet. */
export const readSources = async (folder: string): Promise<string[]> => {
  try {
    const text = await readFile(sourcesFile(folder), 'utf8');
    return text.slice(0, text.lastIndexOf('\n') + 1).split('\n').slice(0, -1);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
};

/** An index open for reading, with its segment size; null: there is no log, or it has no header yet. */
export const openIndex = async (folder: string): Promise<{ file: FileHandle; segmentBytes: number } | null> => {
  let file: FileHandle;
  try {
    file = await open(indexFile(folder), 'r');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
  const bytes = Buffer.alloc(RECORD_BYTES);
  await readAt(file, bytes, 0);
  const segmentBytes = segmentBytesOf(bytes);
  if (segmentBytes !== null) return { file, segmentBytes };
  await file.close();
  return null;
};

export const recordAt = async (file: FileHandle, number: number): Promise<LogRecord | null> => {
  const bytes = Buffer.alloc(RECORD_BYTES);
  await readAt(file, bytes, (number + 1) * RECORD_BYTES);
  return readRecord(bytes, 0);
};

/** Records from `from` up to `to`, in batches; ends before the first one that is torn. */
export async function* recordsOf(file: FileHandle, from: number, to: number): AsyncGenerator<LogRecord[]> {
  for (let next = from; next < to; ) {
    const bytes = Buffer.alloc(Math.min(BATCH, to - next) * RECORD_BYTES);
    const read = await readAt(file, bytes, (next + 1) * RECORD_BYTES);
    const records: LogRecord[] = [];
    for (let position = 0; position + RECORD_BYTES <= read; position += RECORD_BYTES) {
      const record = readRecord(bytes, position);
      if (record === null) break;
      records.push(record);
    }
    if (records.length > 0) yield records;
    if (records.length * RECORD_BYTES < bytes.length) return;
    next += records.length;
  }
}
