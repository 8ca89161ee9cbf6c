/** Where a container engine listens. `path` of a Windows pipe is its `//./pipe/…` name. */
export type EngineEndpoint =
  | { readonly kind: 'socket'; readonly path: string }
  | {
      readonly kind: 'tcp';
      readonly host: string;
      readonly port: number;
      /** Paths of PEM files. */
      readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string };
    }
  /** `user@name:port` as ssh takes it; the engine's client must be installed there. */
  | { readonly kind: 'ssh'; readonly host: string };

export interface EngineFound {
  readonly found: true;
  readonly endpoint: EngineEndpoint;
  /** Where the endpoint was learned, in words for the user: "DOCKER_HOST", "Colima". */
  readonly source: string;
}

export interface EngineAttempt {
  readonly source: string;
  /** The address in the notation of DOCKER_HOST. */
  readonly where: string;
  /** Why it was not taken, in words. */
  readonly problem: string;
}

export interface EngineNotFound {
  readonly found: false;
  readonly tried: readonly EngineAttempt[];
  /** One sentence: what to do on this machine. */
  readonly nextStep: string;
}

export interface FindEngineOptions {
  /** The process's own by default. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
  readonly platform?: NodeJS.Platform;
  readonly uid?: number;
  /** Milliseconds to wait for one engine's answer to a ping; 2,000 by default. */
  readonly timeoutMs?: number;
  /** Put before the absolute paths of well-known sockets; for tests. */
  readonly root?: string;
}

/**
 * Finds a container engine that answers: DOCKER_HOST or DOCKER_CONTEXT where set (then nothing else is tried,
 * the user has chosen), else the current Docker context, then the usual sockets. Never throws for a machine
 * without an engine.
 */
export function findEngine(options?: FindEngineOptions): Promise<EngineFound | EngineNotFound>;

/** Undefined when the engine answers a ping, else the reason in words. */
export function whyNoAnswer(
  endpoint: EngineEndpoint,
  timeoutMs?: number,
  signal?: AbortSignal,
): Promise<string | undefined>;

/** The endpoint in the notation of DOCKER_HOST. */
export function engineAddress(endpoint: EngineEndpoint): string;
