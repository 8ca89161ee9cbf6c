import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressKind, allowedAddress } from '../../../src-main/domain/network/address-kind.ts';

test.each([
  ['93.184.216.34', 'public'],
  ['8.8.8.8', 'public'],
  ['2606:4700::1111', 'public'],
  ['10.0.0.1', 'private'],
  ['172.16.0.1', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.1', 'public'],
  ['192.168.1.1', 'private'],
  ['fd12:3456::1', 'private'],
  ['fc00::1', 'private'],
  ['127.0.0.1', 'loopback'],
  ['127.255.255.254', 'loopback'],
  ['::1', 'loopback'],
  ['169.254.169.254', 'linkLocal'],
  ['169.254.0.1', 'linkLocal'],
  ['fe80::1', 'linkLocal'],
  ['fd00:ec2::254', 'linkLocal'],
  ['fd20:ce::254', 'linkLocal'],
  ['168.63.129.16', 'linkLocal'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.250', 'multicast'],
  ['ff02::1', 'multicast'],
  ['0.0.0.0', 'reserved'],
  ['0.1.2.3', 'reserved'],
  ['::', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['100.64.0.1', 'reserved'],
  ['100.100.100.200', 'reserved'],
  ['100.127.255.255', 'reserved'],
  ['100.128.0.1', 'public'],
  ['192.0.0.192', 'reserved'],
  ['192.0.2.1', 'reserved'],
  ['198.18.0.1', 'reserved'],
  ['198.51.100.1', 'reserved'],
  ['203.0.113.1', 'reserved'],
  ['192.88.99.1', 'reserved'],
  ['::ffff:127.0.0.1', 'reserved'],
  ['::ffff:8.8.8.8', 'reserved'],
  ['::ffff:0:8.8.8.8', 'reserved'],
  ['::127.0.0.1', 'reserved'],
  ['::8.8.8.8', 'reserved'],
  ['2002:7f00:1::', 'reserved'],
  ['2002:808:808::1', 'reserved'],
  ['64:ff9b::7f00:1', 'reserved'],
  ['64:ff9b:1::a00:1', 'reserved'],
  ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'reserved'],
  ['2001:db8::1', 'reserved'],
  ['2606:4700::5efe:7f00:1', 'reserved'],
  ['2606:4700::200:5efe:a00:1', 'reserved'],
  ['fec0::1', 'reserved'],
  ['100::1', 'reserved'],
  ['4000::1', 'reserved'],
  ['fe80::1%eth0', 'reserved'],
  ['2606:4700::1%1', 'reserved'],
  ['127.1', 'reserved'],
  ['0177.0.0.1', 'reserved'],
  ['2130706433', 'reserved'],
  ['', 'reserved'],
  ['example.com', 'reserved'],
])('%s is %s', (address, kind) => expect(addressKind(address)).toBe(kind));

describe('what a rule lets its name lead to', () => {
  test.each([
    ['public', true, true],
    ['private', false, true],
    ['loopback', false, false],
    ['linkLocal', false, false],
    ['multicast', false, false],
    ['reserved', false, false],
  ] as const)('%s: %s, with private networks %s', (kind, plain, withPrivate) => {
    expect(allowedAddress(kind, { allowPrivate: false })).toBe(plain);
    expect(allowedAddress(kind, { allowPrivate: true })).toBe(withPrivate);
  });

  test('an IPv4 address inside an IPv6 one is never allowed', () => {
    const hex = (high: number, low: number): string => (high * 256 + low).toString(16);
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255), (a, b, c, d) => {
        const tail = `${hex(a, b)}:${hex(c, d)}`;
        for (const address of [`::ffff:${tail}`, `::${tail}`, `64:ff9b::${tail}`, `2002:${tail}::1`, `2001:0:1:2:3:4:${tail}`, `::ffff:0:${tail}`]) {
          expect([address, allowedAddress(addressKind(address), { allowPrivate: true })]).toEqual([address, false]);
        }
      }),
    );
  });
});
