import type { ShellId } from '../../../src-main/contract/ids.ts';
import type { ShellEvent } from '../../../src-main/contract/live.ts';

interface FakeShell {
  readonly tell: (event: ShellEvent) => void;
  /** All that was typed into it. */
  typed: string;
  size: { readonly columns: number; readonly rows: number };
  open: boolean;
}

/** Shells of a fake service: they echo what is typed, as a terminal does, and end with `exit`. */
export const createFakeShells = () => {
  const shells = new Map<string, FakeShell>();
  const bytesOf = (text: string | Buffer): string => Buffer.from(text).toString('base64');
  return {
    /** The shells that were opened, in order. */
    all: (): readonly FakeShell[] => [...shells.values()],
    /** Something that a program in the last shell says. */
    say: (text: string | Buffer): void => [...shells.values()].at(-1)?.tell({ kind: 'output', bytes: bytesOf(text) }),
    end: (exitCode: number | null): void => [...shells.values()].at(-1)?.tell({ kind: 'ended', exitCode }),
    async *open(size: FakeShell['size'], signal: AbortSignal | undefined): AsyncGenerator<ShellEvent> {
      const id = `shl_${String(shells.size).padStart(12, '0')}` as ShellId;
      const waiting: ShellEvent[] = [{ kind: 'opened', shell: id }, { kind: 'output', bytes: bytesOf('agent@drydock:/workspace$ ') }];
      let wake = (): void => undefined;
      const shell: FakeShell = {
        typed: '',
        size,
        open: true,
        tell: (event) => {
          waiting.push(event);
          wake();
        },
      };
      shells.set(id, shell);
      try {
        while (!signal?.aborted) {
          const event = waiting.shift();
          if (event) {
            yield event;
            if (event.kind === 'ended') return;
            continue;
          }
          await new Promise<void>((resolve) => {
            wake = resolve;
            signal?.addEventListener('abort', () => resolve(), { once: true });
          });
        }
      } finally {
        shell.open = false;
      }
    },
    type(id: string, bytes: string): void {
      const shell = shells.get(id);
      if (!shell) return;
      const text = Buffer.from(bytes, 'base64').toString();
      shell.typed += text;
      shell.tell({ kind: 'output', bytes: bytesOf(text.replaceAll('\r', '\r\nagent@drydock:/workspace$ ')) });
      if (shell.typed.endsWith('exit\r')) shell.tell({ kind: 'ended', exitCode: 0 });
    },
    resize(id: string, size: FakeShell['size']): void {
      const shell = shells.get(id);
      if (shell) shell.size = size;
    },
  };
};
