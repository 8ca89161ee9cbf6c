import type { NetworkRule } from '../../contract/network.ts';
import { isPublicSuffix } from './broad-names.ts';
import { canonicalHost } from './canonical-host.ts';
import { plainPath } from './rule-path.ts';

export type ParsedRule =
  | { readonly kind: 'rule'; readonly rule: NetworkRule }
  | { readonly kind: 'refused'; readonly field: 'host' | 'port' | 'path'; readonly message: string };

const refuse = (field: 'host' | 'port' | 'path', message: string): ParsedRule => ({ kind: 'refused', field, message });

/** What somebody meant who pasted a whole address; null: it is none. */
const pasted = (host: string): string | null => {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(host);
  if (scheme === null) return null;
  const url = URL.parse(`http://${host.slice(scheme[0].length)}`);
  const rest = [url === null || url.port === '' ? null : `the port ${url.port}`, url === null || url.pathname === '/' ? null : `the path ${url.pathname}`].filter((part) => part !== null);
  return `Write the name alone, without "${scheme[0]}"${rest.length === 0 ? '' : `; ${rest.join(' and ')} ${rest.length > 1 ? 'have fields of their own' : 'has a field of its own'}`}.`;
};

const hostMessage = (host: string): string | null => {
  if (host === '') return 'Write a name, such as example.com or *.example.com.';
  if (host === '*' || host === '*.') return 'A star alone would be everything. Name the domain, as in *.example.com, or switch the network of the brief to Full.';
  const whole = pasted(host);
  if (whole !== null) return whole;
  const path = /^([^/]*)(\/.*)$/.exec(host);
  if (path !== null) return `Put the path into its own field: ${path[1]} and ${path[2]}.`;
  const bare = host.startsWith('*.') ? host.slice(2) : host;
  const port = /^([^:[\]]+):(\d*)$/.exec(bare);
  if (port !== null) return `Put the port into its own field: ${port[1]} and ${port[2]}.`;
  if (host.startsWith('.')) return `For all names below it write *${host}.`;
  if (bare.includes('*')) return 'A star stands only for the whole beginning of a name, as in *.example.com.';
  return null;
};

const REFUSED = {
  address: 'An address cannot be allowed, only a name: what is reached is then checked each time it is looked up.',
  userInfo: 'Write the name alone, without the user before it. A credential can be added to requests by the proxy.',
} as const;

const parseHost = (typed: string): { host: string } | { message: string } => {
  const message = hostMessage(typed);
  if (message !== null) return { message };
  const below = typed.startsWith('*.');
  const canonical = canonicalHost(below ? typed.slice(2) : typed);
  if (canonical.kind === 'refused') {
    const known = canonical.why === 'address' || canonical.why === 'userInfo' ? REFUSED[canonical.why] : undefined;
    return { message: known ?? `This is no name: ${canonical.message}.` };
  }
  const { name } = canonical;
  if (name === 'localhost' || name.endsWith('.localhost')) return { message: 'This machine is never reached from a run. A service of the environment can be.' };
  if (below && isPublicSuffix(name)) return { message: `*.${name} would be everybody who bought a name there. Name the domain, as in *.example.${name}.` };
  return { host: below ? `*.${name}` : name };
};

/** Checks a rule as a person typed it, and brings it to its canonical form. */
export const parseRule = (typed: NetworkRule): ParsedRule => {
  const host = parseHost(typed.host.trim());
  if ('message' in host) return refuse('host', host.message);
  if (typed.port !== null && !(Number.isInteger(typed.port) && typed.port >= 1 && typed.port <= 65_535)) return refuse('port', 'A port is a whole number from 1 to 65,535. Leave it empty for the usual one.');
  const written = typed.path.trim();
  if (/[?#]/.test(written)) return refuse('path', 'A path ends before its question mark: what follows is not compared.');
  if (written.includes('*')) return refuse('path', 'Write the beginning of the path, without a star: everything below it is meant.');
  if (written !== '' && !written.startsWith('/')) return refuse('path', `A path begins with a slash: /${written}.`);
  const path = written === '' ? '' : plainPath(written);
  if (path === null) return refuse('path', 'A path has no empty parts, no . or .. and no encoded slashes.');
  // A slash alone is where every path begins, and would only cost a look into each connection.
  return { kind: 'rule', rule: { ...typed, host: host.host, path: path === '/' ? '' : path, methods: [...new Set(typed.methods)] } };
};
