import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { describe, expect, test } from 'vitest';
import { canonicalHost } from '../../../src-main/domain/network/canonical-host.ts';

const of = (text: string): string => {
  const canonical = canonicalHost(text);
  return canonical.kind === 'name' ? canonical.name : `(${canonical.why})`;
};

describe('names', () => {
  test.each([
    ['example.com', 'example.com'],
    ['EXAMPLE.Com', 'example.com'],
    ['example.com.', 'example.com'],
    ['a-b.c--d.test', 'a-b.c--d.test'],
    ['mirror', 'mirror'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['XN--BCHER-KVA.example', 'xn--bcher-kva.example'],
    ['例え。テスト', 'xn--r8jz45g.xn--zckzah'],
    ['ｅｘａｍｐｌｅ.com', 'example.com'],
    ['straße.example', 'xn--strae-oqa.example'],
    ['_dmarc.my_bucket.example.com', '_dmarc.my_bucket.example.com'],
    ['1e100.net', '1e100.net'],
    ['0xg.test', '0xg.test'],
    [`${'a'.repeat(63)}.test`, `${'a'.repeat(63)}.test`],
    ['K.example', 'k.example'],
  ])('%s is %s', (text, name) => expect(of(text)).toBe(name));
});

describe('what is no name', () => {
  test.each([
    ['', 'empty'],
    ['.', 'label'],
    ['..', 'label'],
    ['example.com..', 'label'],
    ['.example.com', 'label'],
    ['a..example.com', 'label'],
    ['a.。example.com', 'label'],
    ['-a.example', 'label'],
    ['a-.example', 'label'],
    ['my_site.com', 'label'],
    ['a.b_c', 'label'],
    ['xn--.example', 'label'],
    [`${'a'.repeat(64)}.test`, 'tooLong'],
    [Array.from({ length: 64 }, () => 'abc').join('.'), 'tooLong'],
    ['a'.repeat(5_000), 'tooLong'],
    ['allowed.test\0.evil.test', 'character'],
    ['allowed.test\r\nHost: evil.test', 'character'],
    ['allowed.test ', 'character'],
    ['allowed\u00a0.test', 'character'],
    ['allowed.test\u2028', 'character'],
    ['allowed.test%00.evil.test', 'percent'],
    ['allowed%2etest', 'percent'],
    ['allowed.test@evil.test', 'userInfo'],
    ['user:pass@allowed.test', 'userInfo'],
    ['allowed.test:443', 'port'],
    ['allowed.test:', 'port'],
    ['allowed.test/path', 'path'],
    ['allowed.test\\evil.test', 'path'],
    ['allowed.test?x', 'path'],
    ['allowed.test#x', 'path'],
    ['*.test', 'character'],
    ['a,b.test', 'character'],
    ["a'b.test", 'character'],
    ['a|b.test', 'character'],
    ['a\u200db.test', 'character'],
    ['a\u00adb.test', 'character'],
    ['a․b.test', 'character'],
    ['a℀b.test', 'character'],
  ])('%j: %s', (text, why) => expect(of(text)).toBe(`(${why})`));
});

describe('addresses in every spelling', () => {
  test.each([
    '127.0.0.1', '127.0.0.1.', '127.1', '127.0.1', '2130706433', '0x7f000001', '0x7f.0.0.1', '0X7F.1', '0177.0.0.1', '017700000001', '00000177.0.0.01', '0', '0x', '256.256.256.256', '1.2.3.4.5',
    'a.b.123', 'example.0x1', '[::1]', '[::1', '::1', '::', '::ffff:127.0.0.1', '::ffff:7f00:1', '[::ffff:127.0.0.1]', 'fe80::1%eth0', 'fe80::1%25eth0', '[fe80::1%25eth0]', '64:ff9b::7f00:1', '2002:7f00:1::', '[v1.x]',
    '１２７.０.０.１', '①②⑦.⓪.⓪.①', '127。0。0。1', '169.254.169.254', '2852039166', '0xA9FEA9FE',
  ])('%s', (text) => expect(of(text)).toBe('(address)'));
});

describe('properties', () => {
  const text = fc.oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'grapheme', maxLength: 20 }), fc.string({ unit: fc.constantFrom('a', 'Z', '0', 'x', '9', '.', '-', '_', '%', ':', '@', '/', '[', ']', '\\', '。', '１', 'ü'), maxLength: 20 }), fc.domain(), fc.ipV4(), fc.ipV4Extended(), fc.ipV6());

  test('the canonical form of a canonical form is itself, and it is plain', () => {
    fc.assert(
      fc.property(text, (given) => {
        const once = canonicalHost(given);
        if (once.kind === 'refused') return;
        expect(canonicalHost(once.name)).toEqual(once);
        expect(once.name).toMatch(/^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?$/);
        expect(ipaddr.isValid(once.name)).toBe(false);
        expect(new URL(`https://${once.name}/`).hostname).toBe(once.name);
      }),
      { numRuns: 5_000 },
    );
  });

  test('no address passes, however it is written', () => {
    const octets = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
    const radix = fc.constantFrom((n: number) => `${n}`, (n: number) => `0x${n.toString(16)}`, (n: number) => `0${n.toString(8)}`, (n: number) => `0X0${n.toString(16).toUpperCase()}`);
    fc.assert(
      fc.property(octets, fc.array(radix, { minLength: 4, maxLength: 4 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom('', '.'), (parts, writers, count, dot) => {
        const last = parts.slice(count - 1).reduce((value, part) => value * 256 + part, 0);
        const written = [...parts.slice(0, count - 1), last].map((part, at) => writers[at]?.(part) ?? '').join('.');
        expect(of(written + dot)).toBe('(address)');
      }),
    );
    fc.assert(fc.property(fc.ipV6(), fc.boolean(), (address, brackets) => {
      expect(of(brackets ? `[${address}]` : address)).toBe('(address)');
    }));
  });

  test('every ordinary name passes, in any case and with a dot behind', () => {
    fc.assert(fc.property(fc.domain(), fc.constantFrom('', '.'), (name, dot) => {
      expect(of(name.toUpperCase() + dot)).toBe(name.toLowerCase());
    }));
  });
});
