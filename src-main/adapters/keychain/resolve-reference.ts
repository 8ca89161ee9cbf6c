import { constants, open, type FileHandle } from 'node:fs/promises';
import type { SecretSource } from '../../contract/secret.ts';
import { assertNever } from '../../domain/assert-never.ts';
import { withoutLineEnd } from '../../domain/secrets/line-end.ts';
import { SecretFailure } from '../../ports/secret-store.ts';
import { runProgram, type ProgramFailure, type ProgramLimits } from './run-program.ts';

type Reference = Exclude<SecretSource, { kind: 'stored' }>;

const LIMITS: ProgramLimits = { patienceMs: 30_000, mostBytes: 256 * 1024 };

const unreadable = (name: string, why: string, next: string): SecretFailure => new SecretFailure({ code: 'secretUnreadable', message: `The secret ${name} could not be read: ${why}.`, next });

const inWords = (what: string, failure: ProgramFailure): string => {
  switch (failure.kind) {
    case 'noSuchProgram':
      return `${what} is not on this machine`;
    case 'tooLong':
      return `${what} took longer than ${LIMITS.patienceMs / 1_000} s`;
    case 'tooMuch':
      return `${what} said more than ${LIMITS.mostBytes / 1_024} KiB`;
    case 'ended':
      return `${what} ended with status ${failure.status}`;
    default:
      return assertNever(failure);
  }
};

/** What the user's own command prints. Nothing that it says gets into a failure: it may say the value. */
const fromCommand = async (name: string, command: string): Promise<Uint8Array> => {
  const printed = await runProgram('/bin/sh', ['-c', command], LIMITS);
  if (printed.ok) return printed.bytes;
  throw unreadable(name, inWords('its command', printed.failure), 'Run the command by hand to see why, then try again.');
};

/** What the command line tool of 1Password reads. Its own words about a failure (not signed in, no such item) are told; it shows no value in them. */
const fromOnePassword = async (name: string, reference: string): Promise<Uint8Array> => {
  const printed = await runProgram('op', ['read', '--no-newline', reference], LIMITS);
  if (printed.ok) return printed.bytes;
  const said = printed.failure.kind === 'ended' && printed.failure.firstWords !== '' ? `: ${printed.failure.firstWords}` : '';
  throw unreadable(name, inWords("1Password's command line tool", printed.failure) + said, 'Install it and sign in, then try again.');
};

/** Up to so many bytes and one more, also of a file that does not know its size. */
const readUpTo = async (file: FileHandle, most: number): Promise<Uint8Array> => {
  const bytes = Buffer.alloc(most + 1);
  let length = 0;
  for (;;) {
    const { bytesRead } = await file.read(bytes, length, bytes.length - length);
    length += bytesRead;
    if (bytesRead === 0 || length === bytes.length) return bytes.subarray(0, length);
  }
};

const fromFile = async (name: string, path: string): Promise<Uint8Array> => {
  const next = 'Correct the path, or give the value itself.';
  // Without waiting: a pipe that nobody writes to would never open.
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(name, `its file cannot be opened (${error.code ?? 'unknown'})`, next);
  });
  try {
    if (!(await file.stat()).isFile()) throw unreadable(name, 'its path is no regular file', next);
    const bytes = await readUpTo(file, LIMITS.mostBytes);
    if (bytes.length > LIMITS.mostBytes) throw unreadable(name, 'its file is larger than 256 KiB', next);
    return bytes;
  } finally {
    await file.close();
  }
};

const bytesOf = (name: string, source: Exclude<Reference, { kind: 'environment' }>): Promise<Uint8Array> => {
  switch (source.kind) {
    case 'file':
      return fromFile(name, source.path);
    case 'onePassword':
      return fromOnePassword(name, source.reference);
    case 'command':
      return fromCommand(name, source.command);
    default:
      return assertNever(source);
  }
};

const textOf = (name: string, bytes: Uint8Array): string => {
  try {
    return withoutLineEnd(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw unreadable(name, 'it is no text in UTF-8', 'Give it in base64, and have the setup script decode it.');
  }
};

/** The value that a reference stands for, asked for now. Fault: secretUnreadable, without the value. */
export const resolveReference = async (name: string, source: Reference): Promise<string> => {
  const next = 'Set it, or give the value itself.';
  if (source.kind === 'environment') {
    const value = process.env[source.variable] ?? '';
    if (value === '') throw unreadable(name, `the variable ${source.variable} is not set where Drydock was started`, next);
    return value;
  }
  const value = textOf(name, await bytesOf(name, source));
  if (value === '') throw unreadable(name, 'it is empty', next);
  return value;
};
