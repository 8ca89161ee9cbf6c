import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface ChildProgram {
  readonly child: ChildProcess;
  /** Every line that the program has written so far, whole ones only. */
  readonly lines: readonly string[];
  /** Resolves when so many lines are there; rejects when the program ends before. */
  until(count: number): Promise<void>;
  /** Resolves when the program has ended and its last line was read. */
  readonly ended: Promise<void>;
}

/** Runs a program of test/support in a process of its own, which a test may kill. */
export const startProgram = (name: string, ...args: string[]): ChildProgram => {
  const program = fileURLToPath(new URL(name, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  let waiting: (() => void)[] = [];
  const wake = (): void => {
    for (const one of waiting.splice(0)) one();
  };
  let over = false;
  const reader = createInterface({ input: child.stdout });
  reader.on('line', (line) => {
    lines.push(line);
    wake();
  });
  const ended = Promise.all([
    new Promise<void>((resolve) => child.once('exit', () => resolve())),
    new Promise<void>((resolve) => reader.once('close', () => resolve())),
  ]).then(() => {
    over = true;
    wake();
  });
  return {
    child,
    lines,
    ended,
    until: async (count) => {
      while (lines.length < count) {
        if (over) throw new Error(`${name} ended after ${lines.length} lines, ${count} were expected`);
        await new Promise<void>((resolve) => (waiting = [...waiting, resolve]));
      }
    },
  };
};
