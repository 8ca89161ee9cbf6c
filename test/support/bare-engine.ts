import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';

/** What a container engine without anything in it answers; `null`: a stream that stays open. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  '/_ping': 'OK',
  '/version': { Version: '20.10.0', ApiVersion: '1.41', Arch: 'amd64' },
  '/info': { NCPU: 2, MemTotal: 4 * 2 ** 30, Plugins: { Log: ['local'] } },
  '/containers/json': [],
  '/images/json': [],
  '/networks': [],
  '/events': null,
};

/** An engine on a socket that knows no container and no image: everything else is asked of it in vain. */
export const startBareEngine = async (socket: string): Promise<{ close(): Promise<void> }> => {
  const server = createServer((request, response: ServerResponse) => {
    const path = new URL(request.url ?? '/', 'http://engine').pathname.replace(/^\/v[\d.]+/, '');
    const answer = ANSWERS[path];
    response.setHeader('content-type', 'application/json');
    if (answer === null) return response.flushHeaders();
    response.statusCode = answer === undefined ? 404 : 200;
    response.end(JSON.stringify(answer ?? { message: 'No such container' }));
  });
  server.listen(socket);
  await once(server, 'listening');
  return {
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
