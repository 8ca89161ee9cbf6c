import type { RunId, ShellId } from '../../src-main/contract/ids.ts';
import { api } from '../client/api.ts';
import { fromBase64, toBase64 } from './from-base64.ts';

/** Bytes that are typed at once at most: a large paste goes in several. */
const MOST_TYPED = 48 * 1024;

export interface ShellSession {
  readonly type: (bytes: Uint8Array) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly close: () => void;
}

interface ShellEvents {
  readonly size: { readonly columns: number; readonly rows: number };
  /** Takes bytes of the shell; the next are asked for when it resolves. */
  readonly onOutput: (bytes: Uint8Array) => Promise<void>;
  readonly onOpen: () => void;
  /** `exitCode` null: the container ended, or the connection did. */
  readonly onEnd: (exitCode: number | null) => void;
  readonly onFault: (error: unknown) => void;
}

/** A shell in the run's container. What is typed before it is there is kept, and all of it arrives in order. */
export const openShell = (runId: RunId, { size, onOutput, onOpen, onEnd, onFault }: ShellEvents): ShellSession => {
  const stop = new AbortController();
  let shell: ShellId | null = null;
  let wanted = size;
  let typed: Uint8Array[] = [];
  let sending: Promise<void> | null = null;
  const send = async (): Promise<void> => {
    while (shell !== null && typed.length > 0 && !stop.signal.aborted) {
      const bytes = new Uint8Array(await new Blob(typed.splice(0) as BlobPart[]).arrayBuffer());
      for (let at = 0; at < bytes.length; at += MOST_TYPED) await api.runs.typeIntoShell({ shell, bytes: toBase64(bytes.subarray(at, at + MOST_TYPED)) });
    }
  };
  const flush = (): void => {
    if (shell === null || stop.signal.aborted) return;
    sending ??= send()
      .catch((error: unknown) => {
        if (!stop.signal.aborted) onFault(error);
      })
      .finally(() => {
        sending = null;
      });
  };
  const resize = (columns: number, rows: number): void => {
    wanted = { columns, rows };
    // A size that does not arrive is set right by the next one.
    if (shell !== null) api.runs.resizeShell({ shell, columns, rows }).catch(() => undefined);
  };
  const follow = async (): Promise<void> => {
    for await (const event of await api.runs.openShell({ runId, ...size }, { signal: stop.signal })) {
      if (event.kind === 'opened') {
        shell = event.shell;
        onOpen();
        if (wanted !== size) resize(wanted.columns, wanted.rows);
        flush();
      } else if (event.kind === 'output') await onOutput(fromBase64(event.bytes));
      else {
        shell = null;
        onEnd(event.exitCode);
        return;
      }
    }
    if (!stop.signal.aborted) onEnd(null);
  };
  follow().catch((error: unknown) => {
    shell = null;
    if (!stop.signal.aborted) onFault(error);
  });
  return {
    type: (bytes) => {
      typed = [...typed, bytes];
      flush();
    },
    resize,
    close: () => stop.abort(),
  };
};
