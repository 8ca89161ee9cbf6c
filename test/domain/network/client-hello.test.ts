import { once } from 'node:events';
import { duplexPair } from 'node:stream';
import { connect } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LARGEST_HELLO, readClientHello } from '../../../src-main/domain/network/client-hello.ts';
import { clientHello, inRecords, serverNameExtension, vector } from '../../support/client-hello.ts';

const kindOf = (bytes: Uint8Array): string => readClientHello(bytes).kind;

describe('a client hello', () => {
  test('says the name and the protocols', () => {
    expect(readClientHello(clientHello({ serverName: 'Allowed.test', alpn: ['h2', 'http/1.1'] }))).toEqual({ kind: 'hello', serverName: 'Allowed.test', alpn: ['h2', 'http/1.1'] });
  });

  test('without a name says so', () => expect(readClientHello(clientHello({ serverName: null }))).toEqual({ kind: 'hello', serverName: null, alpn: [] }));

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('of a real client with %s is read', async (version) => {
    const [client, server] = duplexPair();
    const socket = connect({ socket: client, servername: 'real.test', ALPNProtocols: ['h2'], minVersion: version, maxVersion: version });
    socket.on('error', () => {});
    const [bytes] = (await once(server, 'data')) as [Buffer];
    expect(readClientHello(bytes)).toEqual({ kind: 'hello', serverName: 'real.test', alpn: ['h2'] });
    socket.destroy();
  });

  test('is read in whatever records and pieces it comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 600 }), (recordBytes, padding) => {
        const bytes = clientHello({ recordBytes, extensions: [{ type: 21, bytes: Buffer.alloc(padding) }] });
        expect(readClientHello(bytes)).toEqual({ kind: 'hello', serverName: 'a.test', alpn: [] });
        for (let at = 0; at < bytes.length; at += 1) {
          const partly = readClientHello(bytes.subarray(0, at));
          expect(partly.kind).toBe('needMore');
          if (partly.kind === 'needMore') expect(partly.atLeast > at && partly.atLeast <= bytes.length).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('may be followed by nothing in its own record, but by other records', () => {
    const early = Buffer.concat([clientHello(), Buffer.from([23, 3, 3, 0, 1, 0])]);
    expect(kindOf(early)).toBe('hello');
    const [, rest] = [clientHello().subarray(0, 5), clientHello().subarray(5)];
    expect(kindOf(inRecords(Buffer.concat([rest, Buffer.from([1])]), 16_384))).toBe('notTls');
  });
});

describe('what is no client hello', () => {
  const broken = (edit: (bytes: Buffer) => void): Buffer => {
    const bytes = clientHello();
    edit(bytes);
    return bytes;
  };
  test.each([
    ['plain HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
    ['its first byte alone', Buffer.from('G')],
    ['ssh', Buffer.from('SSH-2.0-x')],
    ['SSLv2', Buffer.from([0x80, 0x2e, 1, 3, 1])],
    ['another kind of record', Buffer.from([23, 3, 1, 0, 1, 0])],
    ['a version that is none', Buffer.from([22, 9])],
    ['an empty record', Buffer.from([22, 3, 1, 0, 0])],
    ['a record that is too long', Buffer.from([22, 3, 1, 0xff, 0xff])],
    ['a server hello', Buffer.from([22, 3, 1, 0, 4, 2, 0, 0, 0])],
    ['a hello that says it is huge', Buffer.from([22, 3, 1, 0, 4, 1, 0xff, 0xff, 0xff])],
    ['a hello of nothing', Buffer.from([22, 3, 1, 0, 4, 1, 0, 0, 0])],
    ['two names', clientHello({ serverName: null, extensions: [{ type: 0, bytes: vector(2, Buffer.from([0]), vector(2, Buffer.from('a.test')), Buffer.from([0]), vector(2, Buffer.from('b.test'))) }] })],
    ['two name extensions', clientHello({ extensions: [serverNameExtension('b.test')] })],
    ['an empty list of names', clientHello({ serverName: null, extensions: [{ type: 0, bytes: vector(2) }] })],
    ['an empty name', clientHello({ serverName: null, extensions: [serverNameExtension('')] })],
    ['a name of another kind', clientHello({ serverName: null, extensions: [{ type: 0, bytes: vector(2, Buffer.from([1]), vector(2, Buffer.from('a.test'))) }] })],
    ['a name with NUL', clientHello({ serverName: 'a.test\0.evil.test' })],
    ['a name beyond ASCII', clientHello({ serverName: 'ü.test' })],
    ['bytes behind the name', clientHello({ serverName: null, extensions: [{ type: 0, bytes: Buffer.concat([serverNameExtension('a.test').bytes, Buffer.from([0])]) }] })],
    ['a session id that is too long', broken((bytes) => bytes.writeUInt8(33, 5 + 4 + 2 + 32))],
    ['an odd list of ciphers', broken((bytes) => bytes.writeUInt16BE(3, 5 + 4 + 2 + 32 + 33))],
  ])('%s', (_, bytes) => expect(kindOf(bytes)).toBe('notTls'));

  test('never asks for more than its cap', () => {
    const endless = inRecords(Buffer.concat([Buffer.from([1, 0, 0xff, 0xfc]), Buffer.alloc(70_000)]), 1);
    expect(kindOf(endless.subarray(0, LARGEST_HELLO - 1))).toBe('needMore');
    expect(kindOf(endless.subarray(0, LARGEST_HELLO))).toBe('notTls');
  });

  test('no bytes make it throw', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => void readClientHello(bytes)), { numRuns: 2_000 });
    const whole = clientHello({ alpn: ['h2'] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        const read = readClientHello(bytes);
        if (read.kind === 'needMore') expect(read.atLeast).toBeGreaterThan(bytes.length);
      }),
      { numRuns: 3_000 },
    );
  });
});
