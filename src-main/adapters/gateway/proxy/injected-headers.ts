import { injectedFor } from '../../../domain/network/decide-connection.ts';
import type { Place } from '../../../domain/network/rules-for.ts';
import { SeatFailure } from '../../../ports/network-seat.ts';
import type { HeaderPairs } from './message-headers.ts';
import type { ProxyContext } from './proxy-context.ts';

/** Some servers hand headers on as variables, in which a dash is an underscore. */
const sameName = (name: string): string => name.toLowerCase().replaceAll('_', '-');

/**
 * Because of these a secret that is echoed would not be seen: compressed, or in slices that are each too short. Who asks for one
 * part gets the whole.
 */
const HIDES_AN_ECHO = new Set(['accept-encoding', 'range', 'if-range']);

const valueOf = (secrets: ReadonlyMap<string, string>, name: string): string => (secrets.get(name) ?? '').trim();

/** Refuses a policy whose credentials are not there, or are none that a header can carry. */
export const requireInjectable = ({ network, secrets }: Pick<ProxyContext, 'network' | 'secrets'>): void => {
  for (const { host, header, secret } of network.inject) {
    const value = valueOf(secrets, secret);
    if (value !== '' && /^[\u0020-\u007e]+$/.test(value)) continue;
    throw new SeatFailure({
      code: 'policyNotEnforced',
      message: value === '' ? `The secret ${secret}, which goes into ${header} for ${host}, has no value.` : `The secret ${secret} cannot be the value of the header ${header}: it has characters beyond ASCII, or more than one line.`,
      next: 'Give the secret a value of one line, or take the header out of the environment.',
    });
  }
};

/** The secrets that are sent to a place. */
export const secretsSentTo = ({ network, secrets }: ProxyContext, place: Place): string[] => injectedFor(network, place).map(({ secret }) => valueOf(secrets, secret));

/** A request's headers with the credentials of its host in place of what the client sent under these names. */
export const withInjected = ({ network, secrets }: ProxyContext, place: Place, headers: HeaderPairs): HeaderPairs => {
  const injected = injectedFor(network, place);
  if (injected.length === 0) return headers;
  const names = new Set(injected.map(({ header }) => sameName(header)));
  const kept = headers.filter(([name]) => !names.has(sameName(name)) && !HIDES_AN_ECHO.has(name.toLowerCase()));
  return [...kept, ['Accept-Encoding', 'identity'], ...injected.map(({ header, secret }) => [header, valueOf(secrets, secret)] as const)];
};
