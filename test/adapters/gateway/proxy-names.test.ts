import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientHello } from '../../support/client-hello.ts';
import { allowlist, rule } from '../../support/network-policy.ts';
import { createWorld, type World } from '../../support/proxy-world.ts';

const PUBLIC = '93.184.216.34';
let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const name of ['allowed.test', 'a.below.test', 'other.test', 'read.test']) world.names.set(name, [PUBLIC]);
});
afterEach(() => world.close());

describe('a tunnel to a name that is allowed', () => {
  test('carries TLS from end to end, to the address that was looked up once', async () => {
    const client = await world.proxy(allowlist(['allowed.test']));
    expect(client.proxy.authorityPem).toBeNull();
    const socket = await client.secure('allowed.test:443');
    expect(socket.getPeerX509Certificate()?.issuer).toContain('Drydock run');
    expect(await client.https('https://allowed.test/a?b=c', { on: socket })).toMatchObject({ status: 200, body: 'hello from the sink' });
    socket.destroy();
    await client.proxy.close();
    expect(world.arrived).toMatchObject([{ speech: 'tls', serverName: 'allowed.test', method: 'GET', url: '/a?b=c' }]);
    expect(world.lookedUp).toEqual(['allowed.test']);
    expect(world.dialled).toEqual([`${PUBLIC}:443`]);
    expect(client.log()).toEqual(['passed allowed.test:443']);
    const last = client.entries.at(-1);
    expect(last?.count === 1 && last.sentBytes > 100 && last.receivedBytes > 500).toBe(true);
  });

  test.each(['ALLOWED.test:443', 'allowed.test.:443', 'a.below.test:443'])('%s', async (target) => {
    const client = await world.proxy(allowlist(['allowed.test', '*.below.test']));
    expect(await client.tunnel(target)).toMatchObject({ status: 200 });
  });
});

describe('what is not allowed is refused, and nobody is asked for it', () => {
  test.each([
    ['evil.test:443', 'notAllowed'],
    ['allowed.test.evil.test:443', 'notAllowed'],
    ['evilallowed.test:443', 'notAllowed'],
    ['below.test:443', 'notAllowed'],
    ['evilbelow.test:443', 'notAllowed'],
    ['allowed.test:8443', 'notAllowed'],
    ['allowed.test:80', 'notAllowed'],
    ['xn--allwed-10a.test:443', 'notAllowed'],
    ['93.184.216.34:443', 'notAName'],
    ['127.0.0.1:443', 'notAName'],
    ['127.1:443', 'notAName'],
    ['2130706433:443', 'notAName'],
    ['0x7f.0.0.1:443', 'notAName'],
    ['0177.0.0.1:443', 'notAName'],
    ['[::1]:443', 'notAName'],
    ['[::ffff:127.0.0.1]:443', 'notAName'],
    ['::1:443', 'notAName'],
    ['169.254.169.254:443', 'notAName'],
    ['allowed.test%00.evil.test:443', 'notAName'],
    ['allowed%2etest:443', 'notAName'],
    ['user@allowed.test:443', 'notAName'],
    ['evil.test@allowed.test:443', 'notAName'],
    ['allowed.test#.evil.test:443', 'badRequest'],
    ['allowed.test/evil:443', 'notAName'],
    ['allowed..test:443', 'notAName'],
    ['allowed.test..:443', 'notAName'],
    [':443', 'notAName'],
    ['allowed.test', 'badRequest'],
    ['allowed.test:', 'badRequest'],
    ['allowed.test:0', 'badRequest'],
    ['allowed.test:99999', 'badRequest'],
    ['allowed.test:443:443', 'notAName'],
  ])('CONNECT %s: %s', async (target, reason) => {
    const client = await world.proxy(allowlist(['allowed.test', '*.below.test']));
    expect(await client.tunnel(target)).toMatchObject({ status: 403, reason });
    expect(world.lookedUp).toEqual([]);
    expect(world.dialled).toEqual([]);
    expect(client.entries).toHaveLength(1);
    expect(client.entries[0]?.refused).toBe(reason);
  });

  test.each([
    ['NUL', 'CONNECT allowed.test\0.evil.test:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a bare newline', 'CONNECT allowed.test\n.evil.test:443 HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['a space', 'CONNECT allowed.test evil.test:443 HTTP/1.1\r\n\r\n'],
    ['a folded header', 'GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\n x: y\r\n\r\n'],
    ['a space before a colon', 'GET http://allowed.test/ HTTP/1.1\r\nHost : allowed.test\r\n\r\n'],
    ['more than fits', `GET http://allowed.test/ HTTP/1.1\r\nHost: allowed.test\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['no HTTP at all', '\x16\x03\x01\x00\x01\x01\r\n\r\n'],
    ['another HTTP', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('%s in the first line or head', async (_, bytes) => {
    const client = await world.proxy(allowlist(['allowed.test']));
    const answer = await client.say(bytes);
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(world.lookedUp).toEqual([]);
    expect(world.bytes()).toBe(0);
  });

  test('a name in bytes beyond ASCII', async () => {
    const client = await world.proxy(allowlist(['allowed.test', 'xn--bcher-kva.test']));
    const answer = await client.say(Buffer.from('CONNECT b\xc3\xbccher.test:443 HTTP/1.1\r\n\r\n', 'latin1'));
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
    expect(world.lookedUp).toEqual([]);
  });

  test('the answer is for machines and for people, and the entry says what would let it pass', async () => {
    const client = await world.proxy(allowlist([]));
    const answer = await client.say('CONNECT evil.test:8443 HTTP/1.1\r\n\r\n');
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toContain('HTTP/1.1 403 Refused by Drydock: notAllowed\r\n');
    const said: unknown = JSON.parse(body);
    expect(said).toMatchObject({ error: 'drydock', reason: 'notAllowed', message: expect.stringContaining('evil.test:8443'), next: expect.stringMatching(/\w/) });
    expect(client.entries).toMatchObject([{ host: 'evil.test', port: 8443, method: null, path: null, refused: 'notAllowed', wouldNeed: rule('evil.test', { port: 8443 }), count: 1, sentBytes: 0, receivedBytes: 0, turn: 1 }]);
  });

  test('attempts of the same kind are one entry', async () => {
    const client = await world.proxy(allowlist([]));
    for (let at = 0; at < 3; at += 1) await client.tunnel('EVIL.test:443');
    await client.tunnel('evil.test:444');
    expect(client.log()).toEqual(['notAllowed evil.test:443 ×3', 'notAllowed evil.test:444']);
  });

  test('a policy that is edited while its run goes on stays as it was', async () => {
    const network = allowlist(['allowed.test']);
    const client = await world.proxy(network);
    network.rules.push(rule('other.test'));
    network.mode = 'full';
    expect(await client.tunnel('other.test:443')).toMatchObject({ reason: 'notAllowed' });
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ status: 200 });
  });

  test('a run without a list gets nothing', async () => {
    for (const mode of ['off', 'full'] as const) {
      const client = await world.proxy({ ...allowlist(['allowed.test']), mode });
      expect(await client.tunnel('allowed.test:443')).toMatchObject({ status: 403, reason: 'notAllowed' });
    }
  });
});

describe('the name in TLS', () => {
  const refusedHello = async (bytes: Buffer | string): Promise<{ answer: Buffer; log: string[] }> => {
    const client = await world.proxy(allowlist(['allowed.test', 'other.test']));
    const { stream } = await client.tunnel('allowed.test:443');
    stream.write(bytes);
    const answer = await buffer(stream);
    stream.end();
    await client.proxy.close();
    expect(world.arrived).toEqual([]);
    expect(world.bytes()).toBe(0);
    return { answer, log: client.log() };
  };

  test.each(['other.test', 'evil.test', 'allowed.test.evil.test', 'xallowed.test', '127.0.0.1'])('that is %s instead is refused', async (serverName) => {
    const { answer, log } = await refusedHello(clientHello({ serverName }));
    expect([...answer]).toEqual([21, 3, 3, 0, 2, 2, 112]);
    expect(log).toEqual(['serverNameDiffers allowed.test:443']);
  });

  test('that is not there is refused', async () => {
    expect((await refusedHello(clientHello({ serverName: null }))).log).toEqual(['serverNameDiffers allowed.test:443']);
  });

  test('that is there twice is refused', async () => {
    const two = clientHello({ serverName: 'allowed.test', extensions: [{ type: 0, bytes: Buffer.from('000c00000965766c2e74657374', 'hex') }] });
    expect((await refusedHello(two)).log).toEqual(['notTls allowed.test:443']);
  });

  test.each([
    ['plain HTTP', 'GET / HTTP/1.1\r\nHost: allowed.test\r\n\r\n'],
    ['ssh', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['a TLS record of another kind', Buffer.from([23, 3, 3, 0, 1, 0])],
  ])('%s instead of TLS is refused in words', async (_, bytes) => {
    const { answer, log } = await refusedHello(bytes);
    expect(answer.toString()).toContain('"reason":"notTls"');
    expect(log).toEqual(['notTls allowed.test:443']);
  });

  test('is waited for in pieces, and nothing passes before it is whole', async () => {
    const client = await world.proxy(allowlist(['allowed.test']));
    const { stream } = await client.tunnel('allowed.test:443');
    const socket = connectTls({ socket: inPieces(stream, 7), servername: 'allowed.test', ca: world.authority.pem });
    await once(socket, 'secureConnect');
    expect(await client.https('https://allowed.test/', { on: socket })).toMatchObject({ status: 200 });
    socket.destroy();
  });

  test('in a hello of small records that names another host at its end', async () => {
    const { log } = await refusedHello(clientHello({ serverName: 'evil.test', recordBytes: 3 }));
    expect(log).toEqual(['serverNameDiffers allowed.test:443']);
  });

  test('may be written in another case', async () => {
    const client = await world.proxy(allowlist(['allowed.test']));
    const socket = await client.secure('allowed.test:443', { servername: 'ALLOWED.test' });
    socket.destroy();
  });
});

/** Writes each piece by itself. */
const inPieces = (stream: Duplex, size: number): Duplex => {
  const write = stream.write.bind(stream);
  stream.write = ((bytes: Buffer, ...rest: unknown[]): boolean => {
    let goesOn = true;
    for (let at = 0; at < bytes.length; at += size) {
      const last = at + size >= bytes.length;
      goesOn = last ? (write as (...all: unknown[]) => boolean)(bytes.subarray(at), ...rest) : write(bytes.subarray(at, at + size));
    }
    return goesOn;
  }) as typeof stream.write;
  return stream;
};

describe('the address behind a name', () => {
  test.each([
    [['127.0.0.1'], 'privateAddress'],
    [['::1'], 'privateAddress'],
    [['10.0.0.5'], 'privateAddress'],
    [['192.168.1.1'], 'privateAddress'],
    [['169.254.169.254'], 'privateAddress'],
    [['fe80::1'], 'privateAddress'],
    [['fd00::1'], 'privateAddress'],
    [['100.64.0.1'], 'privateAddress'],
    [['0.0.0.0'], 'privateAddress'],
    [['224.0.0.1'], 'privateAddress'],
    [['::ffff:127.0.0.1'], 'privateAddress'],
    [['64:ff9b::7f00:1'], 'privateAddress'],
    [[PUBLIC, '127.0.0.1'], 'privateAddress'],
    [[PUBLIC, '10.0.0.5'], 'privateAddress'],
    [[], 'noSuchName'],
  ])('%j: %s', async (addresses, reason) => {
    const client = await world.proxy(allowlist(['allowed.test']));
    world.names.set('allowed.test', addresses);
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ status: 403, reason });
    expect((await client.http('http://allowed.test/')).reason).toBe(reason);
    expect(world.dialled).toEqual([]);
  });

  test('of a private network passes where a rule says so, and says which rule would', async () => {
    world.names.set('allowed.test', ['10.0.0.5']);
    const without = await world.proxy(allowlist(['allowed.test']));
    await without.tunnel('allowed.test:443');
    expect(without.entries[0]?.wouldNeed).toEqual(rule('allowed.test', { allowPrivate: true }));
    const client = await world.proxy(allowlist([rule('allowed.test', { allowPrivate: true })]));
    expect(await client.https('https://allowed.test/')).toMatchObject({ status: 200 });
    world.names.set('allowed.test', ['10.0.0.5', '127.0.0.1']);
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ reason: 'privateAddress' });
    expect(client.entries.at(-1)?.wouldNeed).toBeNull();
  });

  test('is the one that was checked, also when the name answers something else the next time', async () => {
    const answers = [[PUBLIC], ['127.0.0.1']];
    const client = await world.proxy(allowlist(['allowed.test', rule('read.test', { methods: ['GET'] })]), { resolve: async () => answers.shift() ?? ['127.0.0.1'] });
    expect(await client.https('https://allowed.test/')).toMatchObject({ status: 200 });
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ reason: 'privateAddress' });
    expect(world.dialled).toEqual([`${PUBLIC}:443`]);
  });

  test('is one of several, and the next is tried when the first does not answer', async () => {
    world.names.set('allowed.test', ['93.184.216.1', '93.184.216.2']);
    const tried: string[] = [];
    const client = await world.proxy(allowlist(['allowed.test']), {
      dial: async ({ address }) => {
        tried.push(address);
        throw new Error('refused');
      },
    });
    const answer = await client.say('CONNECT allowed.test:443 HTTP/1.1\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 502 /);
    expect(answer).toContain('"reason":"unreachable"');
    expect(tried).toEqual(['93.184.216.1', '93.184.216.2']);
  });

  test('cannot be found just now: that is for the client to try again', async () => {
    const client = await world.proxy(allowlist(['allowed.test']), { resolve: async () => Promise.reject(Object.assign(new Error('again'), { code: 'EAI_AGAIN' })) });
    expect(await client.tunnel('allowed.test:443')).toMatchObject({ status: 502, reason: 'unreachable' });
  });
});
