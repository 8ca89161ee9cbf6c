import { createReadStream, createWriteStream } from 'node:fs';
import { open, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { logFailure } from './log-fault.ts';
import { segmentFile } from './log-places.ts';

export const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** null: no such file. */
export const sizeOf = async (path: string): Promise<number | null> => {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
};

export const syncFile = async (path: string): Promise<void> => {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
};

/** Reads until the buffer is full or the file ends; the number of bytes read. */
export const readAt = async (file: FileHandle, into: Buffer, position: number): Promise<number> => {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
};

/** gzip of Node's zlib: level 3 takes about half the time of the default 6 and leaves text little larger. */
const LEVEL = 3;

/** Replaces a raw segment by its compressed form. Until the rename the raw one is what is read, from then on either. */
const compressSegment = async (raw: string, faultPoint: FaultPoint): Promise<void> => {
  if ((await sizeOf(raw)) === null) return;
  const draft = `${raw}.gz.new`;
  faultPoint('before:log.compress');
  await pipeline(createReadStream(raw), createGzip({ level: LEVEL }), createWriteStream(draft));
  await syncFile(draft);
  await rename(draft, `${raw}.gz`);
  faultPoint('after:log.compress');
  await rm(raw, { force: true });
};

/** Compresses every segment of a log that has ended. Where there is no space for it, raw segments are as good. */
export const compressAll = async (folder: string, segments: number, faultPoint: FaultPoint): Promise<void> => {
  for (let segment = 0; segment < segments; segment += 1) {
    const raw = segmentFile(folder, segment);
    try {
      await compressSegment(raw, faultPoint);
    } catch (error) {
      await rm(`${raw}.gz.new`, { force: true });
      if (logFailure(error, folder).fault.code !== 'diskFull') throw error;
      return;
    }
  }
};

/** Puts the raw form back, for a log that is written again after its end. */
export const expandSegment = async (folder: string, segment: number): Promise<void> => {
  const raw = segmentFile(folder, segment);
  if ((await sizeOf(`${raw}.gz`)) === null) return;
  if ((await sizeOf(raw)) === null) {
    await pipeline(createReadStream(`${raw}.gz`), createGunzip(), createWriteStream(`${raw}.new`));
    await syncFile(`${raw}.new`);
    await rename(`${raw}.new`, raw);
  }
  await rm(`${raw}.gz`, { force: true });
};

/** The compressed form as it is on the disk; null: there is none. */
export const readCompressed = async (folder: string, segment: number): Promise<Buffer | null> => {
  try {
    return await readFile(`${segmentFile(folder, segment)}.gz`);
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
};
