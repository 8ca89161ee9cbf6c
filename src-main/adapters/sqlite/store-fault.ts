import { StoreFailure } from '../../ports/run-store.ts';

/** SQLite's codes for a full disk: the page write itself, and growing the shared memory file beside the WAL. */
const FULL = new Set(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE', 'ENOSPC', 'EDQUOT']);
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB']);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

export const isDamage = (error: unknown): boolean => {
  const code = codeOf(error);
  return [...DAMAGED].some((known) => code === known || code.startsWith(`${known}_`));
};

/** Turns whatever SQLite or the file system threw into the fault that a person can act on. */
export const storeFailure = (error: unknown, directory: string): StoreFailure => {
  if (error instanceof StoreFailure) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (FULL.has(codeOf(error))) {
    return new StoreFailure(
      {
        code: 'diskFull',
        message: `The disk that holds ${directory} is full: nothing of this change was stored.`,
        next: 'Free some space and try again.',
        detail: { path: directory },
      },
      { cause: error },
    );
  }
  if (isDamage(error)) {
    return new StoreFailure(
      {
        code: 'damagedData',
        message: `The database in ${directory} is damaged: ${message}.`,
        next: 'Stop Drydock and restore the newest file of its backups folder.',
        detail: { path: directory },
      },
      { cause: error },
    );
  }
  return new StoreFailure(
    {
      code: 'internal',
      message: `The database in ${directory} did not take the change: ${message}.`,
      next: 'Report this with the text above.',
      detail: { path: directory },
    },
    { cause: error },
  );
};
