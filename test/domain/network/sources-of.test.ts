import { expect, test } from 'vitest';
import { decideRequest } from '../../../src-main/domain/network/decide-request.ts';
import { sourcesOf } from '../../../src-main/domain/network/sources-of.ts';
import { allowlist } from '../../support/network-policy.ts';

const hosts = (remotes: string, submodules = ''): string[] => [...new Set(sourcesOf({ remotes, submodules }).map(({ host, port, allowPrivate }) => `${host}${port === null ? '' : `:${port}`}${allowPrivate ? ' private' : ''}`))];

test.each<[string, string[]]>([
  ['origin\thttps://git.test/a/b.git (fetch)\norigin\thttps://git.test/a/b.git (push)\n', ['git.test private']],
  ['origin\tgit@ssh.test:a/b.git (fetch)\n', ['ssh.test private']],
  ['remote.origin.url ssh://git@ssh.test:2222/a/b.git\n', ['ssh.test private']],
  ['remote.origin.url https://user:token@git.test:8443/a/b\n', ['git.test:8443 private']],
  ['remote.origin.url git://old.test/a.git\n', ['old.test private']],
  ['remote.origin.url /srv/git/a.git\n', []],
  ['remote.origin.url file:///srv/git/a.git\n', []],
  ['remote.origin.url ../other\n', []],
  ['remote.origin.url https://127.0.0.1/a/b\n', []],
  ['remote.origin.url https://git.test/a/../b/%2e%2e/c%2fd\n', []],
  ['remote.origin.url https://git.test/\n', []],
  ['remote.origin.url ext::sh -c evil\n', []],
])('%j: %j', (remotes, expected) => expect(hosts(remotes)).toEqual(expected));

test('a submodule opens the private network only where a remote of the user is', () => {
  const modules = '[submodule "x"]\n\tpath = x\n\turl = https://git.test/a/x.git\n[submodule "y"]\n\turl = git@inner.test:a/y\n';
  expect(hosts('origin https://git.test/a/b (fetch)', modules)).toEqual(['git.test private', 'inner.test']);
});

test('reading, and packs of these repositories alone', () => {
  const network = allowlist(sourcesOf({ remotes: 'origin\tgit@git.test:me/mine.git (fetch)', submodules: '[submodule "x"]\n\turl = ../other.git\n' }));
  const outcome = (method: string, path: string): string => decideRequest(network, { host: 'git.test', port: 443, speech: 'tls', method, path, headers: [] }).kind;
  expect(outcome('GET', '/me/mine/info/refs?service=git-upload-pack')).toBe('allowed');
  expect(outcome('POST', '/me/mine.git/git-upload-pack')).toBe('allowed');
  expect(outcome('POST', '/me/mine/git-upload-pack')).toBe('allowed');
  expect(outcome('POST', '/me/other.git/git-upload-pack')).toBe('allowed');
  for (const path of ['/me/mine.git/git-receive-pack', '/evil/theirs/git-upload-pack', '/me/mine.git', '/api/gists']) expect([path, outcome('POST', path)]).toEqual([path, 'refused']);
});
