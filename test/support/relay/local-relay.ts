import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { Attachment, OutputSink } from '../../../src-main/ports/container-engine.ts';

export const relaySource = readFileSync(new URL('../../../resources/relay/relay.cjs', import.meta.url), 'utf8');

export interface LocalRelay {
  readonly child: ChildProcess;
  /** Where the doors 3128 and 3129 are, on this machine's loopback. */
  readonly ports: readonly [number, number];
  /** As an engine attaches: the reader gets what comes from now on, in pieces, held back while its promise is pending. */
  attach(sink: OutputSink): Promise<Attachment>;
  /** Ends it, and resolves when it has. */
  kill(): Promise<void>;
}

/** The relay's program as a process of this machine, its doors wherever there is room. */
export const startLocalRelay = async (settings: { readonly waitMs?: number; readonly tickMs?: number } = {}): Promise<LocalRelay> => {
  const env = {
    PATH: process.env['PATH'] ?? '',
    DRYDOCK_RELAY_PORTS: '0,0',
    ...(settings.waitMs === undefined ? {} : { DRYDOCK_RELAY_WAIT_MS: String(settings.waitMs) }),
    ...(settings.tickMs === undefined ? {} : { DRYDOCK_RELAY_TICK_MS: String(settings.tickMs) }),
  };
  const child = spawn(process.execPath, ['-e', relaySource], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const { stdin, stdout, stderr } = child;
  stdin.on('error', () => {});
  const exited = once(child, 'exit');
  let sink: OutputSink | null = null;
  const carry = async (): Promise<void> => {
    // Without a reader the engine throws output away.
    for await (const bytes of stdout as AsyncIterable<Buffer>) await sink?.('stdout', bytes);
  };
  const carried = carry();
  let said = '';
  for await (const bytes of stderr as AsyncIterable<Buffer>) {
    said += bytes.toString();
    if (said.includes('\n')) break;
  }
  const ports = /^relay on (\d+) and (\d+)\n$/.exec(said);
  if (ports === null) throw new Error(`the relay said at its start: ${said}`);
  return {
    child,
    ports: [Number(ports[1]), Number(ports[2])],
    attach: async (reader) => {
      sink = reader;
      const letGo = Promise.withResolvers<void>();
      // Ends with the attachment; the relay's own standard input does not.
      const line = new Writable({
        write: (bytes: Buffer, _encoding, done) => void stdin.write(bytes, () => done()),
        writev: (pieces, done) => void stdin.write(Buffer.concat(pieces.map(({ chunk }) => chunk as Buffer)), () => done()),
      });
      return {
        stdin: line,
        ended: Promise.race([carried, letGo.promise]),
        detach: () => {
          if (sink === reader) sink = null;
          line.destroy();
          letGo.resolve();
        },
      };
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
};
