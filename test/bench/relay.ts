import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostAddresses } from '../../src-main/adapters/gateway/relay/host-addresses.ts';
import { createNetworkSeat } from '../../src-main/adapters/gateway/relay/network-seat.ts';
import { systemClock } from '../../src-main/adapters/system/clock.ts';
import { systemIds } from '../../src-main/adapters/system/ids.ts';
import { runId } from '../../src-main/contract/ids.ts';
import { NETWORK_OFF } from '../../src-main/contract/network.ts';
import { requireEngine, sweep } from '../support/engine.ts';
import { relaySource } from '../support/relay/local-relay.ts';
import { docker } from './docker-cli.ts';
import { inMs, type Bench } from './row.ts';

const MB = 2 ** 20;

/** A web server in a process of its own: `/N` answers with N bytes. Writes its port. */
const SINK = `
const piece = Buffer.alloc(262144, 'drydock ');
const server = require('http').createServer((request, response) => {
  let left = Number(request.url.slice(1));
  response.setHeader('content-length', left);
  const more = () => {
    while (left > 0) {
      const bytes = left < piece.length ? piece.subarray(0, left) : piece;
      left -= bytes.length;
      if (!response.write(bytes)) return response.once('drain', more);
    }
    response.end();
  };
  more();
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

/** What runs in the container: the time of each small request on a connection of its own, and of one download; as JSON. */
const CLIENT = `
const http = require('http');
const [proxy, requests, bytes] = process.argv.slice(1);
const { hostname: host, port } = new URL(proxy);
const get = (size) => new Promise((resolve, reject) => {
  const began = performance.now();
  http.get({ host, port, path: 'http://sink.test/' + size, headers: { host: 'sink.test' }, agent: false }, (response) => {
    let got = 0;
    response.on('data', (piece) => (got += piece.length));
    response.on('end', () => (got === size ? resolve(performance.now() - began) : reject(new Error('got ' + got))));
    response.on('error', reject);
  }).on('error', reject);
});
(async () => {
  for (let count = 0; count < 20; count += 1) await get(100);
  const each = [];
  for (let count = 0; count < Number(requests); count += 1) each.push(await get(100));
  each.sort((a, b) => a - b);
  console.log(JSON.stringify({ latencyMs: each[each.length >> 1], downloadMs: await get(Number(bytes)) }));
})();
`;

interface Measured {
  readonly latencyMs: number;
  readonly downloadMs: number;
}

/** A proxy that lets everything pass to one place: what is left is the way to it. */
const passAll = (port: number): Server =>
  createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://sink.test').pathname;
    const onward = ask({ host: '127.0.0.1', port, path, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });

/** One request and one download from inside a container: through the relay, and through the same proxy listening on the host. */
export const relay: Bench = async ({ quick }) => {
  const [requests, bytes] = quick ? [50, 64 * MB] : [400, 512 * MB];
  const { engine, image } = await requireEngine();
  const owner = `bench-${randomBytes(6).toString('hex')}`;
  const directory = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  const sink = spawn(process.execPath, ['-e', SINK], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = (await once(sink.stdout, 'data')) as [Buffer];
  const proxy = passAll(Number(said.toString()));
  const measure = async (network: string, at: string): Promise<Measured> =>
    JSON.parse(await docker('run', '--rm', '--network', network, image, 'node', '-e', CLIENT, at, String(requests), String(bytes))) as Measured;
  const seats = createNetworkSeat({
    directory,
    relaySource,
    createProxy: async () => ({ accept: (connection) => void proxy.emit('connection', connection), keep: null, authorityPem: null, close: async () => {} }),
    hostAddresses: () => [],
    clock: systemClock,
  });
  const seat = await seats.open(engine, {
    runId: runId.parse(`run_${systemIds.random()}`),
    turn: 1,
    owner,
    image,
    network: { ...NETWORK_OFF, mode: 'allowlist' },
    secrets: new Map(),
    entries: [],
    onEntry: () => {},
  });
  try {
    // Any address of this machine can be reached over a bridge.
    const host = hostAddresses()[0]?.[0];
    if (host === undefined) throw new Error('this machine has no address but loopback');
    proxy.listen(0, host);
    await once(proxy, 'listening');
    const plainAt = `http://${host}:${(proxy.address() as AddressInfo).port}`;
    const through: Measured[] = [];
    const plain: Measured[] = [];
    let memory = 0;
    for (let round = 0; round < (quick ? 1 : 3); round += 1) {
      const measured = measure(`container:${seat.holder}`, 'http://127.0.0.1:3128');
      let ended = false;
      const over = measured.finally(() => (ended = true));
      while (!ended) {
        memory = Math.max(memory, (await engine.measure(seat.holder)).memoryBytes);
        // The engine's own work for an answer would be measured, too.
        await Promise.race([over, new Promise((resolve) => setTimeout(resolve, 200))]);
      }
      through.push(await over);
      plain.push(await measure('bridge', plainAt));
    }
    const best = (of: readonly Measured[], what: keyof Measured): number => Math.min(...of.map((each) => each[what]));
    const added = best(through, 'latencyMs') - best(plain, 'latencyMs');
    const speed = (of: readonly Measured[]): number => bytes / 1e3 / best(of, 'downloadMs');
    return [
      {
        what: 'a proxied request, latency added',
        drydock: `${inMs(best(through, 'latencyMs'))} through the relay`,
        raw: `the same proxy on the host ${inMs(best(plain, 'latencyMs'))}`,
        value: added,
        unit: 'ms',
        target: { at: 'most', value: 5 },
      },
      {
        what: `a download of ${bytes / MB} MB`,
        drydock: `${speed(through).toFixed(0)} MB/s`,
        raw: `the same proxy on the host ${speed(plain).toFixed(0)} MB/s`,
        value: speed(through) / speed(plain),
        unit: 'ratio',
        target: { at: 'least', value: 0.5 },
        note: 'each byte passes relay, engine and its shim besides the proxy, some 13 s of processor time for a GB against 4 s: on two processors that, and not the stream, is the bound',
      },
      { what: 'memory of the relay', drydock: `${(memory / MB).toFixed(1)} MB`, raw: null, value: memory / MB, unit: 'MB', target: { at: 'most', value: 128 } },
    ];
  } finally {
    await seat.close();
    proxy.close();
    proxy.closeAllConnections();
    sink.kill();
    await sweep(engine, owner);
    await rm(directory, { recursive: true, force: true });
  }
};
