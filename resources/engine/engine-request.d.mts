import type { IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import type { EngineEndpoint } from './find-engine.mjs';

export interface EngineRequest {
  readonly method?: string;
  /** Path and query, without an API version: the engine then answers in its own. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readable | Buffer | string;
  /** Milliseconds without a byte from the engine before the request is given up. None by default. */
  readonly idleTimeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** One HTTP request to a container engine. Rejects when the engine cannot be reached or stays silent; a status is not an error. */
export function engineRequest(endpoint: EngineEndpoint, request: EngineRequest): Promise<IncomingMessage>;

/** The stream an HTTP connection to an engine over ssh runs on: `docker system dial-stdio` at the other end. */
export function dialOverSsh(host: string): Duplex;
