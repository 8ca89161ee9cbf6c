import { pipeline, type Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { canonicalHost } from '../../../domain/network/canonical-host.ts';
import { decideConnection, type NetworkDenial } from '../../../domain/network/decide-connection.ts';
import { denyConnection, endWith } from './denial.ts';
import { whenSilent } from './client-connection.ts';
import { Metered, type Passed } from './metered.ts';
import { peekHello } from './peek-hello.ts';
import type { ProxyContext } from './proxy-context.ts';
import { denial, pin, reach, type Pinned } from './reach.ts';
import { denialOf } from './send-on.ts';
import { authorityOf } from './take-request.ts';
import { within } from './within.ts';

const ESTABLISHED = 'HTTP/1.1 200 Connection established\r\n\r\n';
/** For the first words of a client that has its tunnel. */
const HELLO_MS = 120_000;
const HANDSHAKE_MS = 30_000;
/** RFC 8446, 6: a fatal alert, unrecognized_name. Clients have words for it. */
const UNRECOGNIZED_NAME = Buffer.from([21, 3, 3, 0, 2, 2, 112]);

/** Gives a connection whose TLS has been ended to whoever takes requests from it. */
export type TakeInside = (stream: Duplex, tunnel: Pinned) => { readonly requests: number };

/** Lets bytes pass both ways until both ends have said all; resolves when nothing can pass any more. */
const carry = async (one: Duplex, other: Duplex): Promise<void> => {
  const way = (from: Duplex, to: Duplex): Promise<void> => {
    const done = Promise.withResolvers<void>();
    pipeline(from, to, (error) => {
      if (error != null) {
        from.destroy();
        to.destroy();
      }
      done.resolve();
    });
    return done.promise;
  };
  await Promise.all([way(one, other), way(other, one)]);
};

/** Ends the client's TLS with a certificate of the run's own; resolves when the connection is over. */
const terminate = async (context: ProxyContext, connection: Duplex, pinned: Pinned, takeInside: TakeInside, signal: AbortSignal): Promise<{ requests: number }> => {
  if (context.authority === null) throw new Error('there is no authority to look into a connection with');
  const secureContext = await context.authority.contextFor(pinned.decision.place.host);
  if (connection.destroyed) return { requests: 0 };
  const socket = new TLSSocket(connection, { isServer: true, secureContext, ALPNProtocols: ['http/1.1'] });
  const closed = Promise.withResolvers<void>();
  const secure = Promise.withResolvers<void>();
  socket.on('error', () => socket.destroy());
  socket.once('secure', () => secure.resolve());
  socket.once('close', () => {
    connection.destroy();
    secure.reject(new Error('the client ended the connection'));
    closed.resolve();
  });
  connection.once('close', () => socket.destroy());
  try {
    await within(context.clock, HANDSHAKE_MS, signal, secure.promise);
  } catch {
    socket.destroy();
    return { requests: 0 };
  }
  socket.disableRenegotiation();
  const inside = takeInside(socket, pinned);
  await closed.promise;
  return inside;
};

/** Takes one CONNECT, from its decision to its last byte. `asked` is the name and port as they were written. */
export const takeTunnel = async (context: ProxyContext, connection: Duplex, asked: string, takeInside: TakeInside, signal: AbortSignal): Promise<void> => {
  const { network, budget, ledger, clock } = context;
  const place = authorityOf(asked, null);
  const canonical = canonicalHost(place?.host ?? '');
  const attempt = { host: canonical.kind === 'name' ? canonical.name : (place?.host ?? asked), port: place?.port ?? 0, method: null, path: null };
  const log = ({ refusal, wouldNeed }: NetworkDenial): void => ledger.record({ ...attempt, refused: refusal, wouldNeed });
  const refuse = (refused: NetworkDenial): void => {
    log(refused);
    denyConnection(connection, refused, clock);
  };
  if (place === null) return refuse(denial('badRequest', 'a tunnel needs a name and a port: CONNECT name:443'));
  const decision = decideConnection(network, { ...place, speech: 'tls' });
  if (decision.kind === 'refused') return refuse(decision);

  const full = budget.open();
  if (full !== null) return refuse(denial(full, 'the run has no connection left'));
  const passed: Passed = { sentBytes: 0, receivedBytes: 0 };
  let upstream: Metered | null = null;
  try {
    const pinned = await pin(context, decision, signal);
    if (pinned.kind === 'refused') return refuse(pinned);
    const { terminate: looksInside, place: { host } } = pinned.decision;
    if (!looksInside) {
      try {
        upstream = new Metered(await reach(context, pinned, signal), budget, passed);
        upstream.on('error', () => {});
      } catch (error) {
        return refuse(denialOf(context, error, host));
      }
    }
    connection.write(ESTABLISHED);
    const hello = await within(clock, HELLO_MS, signal, peekHello(connection, signal)).catch(() => null);
    if (hello === null) return void connection.destroy();
    if (hello.kind === 'notTls') return connection.readableEnded || connection.destroyed ? endWith(connection, null, clock) : refuse(denial('notTls', hello.message));
    const named = hello.serverName === null ? null : canonicalHost(hello.serverName);
    if (named === null || named.kind === 'refused' || named.name !== host) {
      log(denial('serverNameDiffers', ''));
      return endWith(connection, UNRECOGNIZED_NAME, clock);
    }

    if (upstream === null) {
      const { requests } = await terminate(context, connection, pinned, takeInside, signal);
      // Each request is told of by itself; a client that did not trust the certificate asked for nothing.
      if (requests === 0) ledger.record({ ...attempt, refused: null, wouldNeed: null });
      return;
    }
    const ended = ledger.recordPassing(attempt, () => passed);
    const stop = whenSilent(clock, passed, () => connection.destroy());
    await carry(connection, upstream);
    stop();
    ended();
    if (budget.spent !== null) log(denial(budget.spent.refusal, ''));
  } finally {
    upstream?.destroy();
    budget.close();
  }
};
