import ipaddr from 'ipaddr.js';
import type { NetworkRule } from '../../contract/network.ts';

/** What an address is an address of. `reserved`: everything that is neither, and every way to write an IPv4 address inside an IPv6 one. */
export type AddressKind = 'public' | 'private' | 'loopback' | 'linkLocal' | 'multicast' | 'reserved';

/**
 * Where clouds answer a machine's own questions outside of 169.254/16: AWS and GCP over IPv6, Azure's wire server.
 * To be treated as the link they are, not as the range they are in.
 */
const METADATA = ['fd00:ec2::254', 'fd20:ce::254', '168.63.129.16'].map((text) => ipaddr.parse(text).toString());

const V4_KINDS: Readonly<Record<string, AddressKind>> = { unicast: 'public', private: 'private', loopback: 'loopback', linkLocal: 'linkLocal', multicast: 'multicast' };
const V6_KINDS: Readonly<Record<string, AddressKind>> = { unicast: 'public', uniqueLocal: 'private', loopback: 'loopback', linkLocal: 'linkLocal', multicast: 'multicast' };
/** IANA: all that is assigned of global unicast. */
const GLOBAL_V6 = ipaddr.IPv6.parseCIDR('2000::/3');

const kindOfV6 = (address: ipaddr.IPv6): AddressKind => {
  const kind = V6_KINDS[address.range()] ?? 'reserved';
  if (kind !== 'public') return kind;
  // RFC 5214: the last 64 bits of an ISATAP address name an IPv4 one.
  const [, , , , isatap, marker] = address.parts;
  if (marker === 0x5efe && (isatap === 0 || isatap === 0x200)) return 'reserved';
  return address.match(GLOBAL_V6) ? 'public' : 'reserved';
};

/** Of an address as a resolver gives it. Anything else, and an address with a zone, is `reserved`: it will not be dialled. */
export const addressKind = (address: string): AddressKind => {
  if (address.includes('%')) return 'reserved';
  const parsed = ipaddr.IPv4.isValidFourPartDecimal(address) ? ipaddr.IPv4.parse(address) : ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address) : null;
  if (parsed === null) return 'reserved';
  if (METADATA.includes(parsed.toString())) return 'linkLocal';
  return parsed instanceof ipaddr.IPv4 ? (V4_KINDS[parsed.range()] ?? 'reserved') : kindOfV6(parsed);
};

/** Whether a rule lets its name lead to such an address. This machine and its link never are. */
export const allowedAddress = (kind: AddressKind, rule: Pick<NetworkRule, 'allowPrivate'>): boolean => kind === 'public' || (kind === 'private' && rule.allowPrivate);
