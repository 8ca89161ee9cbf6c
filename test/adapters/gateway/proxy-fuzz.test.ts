import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { allowlist, rule } from '../../support/network-policy.ts';
import { createWorld, type World } from '../../support/proxy-world.ts';

let world: World;
beforeEach(async () => {
  world = await createWorld();
  for (const name of ['allowed.test', 'evil.test', 'allowed.test.evil.test']) world.names.set(name, ['93.184.216.34']);
});
afterEach(() => world.close());

/** What HTTP is made of, and what breaks it. */
const words = fc.constantFrom(
  'GET ', 'POST ', 'CONNECT ', 'http://', 'https://', 'allowed.test', 'evil.test', '.evil.test', '@', ':', ':80', ':443', '/', '/mine', '/mine/', '../', '%2e%2e/', '%2f', '//', '\\', '?', '#', ' HTTP/1.1', ' HTTP/1.0', '\r\n', '\r\n\r\n', '\n', '\r', '\0', ' ',
  'Host: allowed.test', 'Host: evil.test', 'Content-Length: 5', 'Content-Length: 0', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity', 'Connection: close', 'X-HTTP-Method-Override: POST', 'Upgrade: websocket', '5\r\nhello\r\n', '0\r\n\r\n', 'hello',
);
const sensible = fc.constantFrom('GET http://allowed.test/mine HTTP/1.1\r\nHost: allowed.test\r\n\r\n', 'GET http://allowed.test/mine HTTP/1.1\r\nHost: allowed.test\r\nContent-Length: 5\r\n\r\nhello', 'GET http://allowed.test/mine/x HTTP/1.1\r\nHost: allowed.test\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n');

test('whatever is said, only what is allowed arrives, and nothing is looked up but what is allowed', async () => {
  const client = await world.proxy(allowlist([rule('allowed.test', { methods: ['GET'], path: '/mine' })], { budget: { connectionsPerMinute: 60_000 } }));
  const stream = fc.array(fc.oneof({ weight: 3, arbitrary: words }, { weight: 2, arbitrary: sensible }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(stream, fc.boolean(), async (parts, leaves) => {
      const connection = client.open();
      connection.resume();
      connection.write(Buffer.from(parts.join(''), 'latin1'));
      // What has to be carried is on its way when another request has come back.
      if (!leaves) await client.http('http://allowed.test/mine/between');
      connection.destroy();
    }),
    { numRuns: 200 },
  );
  await client.proxy.close();
  expect(world.arrived.filter(({ url }) => url !== '/mine/between').length).toBeGreaterThan(10);
  expect([...new Set(world.lookedUp)]).toEqual(['allowed.test']);
  for (const { method, url, headers } of world.arrived) {
    expect(method).toBe('GET');
    expect(url).toMatch(/^\/mine(?:[/?]|$)/);
    expect(headers.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host')).toHaveLength(1);
    expect(headers[headers.findIndex((name) => name.toLowerCase() === 'host') + 1]?.toLowerCase().replace(/\.?(?::80)?$/, '')).toBe('allowed.test');
    expect(headers.join('\n')).not.toMatch(/override|upgrade/i);
  }
});
