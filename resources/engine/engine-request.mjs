import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { Duplex, PassThrough, Readable } from 'node:stream';

/**
 * One HTTP request to a container engine, wherever it is. A status is not an error: the caller reads it.
 * Rejects when the engine cannot be reached, the signal ends it, or nothing arrives for `idleTimeoutMs`.
 */
export function engineRequest(endpoint, { method = 'GET', path, headers = {}, body, idleTimeoutMs = 0, signal }) {
  return new Promise((resolve, reject) => {
    const secure = endpoint.kind === 'tcp' && endpoint.tls !== undefined;
    const options = { method, path, headers: { Host: 'docker', ...headers }, signal, agent: false, ...wayTo(endpoint) };
    const request = (secure ? https : http).request(options, resolve);
    request.on('error', reject);
    if (idleTimeoutMs > 0) {
      request.setTimeout(idleTimeoutMs, () => {
        const silent = new Error(`no answer within ${idleTimeoutMs / 1000} s`);
        request.destroy(Object.assign(silent, { code: 'ETIMEDOUT' }));
      });
    }
    if (body instanceof Readable) {
      body.on('error', (error) => request.destroy(error));
      body.pipe(request);
    } else request.end(body);
  });
}

function wayTo(endpoint) {
  switch (endpoint.kind) {
    case 'socket':
      return { socketPath: endpoint.path };
    case 'tcp':
      return { host: endpoint.host, port: endpoint.port, ...certificates(endpoint.tls) };
    case 'ssh':
      // http asks an agent for the connection, even a fresh one, unless there is none at all.
      return { agent: undefined, createConnection: () => dialOverSsh(endpoint.host) };
    default:
      throw new TypeError(`unknown kind of engine endpoint: ${endpoint.kind}`);
  }
}

function certificates(tls) {
  if (tls === undefined) return {};
  const read = (path) => (path === undefined ? undefined : readFileSync(path));
  return { ca: read(tls.ca), cert: read(tls.cert), key: read(tls.key) };
}

/**
 * The stream an HTTP connection to an engine over ssh runs on: `docker system dial-stdio` at the other end,
 * which is what Docker's own client does. ssh may not ask for anything: there is nobody to answer.
 */
export function dialOverSsh(host) {
  const [, user, name, port] = /^(?:([^@]+)@)?(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(host) ?? [];
  if (name === undefined || name.startsWith('-') || user?.startsWith('-')) {
    throw Object.assign(new Error(`not a name for ssh: ${host}`), { code: 'EINVAL' });
  }
  const target = `${user === undefined ? '' : `${user}@`}${name.replace(/^\[|\]$/g, '')}`;
  const arguments_ = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=5', ...(port === undefined ? [] : ['-p', port])];
  const child = spawn('ssh', [...arguments_, '--', target, 'docker', 'system', 'dial-stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  const answers = new PassThrough();
  const stream = Duplex.from({ readable: answers, writable: child.stdin });
  let said = '';
  child.stderr.on('data', (chunk) => (said = (said + chunk).slice(-400)));
  child.stdout.pipe(answers, { end: false });
  child.on('error', (error) => stream.destroy(error));
  // The end of the output alone would read as "socket hang up"; ssh's own words come with its exit.
  child.on('close', (status) => {
    if (status === 0) answers.end();
    else stream.destroy(new Error(`ssh: ${said.trim().replaceAll(/\s*\n\s*/g, '; ') || `ended with ${status}`}`));
  });
  stream.on('close', () => child.kill());
  // http sets these on every socket it is given; on a pair of pipes they have no meaning.
  for (const name of ['setNoDelay', 'setKeepAlive', 'setTimeout', 'ref', 'unref']) stream[name] ??= () => stream;
  return stream;
}
