import type { FileHandle } from 'node:fs/promises';
import type { LogMark } from '../../contract/log.ts';
import { openIndex, readSources, recordAt, recordsOf } from './index-file.ts';
import { segmentFile } from './log-places.ts';
import { endOf, RECORD_BYTES, type LogRecord } from './log-record.ts';
import type { WrittenSoFar } from './log-writer.ts';
import { sizeOf } from './segments.ts';

/** Most marks of one slice: a log that changes streams at every byte is read in smaller slices. */
const MARK_LIMIT = 4_096;
/** Beside changes of origin, one mark a second for the time. */
const MARK_MS = 1_000;

/** A log open for reading: its index and how far it may be trusted. */
export interface LogView extends WrittenSoFar {
  readonly index: FileHandle;
  readonly segmentBytes: number;
}

/** Whether a record's last byte is there, raw or compressed. */
const hasData = async (folder: string, segmentBytes: number, record: LogRecord): Promise<boolean> => {
  const end = endOf(record);
  if (end === 0) return true;
  const raw = segmentFile(folder, Math.floor((end - 1) / segmentBytes));
  const size = await sizeOf(raw);
  return size === null ? (await sizeOf(`${raw}.gz`)) !== null : size > (end - 1) % segmentBytes;
};

/** Opens a log for reading; of one that nobody writes, the last whole record says where it ends. null: no such log. */
export const viewLog = async (folder: string, written: WrittenSoFar | null): Promise<LogView | null> => {
  const opened = await openIndex(folder);
  if (opened === null) return null;
  const { file, segmentBytes } = opened;
  if (written !== null) return { ...written, index: file, segmentBytes };
  try {
    const sources = await readSources(folder);
    for (let records = Math.floor((await file.stat()).size / RECORD_BYTES) - 1; records > 0; records -= 1) {
      const last = await recordAt(file, records - 1);
      if (last === null || !(await hasData(folder, segmentBytes, last))) continue;
      return { index: file, segmentBytes, sources, records, length: endOf(last), ended: last.kind === 'end' };
    }
    return { index: file, segmentBytes, sources, records: 0, length: 0, ended: false };
  } catch (error) {
    await file.close();
    throw error;
  }
};

/** Number of the first record that ends behind the offset. */
const firstBehind = async (view: LogView, offset: number): Promise<number> => {
  let low = 0;
  let high = view.records;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const record = await recordAt(view.index, middle);
    if (record !== null && endOf(record) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** The origins of the bytes from `from` on, and where the slice ends so that it needs no more than the limit of them. */
export const marksOf = async (view: LogView, from: number, to: number): Promise<{ marks: LogMark[]; to: number }> => {
  const marks: LogMark[] = [];
  if (from >= to) return { marks, to };
  for await (const batch of recordsOf(view.index, await firstBehind(view, from), view.records)) {
    for (const record of batch) {
      if (record.offset >= to) return { marks, to };
      if (record.kind !== 'data') continue;
      const source = view.sources[record.source] ?? 'drydock';
      const last = marks.at(-1);
      if (last?.source === source && last.stream === record.stream && record.at - last.at < MARK_MS) continue;
      if (marks.length === MARK_LIMIT) return { marks, to: record.offset };
      marks.push({ offset: Math.max(record.offset, from), source, stream: record.stream, at: record.at });
    }
  }
  return { marks, to };
};
