import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { networkRule } from '../../../src-main/contract/network.ts';
import { parseRule } from '../../../src-main/domain/network/parse-rule.ts';
import { warningFor } from '../../../src-main/domain/network/warning-for.ts';
import { rule } from '../../support/network-policy.ts';

const hostOf = (host: string): string => {
  const parsed = parseRule(rule(host));
  return parsed.kind === 'rule' ? parsed.rule.host : `${parsed.field}: ${parsed.message}`;
};
const pathOf = (path: string): string => {
  const parsed = parseRule(rule('a.test', { path }));
  return parsed.kind === 'rule' ? parsed.rule.path : `${parsed.field}: ${parsed.message}`;
};

describe('a host as it is typed', () => {
  test.each([
    ['example.com', 'example.com'],
    [' Example.COM. ', 'example.com'],
    ['*.example.com', '*.example.com'],
    ['*.Bücher.example', '*.xn--bcher-kva.example'],
    ['mirror', 'mirror'],
    ['co.uk', 'co.uk'],
    ['*.bbc.co.uk', '*.bbc.co.uk'],
    ['*.co.example', '*.co.example'],
  ])('%s is %s', (typed, host) => expect(hostOf(typed)).toBe(host));

  test.each([
    ['', 'Write a name, such as example.com or *.example.com.'],
    ['*', 'A star alone would be everything'],
    ['https://example.com', 'Write the name alone, without "https://".'],
    ['https://example.com:8443/a/b', 'without "https://"; the port 8443 and the path /a/b have fields of their own.'],
    ['ssh://git@example.com/a', 'without "ssh://"; the path /a has a field of its own.'],
    ['example.com/a/b', 'Put the path into its own field: example.com and /a/b.'],
    ['example.com:8443', 'Put the port into its own field: example.com and 8443.'],
    ['*.example.com:8443', 'Put the port into its own field: example.com and 8443.'],
    ['.example.com', 'For all names below it write *.example.com.'],
    ['a.*.example.com', 'A star stands only for the whole beginning'],
    ['*example.com', 'A star stands only for the whole beginning'],
    ['*.*.example.com', 'A star stands only for the whole beginning'],
    ['**.example.com', 'A star stands only for the whole beginning'],
    ['127.0.0.1', 'An address cannot be allowed'],
    ['*.0.0.1', 'An address cannot be allowed'],
    ['[::1]', 'An address cannot be allowed'],
    ['0x7f.1', 'An address cannot be allowed'],
    ['me@example.com', 'without the user before it'],
    ['localhost', 'This machine is never reached'],
    ['*.localhost', 'This machine is never reached'],
    ['a.localhost', 'This machine is never reached'],
    ['*.com', '*.com would be everybody'],
    ['*.co.uk', '*.co.uk would be everybody'],
    ['*.com.au', '*.com.au would be everybody'],
    ['a..b', 'This is no name: a name has no empty part.'],
    ['a b', 'This is no name: a name has no spaces'],
  ])('%j is refused: %s', (typed, message) => expect(hostOf(typed)).toContain(message));
});

describe('a path as it is typed', () => {
  test.each([
    ['', ''],
    ['/', ''],
    ['/a/b', '/a/b'],
    [' /a/ ', '/a/'],
    ['/%61', '/a'],
    ['/a b', '/a b'],
  ])('%j is %j', (typed, path) => expect(pathOf(typed)).toBe(path));
  test.each(['a', '/a?b', '/a#b', '/a/*', '/a//b', '/a/../b', '/a/./b', '/a%2fb', '/%2e%2e/b', '/a\\b', '/%zz', '/a/..;x/b', '/%252e%252e/'])('%j is refused', (typed) => expect(pathOf(typed)).toMatch(/^path: /));
});

test('a rule that was parsed is one of the contract and parses to itself', () => {
  const typed = fc.record({
    host: fc.oneof(fc.domain(), fc.domain().map((name) => `*.${name}`), fc.string({ maxLength: 30 })),
    port: fc.option(fc.integer({ min: 1, max: 65_535 })),
    methods: fc.array(fc.constantFrom('GET' as const, 'POST' as const), { maxLength: 5 }),
    path: fc.oneof(fc.webPath(), fc.string({ maxLength: 20 })),
    allowPrivate: fc.boolean(),
  });
  fc.assert(
    fc.property(typed, (given) => {
      const once = parseRule(given);
      if (once.kind === 'refused') return;
      expect(networkRule.parse(once.rule)).toEqual(once.rule);
      expect(parseRule(once.rule)).toEqual(once);
    }),
    { numRuns: 2_000 },
  );
});

describe('a warning', () => {
  test.each(['*.amazonaws.com', '*.s3.eu-west-1.amazonaws.com', '*.github.io', '*.cloudfront.net', '*.blob.core.windows.net', '*.windows.net', '*.google.com', '*.github.com', '*.workers.dev', 'pastebin.com', 'gist.github.com', 's3.eu-central-1.amazonaws.com', 'webhook.site', 'dns.google'])('%s has one', (host) => {
    expect(warningFor(rule(host))).toContain(host.replace(/^\*\./, '').split('.').at(-1) ?? '');
  });
  test.each(['example.com', '*.example.com', 'mine.github.io', 'bucket.s3.amazonaws.com', '*.notgithub.io', 'github.com', 'no name'])('%s has none', (host) => expect(warningFor(rule(host))).toBeNull());
  test('a path below a shared name has none; reading alone has a milder one', () => {
    expect(warningFor(rule('raw.githubusercontent.com', { path: '/me/mine' }))).toBeNull();
    expect(warningFor(rule('raw.githubusercontent.com', { methods: ['GET'] }))).toContain('can be read');
  });
});
