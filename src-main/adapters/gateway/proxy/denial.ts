import type { ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { NetworkRefusal } from '../../../contract/network.ts';
import type { NetworkDenial } from '../../../domain/network/decide-connection.ts';
import type { Clock } from '../../../ports/surroundings.ts';

/** For whoever reads the answer inside the container, most often an agent: what it can do about it itself. */
const NEXT: Readonly<Record<NetworkRefusal, string>> = {
  notAName: 'Use the name of the host, not an address.',
  notAllowed: 'Do without it, or say in your report that it is needed: only the user can allow it, for the next turn.',
  methodNotAllowed: 'Do without it, or say in your report that it is needed: only the user can allow it, for the next turn.',
  pathNotAllowed: 'Do without it, or say in your report that it is needed: only the user can allow it, for the next turn.',
  privateAddress: 'Do without it, or say in your report that it is needed: only the user can allow it, for the next turn.',
  noSuchName: 'Check the spelling of the name.',
  serverNameDiffers: 'Connect to each name by a connection of its own.',
  hostDiffers: 'Send requests for each name over a connection of its own.',
  notTls: 'Speak TLS inside a tunnel; for plain HTTP ask the proxy for the whole address.',
  unreachable: 'Try again later.',
  badRequest: 'Use an ordinary HTTP client with this proxy.',
  upgradeRefused: 'WebSockets and other protocols are not carried where requests are looked at. Use plain requests.',
  sentBudget: 'The run has sent as much as it may. Do the rest without the network.',
  receivedBudget: 'The run has received as much as it may. Do the rest without the network.',
  connectionBudget: 'Use fewer connections at once.',
  rateBudget: 'Wait a minute, and open fewer connections.',
};

/** What went wrong on the way is for a client to try again; everything else was decided. */
const statusOf = (refusal: NetworkRefusal): number => (refusal === 'unreachable' ? 502 : 403);

const answerOf = ({ refusal, message }: Pick<NetworkDenial, 'refusal' | 'message'>): { status: number; words: string; body: Buffer } => ({
  status: statusOf(refusal),
  // Many clients show nothing else of a tunnel that was refused.
  words: `Refused by Drydock: ${refusal}`,
  body: Buffer.from(`${JSON.stringify({ error: 'drydock', reason: refusal, message, next: NEXT[refusal] })}\n`),
});

/** Time to read an answer before the connection is cut. */
const FAREWELL_MS = 5_000;

/** Ends a connection, with last words if there are any: what is still sent is thrown away, and not for long. */
export const endWith = (connection: Duplex, words: string | Buffer | null, clock: Clock): void => {
  if (connection.destroyed) return;
  const stop = clock.after(FAREWELL_MS, () => connection.destroy());
  connection.once('close', stop);
  connection.resume();
  const done = (): void => {
    if (connection.readableEnded) connection.destroy();
  };
  connection.once('end', () => {
    if (connection.writableFinished) connection.destroy();
  });
  if (words === null) connection.end(done);
  else connection.end(words, done);
};

/** Answers a connection on which nobody else writes. */
export const denyConnection = (connection: Duplex, denial: Pick<NetworkDenial, 'refusal' | 'message'>, clock: Clock): void => {
  const { status, words, body } = answerOf(denial);
  const head = `HTTP/1.1 ${status} ${words}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n`;
  endWith(connection, Buffer.concat([Buffer.from(head), body]), clock);
};

/** Answers a request; when its answer has begun, nothing can be said any more but that it is cut off. */
export const denyRequest = (response: ServerResponse, denial: Pick<NetworkDenial, 'refusal' | 'message'>): void => {
  if (response.headersSent) return void response.destroy();
  const { status, words, body } = answerOf(denial);
  response.writeHead(status, words, { 'Content-Type': 'application/json', 'Content-Length': body.length });
  response.end(response.req.method === 'HEAD' ? undefined : body);
};
