import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src-main/cli/main.ts');

export interface ProcessEnded {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What --json printed: its last line. */
  json<Answer = Record<string, unknown>>(): Answer;
}

export interface ProcessWorld {
  readonly dataDirectory: string;
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly stdin?: string;
  /** Another program that takes the same arguments. */
  readonly program?: string;
}

/** Starts the real command line as a process of its own. */
export function startDrydockProcess(args: readonly string[], { dataDirectory, cwd, env, program = MAIN }: ProcessWorld): ChildProcess {
  return spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args, '--data-dir', dataDirectory], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs it to its end. */
export function runDrydock(args: readonly string[], world: ProcessWorld): Promise<ProcessEnded> {
  const child = startDrydockProcess(args, world);
  child.stdin?.end(world.stdin ?? '');
  return processEnd(child);
}

export async function processEnd(child: ChildProcess): Promise<ProcessEnded> {
  const said = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return {
    status,
    ...said,
    json<Answer>() {
      const last = said.stdout.trimEnd().split('\n').at(-1) ?? '';
      return JSON.parse(last) as Answer;
    },
  };
}
