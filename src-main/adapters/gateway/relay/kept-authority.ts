import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunId } from '../../../contract/ids.ts';

/** What a run's proxy keeps between two services, with the private key of its certificates: readable by this user alone. */
export interface KeptAuthority {
  /** null: nothing is kept. */
  read(): Promise<string | null>;
  write(kept: string): Promise<void>;
  /** Fine when nothing is kept. */
  remove(): Promise<void>;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

export const keptAuthority = (directory: string, runId: RunId): KeptAuthority => {
  const folder = join(directory, 'seats', runId);
  const file = join(folder, 'authority');
  return {
    read: async () => {
      try {
        return await readFile(file, 'utf8');
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    write: async (kept) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      // Whole or not at all: containers trust the certificate for as long as the run lasts.
      await writeFile(`${file}.new`, kept, { mode: 0o600, flush: true });
      await rename(`${file}.new`, file);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
