import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { findEngine } from '../../resources/engine/find-engine.mjs';
import type { Bench } from './row.ts';

const MAIN = join(import.meta.dirname, '../../src-main/cli/main.ts');

interface CountingProxy {
  /** Request lines so far. The service opens a connection a call. */
  readonly requests: readonly string[];
  close(): void;
}

/** Passes connections on to the engine's socket and keeps the first line of each. */
const countingProxy = async (path: string, engine: string): Promise<CountingProxy> => {
  const requests: string[] = [];
  const server = createServer((socket) => {
    const upstream = connect(engine);
    socket.once('data', (bytes: Buffer) => requests.push(bytes.toString('latin1').split('\r\n', 1)[0] ?? ''));
    socket.pipe(upstream).pipe(socket);
    socket.on('error', () => upstream.destroy());
    upstream.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  return { requests, close: () => void server.close() };
};

const residentMb = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
};

/** `drydock serve` with nothing to do: its memory, and what it asks the engine meanwhile. */
export const idle: Bench = async ({ quick }) => {
  const seconds = quick ? 10 : 30;
  const found = await findEngine();
  const what = `idle service, ${seconds} s`;
  if (!found.found || found.endpoint.kind !== 'socket' || process.platform !== 'linux') {
    return [{ what, drydock: '', raw: null, value: null, unit: 'requests', target: { at: 'most', value: 0 }, note: 'skipped: needs Linux and an engine at a socket' }];
  }
  const folder = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  const socket = join(folder, 'engine.sock');
  const proxy = await countingProxy(socket, found.endpoint.path);
  const service = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, 'serve', '--data-dir', join(folder, 'data')], {
    env: { ...process.env, DOCKER_HOST: `unix://${socket}`, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await new Promise<void>((resolve, reject) => {
      service.stdout.once('data', () => resolve());
      service.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
    });
    while (!proxy.requests.some((line) => line.includes('/events'))) await pause(50);
    // What it does once, after it has started, is no polling.
    await pause(3_000);
    const before = proxy.requests.length;
    await pause(seconds * 1_000);
    const asked = proxy.requests.slice(before);
    const rss = await residentMb(service.pid ?? 0);
    return [
      { what: `${what}, resident`, drydock: `${rss.toFixed(0)} MB`, raw: null, value: rss, unit: 'MB', target: { at: 'most', value: 150 } },
      {
        what: `${what}, requests to the engine`,
        drydock: String(asked.length),
        raw: null,
        value: asked.length,
        unit: 'requests',
        target: { at: 'most', value: 0 },
        note: asked.length === 0 ? `besides the stream of events, open since the start (${before} requests)` : [...new Set(asked)].join(', '),
      },
    ];
  } finally {
    service.kill('SIGTERM');
    await new Promise((resolve) => service.once('exit', resolve));
    proxy.close();
    await rm(folder, { recursive: true, force: true });
  }
};
