import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll } from 'vitest';
import { connectInMemory } from '../../src-main/wire/client/connect-in-memory.ts';
import { connectLocal } from '../../src-main/wire/client/connect-local.ts';
import { connectMessagePort } from '../../src-main/wire/client/connect-message-port.ts';
import { connectWebSocket } from '../../src-main/wire/client/connect-web-socket.ts';
import { serveHttp } from '../../src-main/wire/transports/serve-http.ts';
import { serveLocalSocket } from '../../src-main/wire/transports/serve-local-socket.ts';
import { serveMessagePort } from '../../src-main/wire/transports/serve-message-port.ts';
import { transportSuite, type WireClient } from '../conformance/transport.suite.ts';
import { signIn } from '../support/sign-in.ts';
import { wireContract } from '../support/wire-contract.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-wire-'));
});
afterAll(() => rm(folder, { recursive: true }));

const options = { contract: wireContract, attempts: 0 };

transportSuite('in-memory', async (router) => {
  const connection = connectInMemory<WireClient>(router);
  return { connection, stopServing: () => connection.close() };
});

transportSuite('message port', async (router) => {
  const { port1, port2 } = new MessageChannel();
  const stop = serveMessagePort(router, port1);
  return { connection: connectMessagePort<WireClient>(port2), stopServing: async () => stop() };
});

transportSuite('http and WebSocket', async (router) => {
  const listener = await serveHttp({ router, staticDirectory: folder });
  const { cookie } = await signIn(listener.url);
  const address = `${listener.origin.replace('http:', 'ws:')}/rpc`;
  const headers = { headers: { cookie, origin: listener.origin } };
  return { connection: await connectWebSocket<WireClient>(address, headers, options), stopServing: () => listener.close() };
});

transportSuite('local socket', async (router) => {
  const path = join(folder, 'service.sock');
  const listener = await serveLocalSocket({ router, path });
  return { connection: await connectLocal<WireClient>(path, options), stopServing: () => listener.close() };
});
