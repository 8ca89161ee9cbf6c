import { LogFailure } from '../../ports/log-store.ts';

/** Turns what the file system threw into the fault that a person can act on. */
export const logFailure = (error: unknown, folder: string): LogFailure => {
  if (error instanceof LogFailure) return error;
  const code = error instanceof Error && 'code' in error ? error.code : '';
  const message = error instanceof Error ? error.message : String(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new LogFailure(
      {
        code: 'diskFull',
        message: `The disk that holds ${folder} is full: the log waits for space.`,
        next: 'Free some space; the log then goes on where it stopped.',
        detail: { path: folder },
      },
      { cause: error },
    );
  }
  return new LogFailure(
    { code: 'internal', message: `The log in ${folder} cannot be written or read: ${message}`, next: 'Look at that folder and its disk.', detail: { path: folder } },
    { cause: error },
  );
};

export const damagedLog = (folder: string, why: string): LogFailure =>
  new LogFailure({ code: 'damagedData', message: `The log in ${folder} is damaged: ${why}.`, next: 'The rest of the run can still be read.', detail: { path: folder } });
