import type { IncomingMessage, ServerResponse } from 'node:http';
import { canonicalHost } from '../../../domain/network/canonical-host.ts';
import { decideConnection, type NetworkDenial } from '../../../domain/network/decide-connection.ts';
import { decideRequest, narrowedTo, type RequestAsked } from '../../../domain/network/decide-request.ts';
import { USUAL_PORT, type Place, type Speech } from '../../../domain/network/rules-for.ts';
import type { ClientConnection } from './client-connection.ts';
import { denyRequest } from './denial.ts';
import { ambiguity, hostsOf, wantsUpgrade } from './message-headers.ts';
import type { ProxyContext } from './proxy-context.ts';
import { denial, pin } from './reach.ts';
import { sendOn } from './send-on.ts';
import { Upstream } from './upstream.ts';

/** Where a request wants to go, as it says itself. */
interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/** `name` or `name:port`; what else it has in it is for the canonical form to refuse. */
export const authorityOf = (text: string, usualPort: number | null): { host: string; port: number } | null => {
  const [, host, port] = /^(.*?)(?::(\d{1,5}))?$/s.exec(text) ?? [];
  if (host === undefined || (port === undefined && usualPort === null)) return null;
  return { host, port: port === undefined ? (usualPort ?? 0) : Number(port) };
};

const targetOf = (url: string, connection: ClientConnection): Target | NetworkDenial => {
  if (connection.tunnel !== null) {
    const { host, port } = connection.tunnel.decision.place;
    return url.startsWith('/') || url === '*' ? { host, port, path: url } : denial('badRequest', 'inside a tunnel a request says its path alone');
  }
  const whole = /^http:\/\/([^/?#]*)([/?][^#]*)?$/i.exec(url);
  if (whole === null) return denial('badRequest', /^https:/i.test(url) ? 'https goes through a tunnel: CONNECT' : 'this is a proxy: a request says the whole address, http://name/path');
  const place = authorityOf(whole[1] ?? '', USUAL_PORT.http);
  if (place === null) return denial('badRequest', 'the address of the request cannot be read');
  const rest = whole[2] ?? '';
  return { ...place, path: rest.startsWith('/') ? rest : `/${rest}` };
};

const namedBy = (request: IncomingMessage, speech: Speech): { name: string; port: number } | null => {
  const [host] = hostsOf(request);
  const place = host === undefined ? null : authorityOf(host, USUAL_PORT[speech]);
  const canonical = place === null ? null : canonicalHost(place.host);
  return place === null || canonical === null || canonical.kind === 'refused' ? null : { name: canonical.name, port: place.port };
};

const askedBy = (request: IncomingMessage, { path }: Target, place: Place): RequestAsked => ({ ...place, method: request.method ?? '', path, headers: request.rawHeaders });

/** Everything that can be said about a request before anybody is asked for an address. */
const decide = ({ network }: ProxyContext, request: IncomingMessage, target: Target, connection: ClientConnection): { place: Place } | NetworkDenial => {
  const speech: Speech = connection.tunnel === null ? 'http' : 'tls';
  const isPrivate = connection.tunnel?.decision.place.isPrivate === true;
  const decision = decideConnection(network, { host: target.host, port: target.port, speech, isPrivate });
  if (decision.kind === 'refused') return narrowedTo(decision, askedBy(request, target, { host: target.host, port: target.port, speech }));
  const { place } = decision;
  const unclear = ambiguity(request);
  if (unclear !== null) return denial('badRequest', unclear);
  const named = namedBy(request, speech);
  if (named?.name !== place.host || named.port !== place.port) return denial('hostDiffers', `the Host header is not ${place.host}`);
  if (wantsUpgrade(request)) return denial('upgradeRefused', 'other protocols are not carried where requests are looked at');
  const asked = decideRequest(network, askedBy(request, target, place));
  return asked.kind === 'refused' ? asked : { place };
};

/** The connection for a request: the one its client has, or a new one to addresses that are looked up and held against the policy now. */
const upstreamFor = async (context: ProxyContext, request: IncomingMessage, target: Target, connection: ClientConnection, place: Place): Promise<Upstream | NetworkDenial> => {
  const known = connection.upstreamTo(place.host, place.port);
  // A name that led into a private network when it was asked: rules that do not allow that do not count for later requests either.
  if (known !== null) {
    const again = decideRequest(context.network, askedBy(request, target, known.pinned.decision.place));
    return again.kind === 'refused' ? again : known;
  }
  if (connection.tunnel !== null) {
    const upstream = new Upstream(context, connection.tunnel, connection.passed);
    // The tunnel has its place already.
    connection.use(upstream, () => {});
    return upstream;
  }
  connection.leave();
  const decision = decideConnection(context.network, place);
  if (decision.kind === 'refused') return decision;
  const full = context.budget.open();
  if (full !== null) return denial(full, 'the run has no connection left');
  const giveBack = (): void => context.budget.close();
  const pinned = await pin(context, decision, connection.gone);
  const inside = pinned.kind === 'refused' ? pinned : decideRequest(context.network, askedBy(request, target, pinned.decision.place));
  if (pinned.kind === 'refused' || inside.kind === 'refused' || connection.gone.aborted) {
    giveBack();
    return pinned.kind === 'refused' ? pinned : inside.kind === 'refused' ? inside : denial('unreachable', 'nobody waits for it any more');
  }
  const upstream = new Upstream(context, pinned, connection.passed);
  connection.use(upstream, giveBack);
  return upstream;
};

/** Decides one request and, where it may, sends it on. */
export const takeRequest = async (context: ProxyContext, connection: ClientConnection, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const target = targetOf(request.url ?? '', connection);
  const at = 'kind' in target ? { host: connection.tunnel?.decision.place.host ?? '', port: connection.tunnel?.decision.place.port ?? 0, path: null } : { ...target, path: target.path.split('?', 1)[0] ?? '' };
  const canonical = canonicalHost(at.host);
  const attempt = { ...at, host: canonical.kind === 'name' ? canonical.name : at.host, method: request.method ?? '' };
  const refuse = (refused: NetworkDenial): void => {
    context.ledger.record({ ...attempt, refused: refused.refusal, wouldNeed: refused.wouldNeed });
    denyRequest(response, refused);
  };
  const before = { ...connection.passed };
  if ('kind' in target) return refuse(target);
  const decided = decide(context, request, target, connection);
  if ('kind' in decided) return refuse(decided);
  const upstream = await upstreamFor(context, request, target, connection, decided.place);
  if ('kind' in upstream) return refuse(upstream);

  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  const { passed } = connection;
  const ended = context.ledger.recordPassing(attempt, () => ({ sentBytes: passed.sentBytes - before.sentBytes, receivedBytes: passed.receivedBytes - before.receivedBytes }));
  const refused = await sendOn(context, { request, response, path: target.path, upstream }).finally(ended);
  if (refused !== null) refuse(refused);
};
