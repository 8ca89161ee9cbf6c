import type { IncomingMessage } from 'node:http';

/** RFC 9110, 7.6.1: for the next hop alone. Trailers and upgrades are not carried. */
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect']);
/** Would send a client to another port, or to a protocol that does not pass here. */
const OF_THIS_WAY = new Set(['alt-svc', 'http2-settings']);

/** Headers in the order in which they came. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

export const pairsOf = (rawHeaders: readonly string[]): HeaderPairs => {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) pairs.push([rawHeaders[at] ?? '', rawHeaders[at + 1] ?? '']);
  return pairs;
};

const valuesOf = (pairs: HeaderPairs, wanted: string): string[] => pairs.flatMap(([name, value]) => (name.toLowerCase() === wanted ? [value] : []));

/** What is handed on of a message's headers. */
export const endToEnd = (pairs: HeaderPairs): HeaderPairs => {
  const named = new Set(valuesOf(pairs, 'connection').flatMap((value) => value.split(',').map((name) => name.trim().toLowerCase())));
  return pairs.filter(([name]) => {
    const lower = name.toLowerCase();
    return !HOP_BY_HOP.has(lower) && !OF_THIS_WAY.has(lower) && !named.has(lower);
  });
};

/** How a request's end could be seen in two places by two readers, or its host in two ways; null: it cannot. */
export const ambiguity = (request: IncomingMessage): string | null => {
  const pairs = pairsOf(request.rawHeaders);
  const lengths = valuesOf(pairs, 'content-length');
  const codings = valuesOf(pairs, 'transfer-encoding');
  if (request.httpVersion !== '1.1' && request.httpVersion !== '1.0') return `HTTP/${request.httpVersion} is not spoken here`;
  if (valuesOf(pairs, 'host').length > 1) return 'there are two Host headers';
  if (lengths.length + codings.length > 1) return 'the length of the body is said twice';
  if (lengths.some((length) => !/^\d{1,15}$/.test(length))) return 'the length of the body is no number';
  if (codings.some((coding) => coding.toLowerCase() !== 'chunked')) return 'the body has an unknown transfer coding';
  if (codings.length > 0 && request.httpVersion === '1.0') return 'HTTP/1.0 knows no transfer coding';
  return null;
};

export const hasBody = ({ rawHeaders }: IncomingMessage): boolean => pairsOf(rawHeaders).some(([name]) => ['content-length', 'transfer-encoding'].includes(name.toLowerCase()));
export const isChunked = ({ rawHeaders }: IncomingMessage): boolean => valuesOf(pairsOf(rawHeaders), 'transfer-encoding').length > 0;
export const hostsOf = ({ rawHeaders }: IncomingMessage): string[] => valuesOf(pairsOf(rawHeaders), 'host');
export const wantsUpgrade = ({ rawHeaders }: IncomingMessage): boolean => valuesOf(pairsOf(rawHeaders), 'upgrade').length > 0;
