import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { AnyContractRouter } from '@orpc/contract';
import type { ClientRetryPluginContext } from '@orpc/client/plugins';
import { WebSocket, type ClientOptions } from 'ws';
import { contract as drydockContract } from '../../contract/endpoints.ts';
import { systemTimer, type Timer } from '../timer.ts';
import type { DrydockClient, WireConnection } from './connection.ts';
import { ReconnectingSocket } from './reconnecting-socket.ts';
import { resumeLive } from './resume-live.ts';

export interface ConnectOptions {
  /** Attempts in a row to come back after a cut before it gives up. */
  readonly attempts?: number;
  readonly timer?: Timer;
  random?(): number;
  /** Which contract says what is live. */
  readonly contract?: AnyContractRouter;
}

/** Largest answer taken, in bytes: a patch or a list of 20,000 changes fits. */
const ANSWER_LIMIT = 512 * 1024 * 1024;
const HANDSHAKE_MS = 10_000;

/**
 * Connects and awaits the first connection.
 *
 * @throws ServiceUnreachable when nobody answers.
 */
export async function connectWebSocket<Client extends object = DrydockClient>(
  address: string,
  socketOptions: ClientOptions = {},
  { attempts = 12, timer = systemTimer, random = Math.random, contract = drydockContract }: ConnectOptions = {},
): Promise<WireConnection<Client>> {
  let opened = false;
  const socket = new ReconnectingSocket({
    open: () =>
      new WebSocket(address, {
        perMessageDeflate: false,
        maxPayload: ANSWER_LIMIT,
        handshakeTimeout: HANDSHAKE_MS,
        ...socketOptions,
      }),
    timer,
    random,
    get attempts() {
      return opened ? attempts : 0;
    },
  });
  await socket.whenOpen();
  let isClosed = false;
  opened = true;
  const link = new RPCLink<ClientRetryPluginContext>({ websocket: socket, plugins: [resumeLive(contract, socket)] });
  return {
    client: createORPCClient(link) as Client,
    onChange(callback) {
      let isUp = true;
      const leave = new AbortController();
      const say = (now: boolean) => {
        if (now !== isUp && !isClosed) callback(now);
        isUp = now;
      };
      socket.addEventListener('open', () => say(true), { signal: leave.signal });
      socket.addEventListener('close', () => say(false), { signal: leave.signal });
      return () => leave.abort();
    },
    async close() {
      isClosed = true;
      socket.close();
    },
  };
}
