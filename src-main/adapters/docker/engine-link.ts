import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { Duplex, Readable } from 'node:stream';
import Docker from 'dockerode';
import { dialOverSsh } from '../../../resources/engine/engine-request.mjs';
import type { EngineEndpoint } from '../../../resources/engine/find-engine.mjs';

/** The ways to speak to one engine: calls by the client library, and connections that become a raw stream. */
export interface EngineLink {
  readonly docker: Docker;
  /** A GET for which the client library's own method takes no signal. The answer is what the caller says it is. */
  get<T>(path: string, signal: AbortSignal): Promise<T>;
  /** A call whose answer is handed over as it comes, from its headers on. */
  open(method: 'GET' | 'POST', path: string, signal: AbortSignal): Promise<Readable>;
  /**
   * POSTs and takes over the connection once the engine has switched protocols, so that not one byte of output is
   * lost between the two. Rejects with an error that carries `statusCode` when the engine refuses.
   */
  upgrade(path: string, body: unknown, signal: AbortSignal): Promise<Duplex>;
}

type Way = Pick<http.RequestOptions, 'socketPath' | 'host' | 'port' | 'agent'> & https.RequestOptions;

/** A connection a call: a kept one may belong to an engine that was restarted since. */
const agentFor = (endpoint: EngineEndpoint): http.Agent => {
  if (endpoint.kind === 'tcp' && endpoint.tls !== undefined) return new https.Agent({ keepAlive: false });
  const agent = new http.Agent({ keepAlive: false });
  if (endpoint.kind === 'ssh') Object.assign(agent, { createConnection: () => dialOverSsh(endpoint.host) });
  return agent;
};

const pem = (path: string | undefined): Buffer | undefined => (path === undefined ? undefined : readFileSync(path));

const wayTo = (endpoint: EngineEndpoint): Way => {
  const agent = agentFor(endpoint);
  switch (endpoint.kind) {
    case 'socket':
      return { socketPath: endpoint.path, agent };
    case 'tcp':
      return {
        host: endpoint.host,
        port: endpoint.port,
        agent,
        ...(endpoint.tls === undefined ? {} : { ca: pem(endpoint.tls.ca), cert: pem(endpoint.tls.cert), key: pem(endpoint.tls.key) }),
      };
    case 'ssh':
      return { host: 'docker', port: 80, agent };
  }
};

const refusal = (status: number, body: string): Error => {
  let json: unknown = null;
  try {
    json = JSON.parse(body);
  } catch {
    // Proxies answer in plain words.
  }
  return Object.assign(new Error(body.trim()), { statusCode: status, json });
};

/** Reads certificates; opens no connection yet. */
export const createLink = (endpoint: EngineEndpoint): EngineLink => {
  const way = wayTo(endpoint);
  const secure = endpoint.kind === 'tcp' && endpoint.tls !== undefined;
  // Everything is said: what is left out the library would take from DOCKER_HOST and its companions.
  const options = { host: undefined, port: undefined, socketPath: undefined, ca: undefined, cert: undefined, key: undefined, ...way };
  const docker = new Docker({ ...options, protocol: secure ? 'https' : 'http' } as Docker.DockerOptions);
  const upgrade = (path: string, body: unknown, signal: AbortSignal): Promise<Duplex> =>
    new Promise((resolve, reject) => {
      const content = body === null ? '' : JSON.stringify(body);
      const headers = {
        Connection: 'Upgrade',
        Upgrade: 'tcp',
        'Content-Length': Buffer.byteLength(content),
        ...(body === null ? {} : { 'Content-Type': 'application/json' }),
      };
      const request = (secure ? https : http).request({ ...way, method: 'POST', path, headers, signal });
      request.on('upgrade', (_response, socket, head) => {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
      });
      request.on('response', (response) => {
        const said: Buffer[] = [];
        response.on('data', (bytes: Buffer) => said.push(bytes));
        response.on('error', reject);
        response.on('end', () => reject(refusal(response.statusCode ?? 0, Buffer.concat(said).toString())));
      });
      request.on('error', reject);
      request.end(content);
    });
  const get = <T>(path: string, abortSignal: AbortSignal): Promise<T> =>
    new Promise((resolve, reject) => {
      docker.modem.dial({ path, method: 'GET', abortSignal, statusCodes: { 200: true } }, (error, answer) =>
        error === null ? resolve(answer as T) : reject(error),
      );
    });
  const open = (method: 'GET' | 'POST', path: string, abortSignal: AbortSignal): Promise<Readable> =>
    new Promise((resolve, reject) => {
      docker.modem.dial({ path, method, abortSignal, isStream: true, statusCodes: { 200: true } }, (error, answer) =>
        error === null ? resolve(answer as Readable) : reject(error),
      );
    });
  return { docker, upgrade, get, open };
};
