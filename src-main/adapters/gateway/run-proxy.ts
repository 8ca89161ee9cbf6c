import type { Clock } from '../../ports/surroundings.ts';
import { createProxy } from './proxy/create-proxy.ts';
import type { Dial, Resolve } from './proxy/proxy-context.ts';
import { redactions } from './redact.ts';
import type { CreateRunProxy } from './relay/run-proxy.ts';

/** How the proxies of a machine reach the world; the machine's own ways by default. */
export interface Reach {
  readonly resolve?: Resolve;
  readonly dial?: Dial;
  readonly trust?: readonly string[];
}

/** Proxies for seats, which go on where an earlier one of the same run ended: with what it had used, and what it had told. */
export const runProxies = (clock: Clock, reach: Reach = {}): CreateRunProxy => (request) => {
  const sum = (of: 'sentBytes' | 'receivedBytes'): number => request.entries.reduce((total, entry) => total + entry[of], 0);
  const used = { sentBytes: sum('sentBytes'), receivedBytes: sum('receivedBytes') };
  const entries = request.entries.filter(({ turn }) => turn === request.turn);
  return createProxy({ ...request, ...reach, entries, used, clock, redact: redactions() });
};
