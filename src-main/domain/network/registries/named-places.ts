import { canonicalHost } from '../canonical-host.ts';

/** A host that a configuration names, with the port it is to be asked at; null: the usual one of its scheme. */
export interface NamedPlace {
  readonly host: string;
  readonly port: number | null;
}

/** In configuration a URL ends with a space, a quote, a bracket of its file format, or a comma. */
const WEB_ADDRESS = /https?:\/\/[^\s"'<>,|;)\]}\\^`]+/gi;

const placeOf = (address: string): NamedPlace[] => {
  const url = URL.parse(address);
  if (url === null) return [];
  const canonical = canonicalHost(url.hostname);
  if (canonical.kind === 'refused' || canonical.name === 'localhost' || canonical.name.endsWith('.localhost')) return [];
  return [{ host: canonical.name, port: url.port === '' ? null : Number(url.port) }];
};

/** The hosts of all web addresses in a text. Addresses of numbers and of this machine are left out: they cannot be allowed. */
export const placesIn = (text: string): NamedPlace[] => [...text.matchAll(WEB_ADDRESS)].flatMap(([address]) => placeOf(address));

/** Hosts that stand alone, one a line or a word, as some tools print them. */
export const placesOfNames = (text: string): NamedPlace[] => text.split(/[\s,|]+/).flatMap((word) => (word.includes('.') ? placeOf(`https://${word}/`) : []));
