import type { RunId, ShellId } from '../contract/ids.ts';
import type { Task } from './command-line.ts';
import type { RawTerminal } from './surroundings.ts';

/** Bytes that are typed at once at most: a large paste goes in several. */
const MOST_TYPED = 48 * 1024;

/**
 * A shell in a run's container at the terminal, until it ends. What it shows is not filtered: it is a terminal's program.
 * @returns its exit status; null: its container ended.
 */
export async function attachShell({ client, output }: Pick<Task<unknown>, 'client' | 'output'>, runId: RunId, terminal: RawTerminal): Promise<number | null> {
  const leave = new AbortController();
  let shell: ShellId | null = null;
  let typing = Promise.resolve();
  // In the order in which it was typed; what no longer arrives was typed into a shell that has ended.
  const type = (bytes: Uint8Array): void => {
    for (let at = 0; at < bytes.length; at += MOST_TYPED) {
      const piece = Buffer.from(bytes.subarray(at, at + MOST_TYPED)).toString('base64');
      typing = typing.then(async () => void (shell !== null && (await client.runs.typeIntoShell({ shell, bytes: piece })))).catch(() => {});
    }
  };
  const resize = (): void => void (shell !== null && client.runs.resizeShell({ shell, ...terminal.size() }).catch(() => {}));
  let stop = (): void => {};
  try {
    for await (const event of await client.runs.openShell({ runId, ...terminal.size() }, { signal: leave.signal })) {
      if (event.kind === 'ended') return event.exitCode;
      if (event.kind === 'output') await output.out.write(Buffer.from(event.bytes, 'base64'));
      else {
        shell = event.shell;
        stop = terminal.take(type, resize);
      }
    }
    return null;
  } finally {
    stop();
    leave.abort();
  }
}
