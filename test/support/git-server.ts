import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { quietGit } from './repository.ts';

/** A git server of the test, which answers 401 to whoever does not sign in. */
export interface GitServer {
  /** Where containers of a bridge reach it: `address:port`. */
  readonly host: string;
  /** Paths that were asked for, with whether somebody had signed in. */
  readonly asked: { readonly path: string; readonly signedIn: boolean }[];
  close(): void;
}

/** Serves the bare repositories below a folder, by git's own CGI program. */
export const startGitServer = async (folder: string, user: string, password: string): Promise<GitServer> => {
  const asked: GitServer['asked'] = [];
  const wanted = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const signedIn = request.headers.authorization === wanted;
    asked.push({ path: url.pathname, signedIn });
    if (!signedIn) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="test"' }).end('who are you?\n');
      return;
    }
    const environment = {
      ...quietGit, GIT_PROJECT_ROOT: folder, GIT_HTTP_EXPORT_ALL: '1', PATH_INFO: url.pathname, QUERY_STRING: url.search.slice(1), REQUEST_METHOD: request.method,
      CONTENT_TYPE: request.headers['content-type'] ?? '', HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '', GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''), REMOTE_USER: user,
    };
    const backend = spawn('git', ['http-backend'], { env: environment, stdio: ['pipe', 'pipe', 'ignore'] });
    request.pipe(backend.stdin);
    void buffer(backend.stdout).then((said) => {
      const end = said.indexOf('\r\n\r\n');
      const headers = said.toString('latin1', 0, end).split('\r\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()] as const);
      response.statusCode = Number(headers.find(([name]) => name === 'Status')?.[1].slice(0, 3) ?? 200);
      for (const [name, value] of headers) if (name !== 'Status') response.setHeader(name, value);
      response.end(said.subarray(end + 4));
    });
  });
  server.listen(0, '0.0.0.0');
  await once(server, 'listening');
  const address = Object.values(networkInterfaces()).flatMap((each) => each ?? []).find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
  if (address === undefined) throw new Error('this machine has no address that a container could reach');
  return {
    host: `${address}:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
