import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { addressKind } from '../../../domain/network/address-kind.ts';
import { decideConnection, type ConnectionDecision, type NetworkDenial } from '../../../domain/network/decide-connection.ts';
import type { Dial, ProxyContext, Resolve } from './proxy-context.ts';
import { within } from './within.ts';

const RESOLVE_MS = 15_000;
const DIAL_MS = 10_000;
/** Addresses that are tried, one after the other. */
const MOST_TRIED = 4;

export type Allowed = Extract<ConnectionDecision, { kind: 'allowed' }>;
/** A host that may be connected to, with the addresses it had when it was asked for: no other is dialled for this connection. */
export interface Pinned {
  readonly kind: 'pinned';
  readonly decision: Allowed;
  readonly addresses: readonly string[];
}

/** By the system, as every other program here does it. */
export const resolveBySystem: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address);

export const dialBySystem: Dial = async ({ address, port }) => {
  const socket = connect({ host: address, port, noDelay: true, allowHalfOpen: true });
  try {
    await once(socket, 'connect');
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
};

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);
/** The system's words for "there is none", as against "nobody answered". */
const NO_SUCH_NAME = new Set<unknown>(['ENOTFOUND', 'ENODATA', 'EAI_NONAME', 'EAI_NODATA']);

export const denial = (refusal: NetworkDenial['refusal'], message: string): NetworkDenial => ({ kind: 'refused', refusal, wouldNeed: null, message });

/** Looks a name up, once, and holds every address that it has against the policy: one that is not allowed refuses the name. */
export const pin = async ({ network, resolve, clock }: ProxyContext, decision: Allowed, signal: AbortSignal): Promise<Pinned | NetworkDenial> => {
  const { host } = decision.place;
  let addresses: readonly string[];
  try {
    addresses = await within(clock, RESOLVE_MS, signal, resolve(host));
  } catch (error) {
    return NO_SUCH_NAME.has(codeOf(error)) ? denial('noSuchName', `there is no ${host}`) : denial('unreachable', `${host} could not be looked up`);
  }
  if (addresses.length === 0) return denial('noSuchName', `there is no ${host}`);
  const kinds = new Set(addresses.map(addressKind));
  if ([...kinds].some((kind) => kind !== 'public' && kind !== 'private')) return denial('privateAddress', `${host} leads to an address of this machine or its link, or to one that is no ordinary address`);
  if (!kinds.has('private')) return { kind: 'pinned', decision, addresses };
  const inside = decideConnection(network, { ...decision.place, isPrivate: true });
  return inside.kind === 'refused' ? inside : { kind: 'pinned', decision: inside, addresses };
};

/** Connects to the first of a host's addresses that answers. Rejects when none does. */
export const reach = async ({ dial, clock }: ProxyContext, { decision, addresses }: Pinned, signal: AbortSignal): Promise<Duplex> => {
  let last: unknown = new Error('there is no address');
  for (const address of addresses.slice(0, MOST_TRIED)) {
    if (signal.aborted) break;
    try {
      return await within(clock, DIAL_MS, signal, dial({ address, port: decision.place.port }), (late) => late.destroy());
    } catch (error) {
      last = error;
    }
  }
  throw last;
};
