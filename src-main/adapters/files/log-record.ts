import { crc32 } from 'node:zlib';
import type { LogStream } from '../../contract/log.ts';

/**
 * The index of a log: a header, then records of one fixed size in the order of arrival, so that a place is found by
 * halving and a torn end by its checksum. Numbers are little-endian.
 *
 *   0  offset   u48  first byte in the log          18  time    u48  milliseconds since 1970
 *   6  length   u48  bytes                          24  data    u32  CRC-32 of the bytes (data records)
 *  12  source   u16  line of the file `sources`     28  record  u32  CRC-32 of the 28 bytes before
 *  14  stream   u8
 *  15  kind     u8
 */
export const RECORD_BYTES = 32;
const MAGIC = 'drydock1';

/** `data` stored bytes; `leftOut` bytes that came after the cap and are not stored; `end` no more will come. */
export type RecordKind = 'data' | 'leftOut' | 'end';
const KINDS: readonly RecordKind[] = ['data', 'leftOut', 'end'];
const STREAMS: readonly LogStream[] = ['stdout', 'stderr'];

export interface LogRecord {
  readonly offset: number;
  readonly length: number;
  readonly source: number;
  readonly stream: LogStream;
  readonly kind: RecordKind;
  readonly at: number;
  readonly crc: number;
}

export const writeRecord = (into: Buffer, position: number, record: LogRecord): void => {
  into.writeUIntLE(record.offset, position, 6);
  into.writeUIntLE(record.length, position + 6, 6);
  into.writeUInt16LE(record.source, position + 12);
  into.writeUInt8(STREAMS.indexOf(record.stream), position + 14);
  into.writeUInt8(KINDS.indexOf(record.kind), position + 15);
  into.writeUInt16LE(0, position + 16);
  into.writeUIntLE(record.at, position + 18, 6);
  into.writeUInt32LE(record.crc, position + 24);
  into.writeUInt32LE(crc32(into.subarray(position, position + 28)), position + 28);
};

/** null: torn or never written. */
export const readRecord = (from: Buffer, position: number): LogRecord | null => {
  if (position + RECORD_BYTES > from.length) return null;
  if (crc32(from.subarray(position, position + 28)) !== from.readUInt32LE(position + 28)) return null;
  const stream = STREAMS[from.readUInt8(position + 14)];
  const kind = KINDS[from.readUInt8(position + 15)];
  if (stream === undefined || kind === undefined) return null;
  return {
    offset: from.readUIntLE(position, 6),
    length: from.readUIntLE(position + 6, 6),
    source: from.readUInt16LE(position + 12),
    stream,
    kind,
    at: from.readUIntLE(position + 18, 6),
    crc: from.readUInt32LE(position + 24),
  };
};

/** Where the log goes on behind a record. */
export const endOf = (record: LogRecord): number => record.offset + (record.kind === 'data' ? record.length : 0);

export const header = (segmentBytes: number): Buffer => {
  const bytes = Buffer.alloc(RECORD_BYTES);
  bytes.write(MAGIC, 0, 'latin1');
  bytes.writeUIntLE(segmentBytes, 8, 6);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, 28)), 28);
  return bytes;
};

/** Bytes of a segment, which the log keeps for life; null: no header. */
export const segmentBytesOf = (bytes: Buffer): number | null => {
  if (bytes.length < RECORD_BYTES || bytes.toString('latin1', 0, 8) !== MAGIC) return null;
  return crc32(bytes.subarray(0, 28)) === bytes.readUInt32LE(28) ? bytes.readUIntLE(8, 6) : null;
};
