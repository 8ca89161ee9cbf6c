/**
 * First module of a service process: gives the process a `parentPort` as Electron's utility process has one, then runs the
 * service bundle named on the command line. Run by Node itself, not by the test runner.
 */
import { EventEmitter } from 'node:events';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { knownMembersOnly } from './known-members.ts';
import { type LinkEnd, linkedEnds, portAround } from './message-link.ts';
import type { ProcessFrame } from './process-frames.ts';

registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'electron') throw new Error('The service runs in plain Node too and must not import electron');
    return next(specifier, context);
  },
});

const bus = new EventEmitter();
const waiting: unknown[] = [];
const ports = new Map<number, LinkEnd>();
const send = (frame: ProcessFrame): void => {
  if (process.connected) process.send?.(frame);
};

/** Electron holds messages back until somebody listens. */
function deliver(event: unknown): void {
  if (bus.listenerCount('message') === 0) waiting.push(event);
  else bus.emit('message', event);
}

function receivedPort(id: number): unknown {
  const [ours, outer] = linkedEnds();
  ports.set(id, outer);
  outer.listen(
    (data) => send({ kind: 'port', port: id, data }),
    () => send({ kind: 'close', port: id }),
  );
  return portAround(ours);
}

process.on('message', (frame: ProcessFrame) => {
  switch (frame.kind) {
    case 'message':
      deliver({ data: frame.data, ports: frame.ports.map(receivedPort) });
      break;
    case 'port':
      ports.get(frame.port)?.send(frame.data);
      break;
    case 'close':
      ports.get(frame.port)?.close();
      break;
  }
});
// The shell is gone: a utility process does not outlive its browser process.
process.on('disconnect', () => process.exit(0));

const parentPort = knownMembersOnly('process.parentPort', {
  on: (event: string, listener: (event: unknown) => void) => {
    bus.on(event, listener);
    if (event === 'message') for (const held of waiting.splice(0)) bus.emit('message', held);
    return parentPort;
  },
  postMessage: (data: unknown) => send({ kind: 'message', data, ports: [] }),
} satisfies Partial<Record<keyof NodeJS.Process['parentPort'], unknown>>);
Object.defineProperty(process, 'parentPort', { value: parentPort });
Object.defineProperty(process, 'type', { value: 'utility' });

process.argv.splice(1, 1);
const entry = process.argv[1];
if (entry === undefined) throw new Error('No service bundle was named');
await import(pathToFileURL(entry).href);
