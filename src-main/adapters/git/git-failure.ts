import type { Fault, FaultCode } from '../../contract/fault.ts';
import { DepotFailure } from '../../ports/depot.ts';

type Detail = NonNullable<Fault['detail']>;

/** A failure with what happened and the one next step for a person. */
export function failure(code: FaultCode, message: string, next: string, detail?: Detail): DepotFailure {
  return new DepotFailure(detail === undefined ? { code, message, next } : { code, message, next, detail });
}

/** Most bytes of git's own words that are kept in a fault. */
const keptWords = 2_000;

/** What a git call that ended unexpectedly means to a person. `verb` is the git command, without its arguments. */
export function gitFailure(verb: string, exitCode: number | null, stderr: string): DepotFailure {
  if (/No space left on device|Disk quota exceeded|disk quota/i.test(stderr)) return diskFull();
  if (/dubious ownership/i.test(stderr)) {
    return failure(
      'gitFailed',
      'The repository belongs to another user of this machine, so git refuses to read it.',
      'If you trust it, allow it with: git config --global --add safe.directory <its folder>.',
    );
  }
  const words = stderr.trim().slice(-keptWords);
  const ending = exitCode === null ? 'was stopped' : `ended with ${exitCode}`;
  return failure(
    'gitFailed',
    `git ${verb} ${ending}${words === '' ? '.' : `: ${lastLine(words)}`}`,
    'Run git fsck in the repository; if it is healthy, try again.',
    { verb, exitCode, stderr: words },
  );
}

export function gitMissing(): DepotFailure {
  return failure('gitMissing', 'git was not found on this machine.', 'Install git 2.38 or newer and make sure it is on the PATH.');
}

export function diskFull(): DepotFailure {
  return failure('diskFull', 'The disk is full. Nothing was changed.', 'Free some space, then try again.');
}

/** A file system error as a failure; anything that is not one is given back as it is. */
export function fileFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' ? diskFull() : error;
}

function lastLine(words: string): string {
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => line.startsWith('fatal:') || line.startsWith('error:')) ?? lines.at(-1) ?? '';
}
