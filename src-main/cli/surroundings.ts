import type { DrydockClient } from '../wire/client/connection.ts';

/** Where a command writes to. */
export interface Sink {
  readonly isTTY: boolean;
  /** Width in characters; unknown when it is no terminal. */
  readonly columns: number | undefined;
  /** Settles when there is room for more. */
  write(data: string | Uint8Array): Promise<void>;
}

/** The terminal that a person types at. */
export interface RawTerminal {
  size(): { readonly columns: number; readonly rows: number };
  /** Hands on every byte that is typed, and shows and obeys none of it here, Ctrl-C neither. Returns the way to stop. */
  take(onBytes: (bytes: Uint8Array) => void, onResize: () => void): () => void;
}

/** A service to talk to, running elsewhere or composed in this process. */
export interface Service {
  readonly client: DrydockClient;
  /** True: it lives and ends with this command. */
  readonly isOurs: boolean;
  /** Calls back when the connection is cut (false) and when it is back (true); returns the way to stop that. Absent: it cannot be cut. */
  onChange?(callback: (isUp: boolean) => void): () => void;
  close(): Promise<void>;
}

/** Everything of the world that commands touch; tests give their own. */
export interface Surroundings {
  readonly out: Sink;
  readonly err: Sink;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readStdin(): Promise<string>;
  /** Reads stdin; on a terminal one line that is not shown, after `prompt`. null: it was called off. */
  readHidden(prompt: string): Promise<string | null>;
  /** null: stdin or stdout is none. */
  terminal(): RawTerminal | null;
  /** Connects to the running service of a data directory, or composes one. */
  openService(dataDirectory: string): Promise<Service>;
  /** Calls back at Ctrl-C and SIGTERM instead of ending the process; returns the way to stop that. */
  onInterrupt(callback: () => void): () => void;
  /** Opens an address in the user's browser. */
  openBrowser(url: string): void;
}
