import type { NetworkRule } from '../../contract/network.ts';
import { canonicalHost } from './canonical-host.ts';
import { plainPath } from './rule-path.ts';

/** What git says: `git remote -v` or `git config --get-regexp url` of the user's repository, and the text of its .gitmodules. */
export interface GitSources {
  readonly remotes: string;
  readonly submodules: string;
}

interface Repository {
  readonly host: string;
  readonly port: number | null;
  readonly path: string;
}

const MOST = 32;

/** As https would ask for it: servers that speak ssh have the same names and paths there, but not the same port. */
const repositoryOf = (address: string): Repository | null => {
  const short = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/|:)(.+)$/.exec(address);
  const url = short === null ? URL.parse(address.replace(/^(?:git\+)?ssh:/i, 'https:').replace(/^git:/i, 'https:')) : null;
  const host = canonicalHost(short?.[1] ?? url?.hostname ?? '');
  const path = plainPath(`/${short?.[2] ?? url?.pathname ?? ''}`.replace(/\/{2,}/g, '/').replace(/\/$/, ''));
  if (host.kind === 'refused' || path === null || path === '/' || path.length > 900) return null;
  if (url !== null && url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  const web = /^https?:/i.test(address) && url !== null && url.port !== '';
  return { host: host.name, port: web ? Number(url.port) : null, path };
};

const addressesIn = (text: string): string[] =>
  // A word with a colon that is no option and no key: remotes are `name address (fetch)`, keys `remote.name.url address`, modules `url = address`.
  text.split(/\r?\n/).flatMap((line) => (/^\s*[#;[]/.test(line) ? [] : (line.match(/\S+/g) ?? []).filter((word) => /^(?:[a-z+]+:\/\/|(?:[\w.-]+@)?[\w.-]+:)\S+$/i.test(word))));

/** Submodules beside their repository: `url = ../other.git` is seen from each remote. */
const besideIn = (text: string, remotes: readonly Repository[]): Repository[] =>
  [...text.matchAll(/^\s*url\s*=\s*(\.\.?\/\S*)\s*$/gm)].flatMap(([, relative]) =>
    remotes.flatMap(({ host, port, path }) => {
      const there = plainPath(new URL(relative ?? '', `https://${host}${path}/`).pathname.replace(/\/$/, ''));
      return there === null || there === '/' ? [] : [{ host, port, path: there }];
    }),
  );

const rulesFor = ({ host, port, path }: Repository, allowPrivate: boolean): NetworkRule[] => {
  const bare = path.replace(/\.git$/, '');
  const post = (repository: string): NetworkRule => ({ host, port, methods: ['POST'], path: `${repository}/git-upload-pack`, allowPrivate });
  return [{ host, port, methods: ['GET', 'HEAD'], path: '', allowPrivate }, post(bare), post(`${bare}.git`)];
};

/**
 * The preset "source hosts": reading from where the repository's own remotes and submodules are. Git asks for packs with POST, and
 * so that one request is allowed, for those repositories alone. A file of the repository does not open the private network:
 * only a host that is also one of the user's remotes may be there.
 */
export const sourcesOf = ({ remotes, submodules }: GitSources): NetworkRule[] => {
  const repositories = (text: string): Repository[] => addressesIn(text).flatMap((address) => repositoryOf(address) ?? []);
  const own = repositories(remotes).slice(0, MOST);
  const ownHosts = new Set(own.map(({ host }) => host));
  const others = [...repositories(submodules), ...besideIn(submodules, own)].slice(0, MOST);
  const rules = [...own.flatMap((one) => rulesFor(one, true)), ...others.flatMap((one) => rulesFor(one, ownHosts.has(one.host)))];
  return [...new Map(rules.map((rule) => [JSON.stringify(rule), rule])).values()];
};
