import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs the docker command, as a person would, on the engine of this environment. */
export const docker = async (...args: string[]): Promise<string> => (await execute('docker', args, { maxBuffer: 2 ** 26 })).stdout.trim();

/** Runs the docker command and resolves, at the first byte of its output, to the time; the second promise is its end. */
export const firstByteOf = (...args: string[]): { first: Promise<number>; ended: Promise<void> } => {
  const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const first = new Promise<number>((resolve, reject) => {
    child.stdout.once('data', () => resolve(performance.now()));
    child.once('close', () => reject(new Error(`docker ${args[0]} ended without a byte`)));
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { first, ended };
};

/** Runs a bash script with the docker command at hand; rejects when it fails. */
export const shell = async (script: string, env: Record<string, string> = {}): Promise<string> =>
  (await execute('bash', ['-euo', 'pipefail', '-c', script], { env: { ...process.env, ...env }, maxBuffer: 2 ** 26 })).stdout;
