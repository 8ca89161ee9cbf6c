import { request as httpRequest, type ClientRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { NetworkDenial } from '../../../domain/network/decide-connection.ts';
import { secretsSentTo, withInjected } from './injected-headers.ts';
import { endToEnd, hasBody, isChunked, pairsOf } from './message-headers.ts';
import type { ProxyContext } from './proxy-context.ts';
import { denial } from './reach.ts';
import { handOn } from './redacted-response.ts';
import { NotVerified, NoPlace, type Upstream } from './upstream.ts';

export interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** As it stands in the first line for the host. */
  readonly path: string;
  readonly upstream: Upstream;
}

/** What a failure on the way means for the client. */
export const denialOf = ({ budget }: Pick<ProxyContext, 'budget'>, error: unknown, host: string): NetworkDenial => {
  // Streams within streams do not hand their reasons on.
  if (budget.spent !== null) return denial(budget.spent.refusal, budget.spent.message);
  if (error instanceof NoPlace) return denial(error.refusal, error.message);
  if (error instanceof NotVerified) return denial('unreachable', `${host} could not prove who it is: ${error.message}`);
  return denial('unreachable', `${host} did not answer`);
};

class NoAnswer extends Error {
  readonly cutOff: boolean;
  constructor(cause: unknown, cutOff: boolean) {
    super('a host did not answer', { cause });
    this.cutOff = cutOff;
  }
}

const begin = (context: ProxyContext, { request, path, upstream }: Asked): ClientRequest => {
  const { place } = upstream.pinned.decision;
  const headers = withInjected(context, place, endToEnd(pairsOf(request.rawHeaders)));
  return httpRequest({
    agent: upstream.agent,
    host: place.host,
    port: place.port,
    method: request.method ?? 'GET',
    path,
    setHost: false,
    headers: [...headers, ...(isChunked(request) ? [['Transfer-Encoding', 'chunked'] as const] : [])].flat(),
  });
};

/** Resolves with the head of the answer. Rejects with `NoAnswer`. */
const answerOf = (out: ClientRequest, request: IncomingMessage): Promise<IncomingMessage> => {
  const head = Promise.withResolvers<IncomingMessage>();
  out.once('response', (answer) => head.resolve(answer));
  out.once('upgrade', (_answer, socket) => {
    socket.destroy();
    head.reject(new NoAnswer(new Error('the host changed the protocol'), false));
  });
  // A connection that was kept may have been closed by its host just now: then nothing of the request was looked at.
  out.on('error', (error) => head.reject(new NoAnswer(error, out.reusedSocket && !hasBody(request))));
  if (hasBody(request)) request.pipe(out);
  else out.end();
  return head.promise;
};

/** Sends a request to its host and hands the answer on, as it comes. Resolves when the answer has ended, in whatever way; what was refused only then is said. */
export const sendOn = async (context: ProxyContext, asked: Asked): Promise<NetworkDenial | null> => {
  const { request, response, upstream } = asked;
  const { place } = upstream.pinned.decision;
  let out = begin(context, asked);
  const cut = (): void => void out.destroy();
  response.once('close', cut);
  try {
    let answer: IncomingMessage;
    try {
      answer = await answerOf(out, request);
    } catch (error) {
      if (!(error instanceof NoAnswer) || !error.cutOff || response.destroyed) throw error;
      out = begin(context, asked);
      answer = await answerOf(out, request);
    }
    const secrets = secretsSentTo(context, place);
    const handed = handOn(answer, secrets, context.redact);
    if (handed === null) {
      out.destroy();
      return denial('unreachable', `${place.host} answered in a coding that cannot be searched for the credential it was sent`);
    }
    response.writeHead(answer.statusCode ?? 502, handed.message, handed.headers.flat() as string[]);
    await pipeline([answer, ...handed.through, response]);
    return null;
  } catch (error) {
    out.destroy();
    // It was let pass, and broke on the way, on whichever side: that is no refusal.
    if (context.budget.spent === null && (response.destroyed || response.headersSent)) return null;
    return denialOf(context, error instanceof NoAnswer ? error.cause : error, place.host);
  } finally {
    response.off('close', cut);
  }
};
