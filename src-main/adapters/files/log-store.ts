import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runId, type RunId } from '../../contract/ids.ts';
import { LOG_READ_LIMIT, type LogSlice } from '../../contract/log.ts';
import { LogFailure, type LogName, type LogStore, type LogWriter } from '../../ports/log-store.ts';
import { noFaultPoint, type FaultPoint } from '../../ports/surroundings.ts';
import { logFailure } from './log-fault.ts';
import { runFolder, turnFolder } from './log-places.ts';
import { SegmentLogWriter } from './log-writer.ts';
import { SegmentBytes } from './read-bytes.ts';
import { marksOf, viewLog } from './read-log.ts';
import { recoverLog } from './recover-log.ts';
import { isAbsent } from './segments.ts';
import { weighFolder } from './weigh-folder.ts';
import { LogFiles } from './write-batch.ts';

export interface LogStoreOptions {
  /** The data directory. */
  readonly directory: string;
  readonly faultPoint?: FaultPoint;
  /** Size of a segment, in bytes; a log keeps the one it began with. */
  readonly segmentBytes?: number;
  /** Most bytes stored of one turn, index included; see LogCap for what may go beyond. */
  readonly capBytes?: number;
  readonly now?: () => number;
}

/** The logs of all turns below `<directory>/logs`. Rejects with LogFailure. */
export const createLogStore = ({
  directory,
  faultPoint = noFaultPoint,
  segmentBytes = 8 * 2 ** 20,
  capBytes = 512 * 2 ** 20,
  now = Date.now,
}: LogStoreOptions): LogStore => {
  /** null while a log is being opened. */
  const writers = new Map<string, SegmentLogWriter | null>();
  const bytesOf = new SegmentBytes();

  const open = async (name: LogName): Promise<LogWriter> => {
    const folder = turnFolder(directory, name);
    if (writers.has(folder)) {
      throw new LogFailure({ code: 'internal', message: `The log in ${folder} is already being written.`, next: 'Close it first.' });
    }
    writers.set(folder, null);
    try {
      const recovered = await recoverLog(folder, segmentBytes);
      bytesOf.forget(folder);
      const files = await LogFiles.open(folder, recovered.segmentBytes, recovered.totals.sources.length, faultPoint);
      const writer = new SegmentLogWriter({
        folder, ...recovered, files, capBytes, now, faultPoint, onClosed: () => writers.delete(folder),
      });
      writers.set(folder, writer);
      return writer;
    } catch (error) {
      writers.delete(folder);
      throw logFailure(error, folder);
    }
  };

  const read = async (name: LogName, offset: number, maxBytes: number): Promise<LogSlice> => {
    const folder = turnFolder(directory, name);
    try {
      const view = await viewLog(folder, writers.get(folder)?.writtenSoFar ?? null);
      if (view === null) return { offset, bytes: '', length: 0, ended: false, marks: [] };
      try {
        const wanted = Math.min(view.length, offset + Math.min(maxBytes, LOG_READ_LIMIT));
        const { marks, to } = await marksOf(view, offset, wanted);
        const bytes = offset < to ? await bytesOf.read(folder, view.segmentBytes, offset, to) : Buffer.alloc(0);
        return { offset, bytes: bytes.toString('base64'), length: view.length, ended: view.ended, marks };
      } finally {
        await view.index.close();
      }
    } catch (error) {
      throw logFailure(error, folder);
    }
  };

  const remove = async (run: RunId): Promise<void> => {
    const folder = runFolder(directory, run);
    const open = [...writers].filter(([path]) => path.startsWith(`${folder}/`) || path.startsWith(`${folder}\\`));
    await Promise.all(open.map(async ([, writer]) => writer?.abandon()));
    bytesOf.forget(folder);
    await rm(folder, { recursive: true, force: true });
  };

  const runs = async (): Promise<RunId[]> => {
    const names = await readdir(join(directory, 'logs')).catch((error: unknown) => {
      if (isAbsent(error)) return [];
      throw logFailure(error, directory);
    });
    return names.flatMap((name) => runId.safeParse(name).data ?? []);
  };

  return { open, read, remove, runs, weigh: (run) => weighFolder(runFolder(directory, run)) };
};
