import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';

export interface PrivateRegistry {
  /** Where containers on a bridge find it: host and port. */
  readonly host: string;
  readonly port: number;
  /** What was asked for, and how it was answered. */
  readonly asked: { readonly method: string; readonly path: string; readonly status: number }[];
  close(): void;
}

const tarball = async (files: Readonly<Record<string, string>>): Promise<Buffer> => {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name: `package/${name}` }, content);
  archive.finalize();
  return buffer(archive.pipe(createGzip()));
};

/** An npm registry with one package, on every address of this machine: 401 to whoever has not its token; null: it has none. */
export const startPrivateRegistry = async (token: string | null, name: string, files: Readonly<Record<string, string>>): Promise<PrivateRegistry> => {
  const version = '1.2.3';
  const manifest = { name, version, main: 'index.js' };
  const body = await tarball({ 'package.json': JSON.stringify(manifest), ...files });
  const asked: PrivateRegistry['asked'] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    const status = token !== null && request.headers.authorization !== `Bearer ${token}` ? 401 : path === `/${name}` || path === '/tarball.tgz' ? 200 : 404;
    asked.push({ method: request.method ?? '', path, status });
    response.statusCode = status;
    if (status !== 200) return response.end(JSON.stringify({ error: status === 401 ? 'authentication required' : 'not found' }));
    if (path === '/tarball.tgz') return response.end(body);
    const dist = { tarball: `http://${request.headers.host}/tarball.tgz`, integrity: `sha512-${createHash('sha512').update(body).digest('base64')}` };
    return response.setHeader('content-type', 'application/json').end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } }));
  });
  server.listen(0);
  await once(server, 'listening');
  const address = Object.values(networkInterfaces()).flat().find((each) => each !== undefined && !each.internal && each.family === 'IPv4')?.address;
  const { port } = server.address() as AddressInfo;
  return {
    host: `${address}:${port}`,
    port,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
