import { describe, expect, test } from 'vitest';
import { registriesOf } from '../../../src-main/domain/network/registries/registries-of.ts';
import { REGISTRY_FILES } from '../../../src-main/domain/network/registries/configuration-files.ts';
import { REGISTRY_QUESTIONS } from '../../../src-main/domain/network/registries/registry-questions.ts';

const named = (path: string, text: string): string[] => registriesOf([{ path, text }]).map(({ host, port }) => (port === null ? host : `${host}:${port}`));

test.each<[string, string, string[]]>([
  ['/root/.npmrc', 'registry=https://user:pw@npm.corp.test:8443/api/npm/\n; registry=https://old.test\n@mine:registry = "https://mine.test/"\n//npm.corp.test/:_authToken=x\nproxy=http://proxy.test:3128\n', ['mine.test', 'npm.corp.test:8443']],
  ['/etc/npmrc', 'registry=http://127.0.0.1:4873/\n', []],
  ['/root/.yarnrc', '# registry "https://no.test"\nregistry "https://y1.test"\n', ['y1.test']],
  ['/root/.yarnrc.yml', 'npmRegistryServer: "https://y2.test"\nnpmScopes:\n  mine:\n    npmRegistryServer: https://y3.test/x\nhttpProxy: http://p.test\n', ['y2.test', 'y3.test']],
  ['/etc/pip.conf', '[global]\nindex-url = https://pip.corp.test/simple\nextra-index-url =\n    https://extra1.test/simple\n    https://extra2.test/simple\nproxy = http://p.test:1\n# index-url = https://no.test\n', ['extra1.test', 'extra2.test', 'pip.corp.test']],
  ['/root/.config/uv/uv.toml', 'index-url = "https://uv.test/simple"\n[[index]]\nurl = "https://uv2.test/simple"\n', ['uv.test', 'uv2.test']],
  ['/usr/local/cargo/config.toml', '[source.crates-io]\nreplace-with = "corp"\n[source.corp]\nregistry = "sparse+https://cargo.corp.test/index/"\n[registries.other]\nindex = "https://git.corp.test/index.git"\n[http]\nproxy = "http://p.test"\n[registries]\nthird = { index = "sparse+https://third.test/" }\n', ['cargo.corp.test', 'git.corp.test', 'third.test']],
  ['/etc/apt/sources.list', '# deb http://no.test/debian x main\ndeb [arch=amd64 signed-by=/k.gpg] http://deb.corp.test/debian stable main\ndeb-src https://src.test:81/debian stable main\ndeb cdrom:[x]/ x main\n', ['deb.corp.test', 'src.test:81']],
  ['/etc/apt/sources.list.d/a.list', 'deb http://list.test/ ./\n', ['list.test']],
  ['/etc/apt/sources.list.d/debian.sources', 'Types: deb\nURIs: http://one.test/debian\n https://two.test/debian\nSuites: stable\nSigned-By: https://no.test\n\nEnabled: no\nTypes: deb\nURIs: http://off.test/\n\n# URIs: http://comment.test\n', ['one.test', 'two.test']],
  ['/root/.config/go/env', 'GOPROXY=https://go1.test,https://go2.test|direct\nGOPRIVATE=https://no.test\nGOSUMDB=sum.golang.invalid https://sum.test\n', ['go1.test', 'go2.test', 'sum.test']],
  ['/root/.m2/settings.xml', '<settings><!-- <mirror><url>https://no.test</url></mirror> --><proxies><proxy><host>p.test</host></proxy></proxies><mirrors><mirror><id>x</id><url>https://maven.corp.test/all</url></mirror></mirrors><profiles><profile><repositories><repository><url>https://repo.test/</url></repository></repositories></profile></profiles></settings>', ['maven.corp.test', 'repo.test']],
  ['/root/.gemrc', ':sources:\n- https://gem1.test/\n- https://gem2.test\n:http_proxy: http://p.test\n', ['gem1.test', 'gem2.test']],
  ['/root/.bundle/config', '---\nBUNDLE_MIRROR__HTTPS://ORIGINAL__TEST/: "https://bundle.test"\nBUNDLE_PATH: x\n', ['bundle.test']],
  ['/root/.composer/config.json', '{"repositories":{"a":{"type":"composer","url":"https://comp.test"},"other":false},"config":{"x":"https://no.test"}}', ['comp.test']],
  ['/root/.composer/config.json', '{"repositories":[{"type":"composer","url":"https://comp2.test:444/x"}]}', ['comp2.test:444']],
  ['/root/.composer/config.json', 'not json https://no.test', []],
  ['/etc/unknown', 'registry=https://no.test', []],
])('%s: %j', (path, text, hosts) => expect(named(path, text)).toEqual(hosts));

test('every file that is to be read is known again by its path', () => {
  const home = (path: string): string => path.replace(/^~/, '/home/u').replace('*', 'x');
  const sample = 'registry=https://a.test\nregistry "https://a.test"\nnpmRegistryServer: https://a.test\nindex-url = https://a.test\n[source.x]\nregistry = "https://a.test"\ndeb https://a.test x y\n\nURIs: https://a.test\nGOPROXY=https://a.test\n<mirror><url>https://a.test</url></mirror>\n:sources:\n- https://a.test\nBUNDLE_MIRROR__X: "https://a.test"\n';
  const json = '{"repositories":[{"url":"https://a.test"}]}';
  for (const path of REGISTRY_FILES) expect([path, named(home(path), path.endsWith('.json') ? json : sample)]).toEqual([path, ['a.test']]);
});

describe('rules', () => {
  test('read, from exactly these names, in a private network too, each once', () => {
    expect(registriesOf([{ path: '/etc/pip.conf', text: 'index-url=https://B.test/x\nextra-index-url=https://b.test/y https://a.test' }])).toEqual([
      { host: 'a.test', port: null, methods: ['GET', 'HEAD'], path: '', allowPrivate: true },
      { host: 'b.test', port: null, methods: ['GET', 'HEAD'], path: '', allowPrivate: true },
    ]);
  });

  test('never for addresses, this machine or stars', () => {
    expect(named('/etc/pip.conf', 'index-url = http://10.0.0.1/ http://[::1]/ http://localhost:80/ http://a.localhost/ https://*.test/')).toEqual([]);
  });

  test('from what the tools answered', () => {
    const answers = [
      { question: { answer: 'addresses' as const }, output: "global.index-url='https://pip.test/simple'\n" },
      { question: { answer: 'addresses' as const }, output: 'https://go.test,direct\n' },
      { question: { answer: 'names' as const }, output: 'sum.test\noff\n' },
      { question: { answer: 'addresses' as const }, output: '<url>https://maven.test/maven2</url>\n' },
      { question: { answer: 'addresses' as const }, output: 'undefined\n' },
    ];
    expect(registriesOf([], answers).map(({ host }) => host)).toEqual(['go.test', 'maven.test', 'pip.test', 'sum.test']);
  });

  test('at most as many as a policy has room for', () => {
    const text = Array.from({ length: 500 }, (_, at) => `deb https://h${at}.test/ x y`).join('\n');
    expect(registriesOf([{ path: '/etc/apt/sources.list', text }])).toHaveLength(64);
  });
});

test('no question names a host', () => {
  for (const { command } of REGISTRY_QUESTIONS) expect(command.join(' ')).not.toMatch(/[a-z0-9-]+\.(?:org|com|io|dev|net)\b/);
});
