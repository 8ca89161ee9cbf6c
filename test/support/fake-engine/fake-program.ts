import type { Readable } from 'node:stream';
import type { LogStream } from '../../../src-main/contract/log.ts';
import type { FakeFiles } from './fake-files.ts';

/** What a program of a fake container has to work with. */
export interface FakeProcess {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workingDirectory: string;
  readonly files: FakeFiles;
  readonly stdin: Readable | null;
  /** Its size, when it has one. */
  readonly terminal: { readonly columns: number; readonly rows: number } | null;
  /** Resolves when whoever is attached has taken the bytes; rejects when the process was killed. */
  write(stream: LogStream, bytes: string | Uint8Array): Promise<void>;
  /** From now on SIGTERM calls this instead of ending the process. */
  onTerminate(handler: () => void): void;
  /** Aborts when the process is killed. */
  readonly killed: AbortSignal;
}

/** Resolves to the exit code. */
export type FakeProgram = (process: FakeProcess) => number | Promise<number>;

export interface ProgramEntry {
  readonly matches: (command: readonly string[]) => boolean;
  readonly run: FakeProgram;
}

/** Never ends by itself: until it is killed. */
export const untilKilled = ({ killed }: FakeProcess): Promise<number> =>
  new Promise((resolve) => killed.addEventListener('abort', () => resolve(137), { once: true }));
