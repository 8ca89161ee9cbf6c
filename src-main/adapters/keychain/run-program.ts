import { spawn } from 'node:child_process';

/** Why a program did not print a value. */
export type ProgramFailure = { readonly kind: 'noSuchProgram' } | { readonly kind: 'tooLong' } | { readonly kind: 'tooMuch' } | { readonly kind: 'ended'; readonly status: string; readonly firstWords: string };
export type Printed = { readonly ok: true; readonly bytes: Buffer } | { readonly ok: false; readonly failure: ProgramFailure };

export interface ProgramLimits {
  readonly patienceMs: number;
  readonly mostBytes: number;
}

const WORDS_KEPT = 4_096;

/** The first line of what a program says of its failure, without control characters. */
const firstLine = (said: string): string => (said.split(/[\r\n]/).find((line) => line.trim() !== '') ?? '').replace(/[^\x20-\x7e]+/g, ' ').trim().slice(0, 200);

/**
 * What a program prints within its limits. It gets no input, and what it started ends with it: a command of several programs is a group of
 * processes of its own, and is killed as one.
 */
export const runProgram = (program: string, args: readonly string[], { patienceMs, mostBytes }: ProgramLimits): Promise<Printed> =>
  new Promise((resolve) => {
    const ofItsOwn = process.platform !== 'win32';
    const child = spawn(program, [...args], { stdio: ['ignore', 'pipe', 'pipe'], detached: ofItsOwn, windowsHide: true });
    const pieces: Buffer[] = [];
    let length = 0;
    let words = '';
    const kill = (): void => {
      try {
        if (ofItsOwn && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
        else child.kill('SIGKILL');
      } catch {
        // It has ended by itself.
      }
    };
    const settle = (printed: Printed): void => {
      clearTimeout(timer);
      resolve(printed);
      if (printed.ok) return;
      kill();
      // A grandchild that left the group could hold these open for ever.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = setTimeout(() => settle({ ok: false, failure: { kind: 'tooLong' } }), patienceMs);
    child.stdout.on('data', (bytes: Buffer) => {
      length += bytes.length;
      if (length > mostBytes) settle({ ok: false, failure: { kind: 'tooMuch' } });
      else pieces.push(bytes);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (words.length < WORDS_KEPT) words += text.slice(0, WORDS_KEPT);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      settle({ ok: false, failure: error.code === 'ENOENT' ? { kind: 'noSuchProgram' } : { kind: 'ended', status: error.code ?? 'unknown', firstWords: '' } });
    });
    child.once('close', (code, signal) => {
      if (code === 0) settle({ ok: true, bytes: Buffer.concat(pieces) });
      else settle({ ok: false, failure: { kind: 'ended', status: String(code ?? signal), firstWords: firstLine(words) } });
    });
  });
