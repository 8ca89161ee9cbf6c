import { runCommandLine } from '../../src-main/cli/program.ts';
import type { RawTerminal, Sink, Surroundings } from '../../src-main/cli/surroundings.ts';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import type { FakeService } from './fake-service.ts';

export interface Ended {
  readonly status: number;
  readonly stdout: string;
  readonly bytes: Buffer;
  readonly stderr: string;
  /** What was printed with --json: the last line. */
  readonly json: Record<string, unknown>;
}

interface World {
  readonly isTTY?: boolean;
  readonly stdin?: string;
  readonly env?: Record<string, string>;
  /** Called with what is on stderr so far, and the way to press Ctrl-C. */
  onError?(text: string, interrupt: () => void): void;
  onOutput?(text: string, interrupt: () => void): void;
  openService?: Surroundings['openService'];
  terminal?: RawTerminal;
}

/** Runs one command line against a service, in a world of the test's making. */
export async function drydock(fake: FakeService, args: string[], world: World = {}): Promise<Ended> {
  const written = { out: [] as Buffer[], err: [] as Buffer[] };
  const callbacks = new Set<() => void>();
  const interrupt = () => {
    for (const callback of callbacks) callback();
  };
  const sink = (pieces: Buffer[], after?: (text: string, interrupt: () => void) => void): Sink => ({
    isTTY: world.isTTY ?? false,
    columns: 80,
    async write(data) {
      pieces.push(Buffer.from(data));
      after?.(Buffer.concat(pieces).toString(), interrupt);
    },
  });
  const connection = connectInMemory(fake.router());
  const status = await runCommandLine(args, {
    out: sink(written.out, world.onOutput),
    err: sink(written.err, world.onError),
    env: { HOME: '/home/someone', ...world.env },
    cwd: '/repos/shop',
    readStdin: async () => world.stdin ?? '',
    readHidden: async () => (world.stdin === undefined ? null : world.stdin),
    terminal: () => world.terminal ?? null,
    openService: world.openService ?? (async () => ({ client: connection.client, isOurs: false, close: () => connection.close() })),
    onInterrupt(callback) {
      callbacks.add(callback);
      return () => void callbacks.delete(callback);
    },
    openBrowser: () => {},
  });
  const bytes = Buffer.concat(written.out);
  const stdout = bytes.toString();
  const last = stdout.trimEnd().split('\n').at(-1) ?? '';
  return {
    status,
    stdout,
    bytes,
    stderr: Buffer.concat(written.err).toString(),
    get json() {
      return JSON.parse(last) as Record<string, unknown>;
    },
  };
}
