import { spawn } from 'node:child_process';
import { openService } from './open-service.ts';
import { rawTerminal } from './raw-terminal.ts';
import { readHiddenLine } from './read-hidden-line.ts';
import type { Sink, Surroundings } from './surroundings.ts';

/** The real world. */
export function processSurroundings(): Surroundings {
  process.stdout.on('error', endWithoutReader);
  process.stderr.on('error', endWithoutReader);
  return {
    out: sinkOf(process.stdout),
    err: sinkOf(process.stderr),
    env: process.env,
    cwd: process.cwd(),
    readStdin,
    readHidden: (prompt) => (process.stdin.isTTY ? readHiddenLine(process.stdin, process.stderr, prompt) : readStdin()),
    terminal: () => (process.stdin.isTTY && process.stdout.isTTY ? rawTerminal(process.stdin, process.stdout) : null),
    openService,
    onInterrupt,
    openBrowser,
  };
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      // A terminal of unknown size says 0.
      return stream.columns || undefined;
    },
    // The callback comes when the bytes are with the system, so that a slow reader slows the command, not its memory.
    write: (data) => new Promise((resolve) => void stream.write(data, (error) => (error ? endWithoutReader(error) : resolve()))),
  };
}

/** `drydock logs 12 | head`: a reader that has seen enough is no error, and nothing is left to be said to anyone. */
function endWithoutReader(error: Error): never {
  process.exit('code' in error && error.code === 'EPIPE' ? 0 : 1);
}

async function readStdin(): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function onInterrupt(callback: () => void): () => void {
  process.on('SIGINT', callback).on('SIGTERM', callback);
  return () => void process.off('SIGINT', callback).off('SIGTERM', callback);
}

function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['rundll32', 'url.dll,FileProtocolHandler'] : ['xdg-open'];
  const child = spawn(command as string, [...args, url], { detached: true, stdio: 'ignore' });
  // The address is printed all the same.
  child.on('error', () => {});
  child.unref();
}
