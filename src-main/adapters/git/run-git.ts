import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { PassThrough, Readable, type Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { failure, gitFailure, gitMissing } from './git-failure.ts';
import type { GitPlace } from './git-place.ts';

/** A git process with its streams in the caller's hand. */
export interface RunningGit {
  readonly verb: string;
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Settles when the process and its streams have ended; null: killed. Rejects when git cannot be started. */
  readonly ended: Promise<number | null>;
  stderr(): string;
  kill(): void;
}

const keptStderrBytes = 64 * 1024;

/** Starts git. `args[0]` is the verb. The process is killed by `kill` only: callers that wait use `runGit`. */
export function startGit(place: GitPlace, args: readonly string[]): RunningGit {
  const settings = place.configuration.flatMap((setting) => ['-c', setting]);
  const child = spawn('git', ['--no-pager', ...settings, ...args], {
    cwd: place.directory,
    env: place.environment,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  let words = '';
  child.stderr.on('data', (bytes: Buffer) => {
    words = (words + bytes.toString('latin1')).slice(-keptStderrBytes);
  });
  // A process that ends early leaves a broken pipe; its exit code is what tells why.
  child.stdin.on('error', () => {});
  // Node throws away what nobody has begun to read when a process exits; a caller may begin later.
  const stdout = child.stdout.pipe(new PassThrough());
  const ended = new Promise<number | null>((settle, refuse) => {
    child.once('close', (code) => settle(code));
    child.once('error', (error) => refuse(startFailure(place, error)));
  });
  ended.catch(() => {});
  return {
    verb: args[0] ?? '',
    stdin: child.stdin,
    stdout,
    ended,
    stderr: () => words,
    kill: () => void child.kill('SIGKILL'),
  };
}

export interface GitOptions {
  readonly input?: Uint8Array | string | Readable;
  /** Exit codes that are normal for this call. */
  readonly expect?: readonly number[];
  readonly timeoutMs?: number;
  /** Most bytes of output that are taken; more is a failure. */
  readonly maxBytes?: number;
}

export interface GitOutcome {
  readonly exitCode: number;
  readonly stdout: Buffer;
  /** The output as text without its last line break. */
  readonly text: string;
  readonly stderr: string;
}

const defaultTimeoutMs = 10 * 60_000;
const defaultMaxBytes = 512 * 2 ** 20;

/** Runs git to its end. Rejects with DepotFailure when the exit code is not one that the caller called normal. */
export async function runGit(place: GitPlace, args: readonly string[], options: GitOptions = {}): Promise<GitOutcome> {
  const git = startGit(place, args);
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const maxBytes = options.maxBytes ?? defaultMaxBytes;
  let surprise: Error | null = null;
  const stop = (reason: Error): void => {
    surprise ??= reason;
    git.kill();
  };
  const timer = setTimeout(() => stop(tookTooLong(git.verb, timeoutMs)), timeoutMs);
  const chunks: Buffer[] = [];
  let length = 0;
  git.stdout.on('data', (bytes: Buffer) => {
    length += bytes.length;
    if (length > maxBytes) stop(failure('tooLarge', `git ${git.verb} answered with more than ${maxBytes} bytes.`, 'Choose something smaller.'));
    else chunks.push(bytes);
  });
  const read = finished(git.stdout).catch(() => {});
  try {
    const [exitCode] = await Promise.all([git.ended, feed(git, options.input, stop), read]);
    if (surprise !== null) throw surprise;
    if (exitCode === null || !(options.expect ?? [0]).includes(exitCode)) throw gitFailure(git.verb, exitCode, git.stderr());
    const stdout = Buffer.concat(chunks);
    return { exitCode, stdout, text: stdout.toString('utf8').replace(/\n$/, ''), stderr: git.stderr() };
  } finally {
    clearTimeout(timer);
  }
}

async function feed(git: RunningGit, input: GitOptions['input'], stop: (reason: Error) => void): Promise<void> {
  if (!(input instanceof Readable)) {
    git.stdin.end(input ?? '');
    return;
  }
  try {
    await pipeline(input, git.stdin);
  } catch (error) {
    // The reader ending first is told by its exit code; a source that fails is the cause itself.
    if (input.errored !== null && input.errored !== undefined && !isClosedPipe(error)) stop(input.errored);
  }
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE');
}

/** The output of a git call as a stream that fails when git does, and ends git when it is let go. */
export function streamGit(place: GitPlace, args: readonly string[]): Readable {
  const git = startGit(place, args);
  git.stdin.end();
  const stream = Readable.from(outputOf(git), { objectMode: false });
  stream.once('close', () => git.kill());
  return stream;
}

async function* outputOf(git: RunningGit): AsyncGenerator<Buffer> {
  yield* git.stdout as AsyncIterable<Buffer>;
  const exitCode = await git.ended;
  if (exitCode !== 0) throw gitFailure(git.verb, exitCode, git.stderr());
}

function startFailure(place: GitPlace, error: NodeJS.ErrnoException): Error {
  if (error.code !== 'ENOENT') return error;
  if (existsSync(place.directory)) return gitMissing();
  return failure('notARepository', `The folder ${place.directory} is gone.`, 'Choose the folder again.');
}

function tookTooLong(verb: string, timeoutMs: number): Error {
  return failure('gitFailed', `git ${verb} took longer than ${Math.round(timeoutMs / 1000)} s and was stopped.`, 'Try again when the machine is less busy.');
}
