import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { ForkOptions, MessagePortMain, UtilityProcess } from 'electron';
import { Events } from './events.ts';
import { knownMembersOnly } from './known-members.ts';
import { type LinkEnd, takeEnd } from './message-link.ts';
import type { ProcessFrame } from './process-frames.ts';

const KNOWN_OPTIONS: ReadonlySet<string> = new Set(['serviceName', 'stdio'] satisfies (keyof ForkOptions)[]);

export interface ForkedService {
  readonly child: ChildProcess;
  readonly entry: string;
  readonly args: readonly string[];
  readonly output: { text: string };
}

/** `utilityProcess.fork` as a real Node process, noted in `services` so that a test can kill it as the system would. */
export function standInFork(services: ForkedService[]) {
  return (entry: string, args: string[] = [], options: ForkOptions = {}): UtilityProcess => {
    for (const option of Object.keys(options)) {
      if (!KNOWN_OPTIONS.has(option)) throw new Error(`The stand-in of electron knows no fork option ${option}`);
    }
    const child = fork(join(import.meta.dirname, 'service-host.ts'), [entry, ...args], {
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: [],
    });
    const output = { text: '' };
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (chunk: string) => (output.text += chunk));
    }
    services.push({ child, entry, args, output });
    return around(child);
  };
}

function around(child: ChildProcess): UtilityProcess {
  const events = new Events<UtilityProcess>('UtilityProcess', ['spawn', 'exit', 'message']);
  const ports = new Map<number, LinkEnd>();
  let lastPort = 0;
  const send = (frame: ProcessFrame): void => {
    // A process that is ending takes nothing more; its end is told by 'exit'.
    if (child.connected) child.send(frame, () => undefined);
  };
  const transfer = (port: MessagePortMain): number => {
    const id = ++lastPort;
    const end = takeEnd(port);
    ports.set(id, end);
    end.listen(
      (data) => send({ kind: 'port', port: id, data }),
      () => send({ kind: 'close', port: id }),
    );
    return id;
  };
  child.on('message', (frame: ProcessFrame) => {
    if (frame.kind === 'message') events.emit('message', frame.data);
    else if (frame.kind === 'port') ports.get(frame.port)?.send(frame.data);
    else ports.get(frame.port)?.close();
  });
  child.once('spawn', () => events.emit('spawn'));
  child.once('exit', (code) => {
    for (const end of ports.values()) end.close();
    events.emit('exit', code ?? 1);
  });
  const self = knownMembersOnly('UtilityProcess', {
    ...events.members,
    postMessage: (data: unknown, transferred: MessagePortMain[] = []) =>
      send({ kind: 'message', data, ports: transferred.map(transfer) }),
    kill: () => child.kill(),
  } satisfies Pick<UtilityProcess, 'on' | 'once' | 'postMessage' | 'kill'>) as UtilityProcess;
  events.self = self;
  return self;
}
