import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FrozenNetwork, HttpMethod, NetworkRule } from '../../../src-main/contract/network.ts';
import { decideConnection, injectedFor, looksInside } from '../../../src-main/domain/network/decide-connection.ts';
import { decideRequest } from '../../../src-main/domain/network/decide-request.ts';
import type { Place } from '../../../src-main/domain/network/rules-for.ts';
import { allowlist, rule } from '../../support/network-policy.ts';

const connection = (network: FrozenNetwork, host: string, more: Partial<Place> = {}): string => {
  const decision = decideConnection(network, { host, port: 443, speech: 'tls', ...more });
  return decision.kind === 'refused' ? decision.refusal : decision.terminate ? 'terminated' : 'passed';
};

describe('a connection', () => {
  const network = allowlist(['allowed.test', '*.below.test', rule('odd.test', { port: 8443 }), rule('read.test', { methods: ['GET'] }), rule('path.test', { path: '/a' })]);

  test.each([
    ['allowed.test', 'passed'],
    ['ALLOWED.test.', 'passed'],
    ['a.below.test', 'passed'],
    ['a.b.below.test', 'passed'],
    ['below.test', 'notAllowed'],
    ['evilbelow.test', 'notAllowed'],
    ['evilallowed.test', 'notAllowed'],
    ['allowed.test.evil.test', 'notAllowed'],
    ['below.test.evil.test', 'notAllowed'],
    ['sub.allowed.test', 'notAllowed'],
    ['allowedxtest', 'notAllowed'],
    ['read.test', 'terminated'],
    ['path.test', 'terminated'],
    ['odd.test', 'notAllowed'],
    ['allowed.test\0.evil.test', 'notAName'],
    ['allowed.test@evil.test', 'notAName'],
    ['127.0.0.1', 'notAName'],
    ['[::1]', 'notAName'],
    ['0x7f.1', 'notAName'],
    ['*.below.test', 'notAName'],
  ])('to %j: %s', (host, outcome) => expect(connection(network, host)).toBe(outcome));

  test('to a port only where it is named, or usual', () => {
    expect(connection(network, 'odd.test', { port: 8443 })).toBe('passed');
    expect(connection(network, 'odd.test', { port: 8443, speech: 'http' })).toBe('passed');
    expect(connection(network, 'allowed.test', { port: 8443 })).toBe('notAllowed');
    expect(connection(network, 'allowed.test', { port: 80 })).toBe('notAllowed');
    expect(connection(network, 'allowed.test', { port: 80, speech: 'http' })).toBe('passed');
    expect(connection(network, 'allowed.test', { port: 443, speech: 'http' })).toBe('notAllowed');
    expect(connection(network, 'allowed.test', { port: 0 })).toBe('badRequest');
    expect(connection(network, 'allowed.test', { port: Number.NaN })).toBe('badRequest');
  });

  test('is refused by every mode but the list', () => {
    for (const mode of ['off', 'full'] as const) expect(connection({ ...network, mode }, 'allowed.test')).toBe('notAllowed');
  });

  test('says which rule would let it pass, and that rule does', () => {
    fc.assert(
      fc.property(fc.domain(), fc.integer({ min: 1, max: 65_535 }), fc.constantFrom('tls' as const, 'http' as const), (host, port, speech) => {
        const decision = decideConnection(allowlist([]), { host, port, speech });
        expect(decision).toMatchObject({ kind: 'refused', refusal: 'notAllowed' });
        if (decision.kind !== 'refused' || decision.wouldNeed === null) return expect.unreachable();
        expect(connection(allowlist([decision.wouldNeed]), host, { port, speech })).toBe('passed');
      }),
    );
  });

  test('into a private network counts only the rules that allow it', () => {
    const mixed = allowlist(['*.corp.test', rule('git.corp.test', { methods: ['GET'], allowPrivate: true })]);
    expect(connection(mixed, 'git.corp.test')).toBe('passed');
    expect(connection(mixed, 'git.corp.test', { isPrivate: true })).toBe('terminated');
    expect(decideConnection(mixed, { host: 'www.corp.test', port: 443, speech: 'tls', isPrivate: true })).toMatchObject({ refusal: 'privateAddress', wouldNeed: rule('www.corp.test', { allowPrivate: true }) });
  });

  test('is looked into where a header is added, for exactly that name and over TLS alone', () => {
    const withHeader = allowlist(['*.corp.test', 'corp.test'], { inject: [{ host: 'Git.corp.test', header: 'Authorization', secret: 'TOKEN' }] });
    expect(connection(withHeader, 'git.corp.test')).toBe('terminated');
    expect(connection(withHeader, 'a.git.corp.test')).toBe('passed');
    expect(connection(withHeader, 'corp.test')).toBe('passed');
    expect(injectedFor(withHeader, { host: 'git.corp.test', port: 443, speech: 'tls' })).toHaveLength(1);
    expect(injectedFor(withHeader, { host: 'git.corp.test', port: 80, speech: 'http' })).toEqual([]);
    expect([looksInside(withHeader), looksInside(allowlist(['a.test'])), looksInside(allowlist([rule('a.test', { path: '/a' })])), looksInside({ ...withHeader, mode: 'off' })]).toEqual([true, false, true, false]);
  });

  test('is not looked into where one rule allows everything anyway', () => {
    expect(connection(allowlist(['a.test', rule('a.test', { methods: ['GET'] })]), 'a.test')).toBe('passed');
  });
});

const request = (rules: NetworkRule[], method: string, path: string, headers: string[] = []): string => {
  const decision = decideRequest(allowlist(rules), { host: 'a.test', port: 443, speech: 'tls', method, path, headers });
  return decision.kind === 'allowed' ? 'allowed' : decision.refusal;
};

describe('a request', () => {
  test('of a method that is allowed', () => {
    const reading = [rule('a.test', { methods: ['GET', 'HEAD'] })];
    expect(request(reading, 'GET', '/')).toBe('allowed');
    expect(request(reading, 'HEAD', '/')).toBe('allowed');
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'get', 'PROPFIND', 'CONNECT', 'TRACE']) expect([method, request(reading, method, '/')]).toEqual([method, 'methodNotAllowed']);
    expect(request([rule('a.test')], 'PROPFIND', '/')).toBe('allowed');
    expect(request([rule('a.test')], 'TRACE', '/')).toBe('methodNotAllowed');
    expect(request([rule('b.test')], 'GET', '/')).toBe('notAllowed');
  });

  test.each([
    ['X-HTTP-Method-Override', 'POST'],
    ['x-http-method-override', 'delete'],
    ['X-HTTP-Method', 'PUT'],
    ['X-Method-Override', 'PATCH'],
    ['X_HTTP_Method_Override', 'POST'],
    ['X-HTTP-Method-Override', 'GET, POST'],
    ['X-HTTP-Method-Override', ' POST '],
  ])('that says by %s that it is %j counts as that', (header, value) => {
    const headers = ['Accept', '*/*', header, value];
    expect(request([rule('a.test', { methods: ['GET'] })], 'GET', '/', headers)).toBe('methodNotAllowed');
    expect(request([rule('a.test', { methods: ['GET', 'POST', 'DELETE', 'PUT', 'PATCH'] })], 'GET', '/', headers)).toBe('allowed');
  });

  test.each(['/?_method=POST', '/?a=1&_METHOD=delete', '/?$httpMethod=POST', '/?%5fmethod=POST', '/?X-HTTP-Method-Override=POST'])('that says it in its query, %s, too', (path) => {
    expect(request([rule('a.test', { methods: ['GET'] })], 'GET', path)).toBe('methodNotAllowed');
  });

  test.each([
    ['/a', 'allowed'],
    ['/a/', 'allowed'],
    ['/a/b?c=/../d', 'allowed'],
    ['/%61/b', 'allowed'],
    ['/a/b%20c', 'allowed'],
    ['/ab', 'pathNotAllowed'],
    ['/', 'pathNotAllowed'],
    ['/b', 'pathNotAllowed'],
    ['/a/../b', 'pathNotAllowed'],
    ['/a/..', 'pathNotAllowed'],
    ['/a/%2e%2e/b', 'pathNotAllowed'],
    ['/a/.%2E/b', 'pathNotAllowed'],
    ['/a/./b', 'pathNotAllowed'],
    ['/a%2fb', 'pathNotAllowed'],
    ['/a/b%2Fc', 'pathNotAllowed'],
    ['/a/b%5cc', 'pathNotAllowed'],
    ['/a/..\\b', 'pathNotAllowed'],
    ['/a//b', 'pathNotAllowed'],
    ['//evil.test/a', 'pathNotAllowed'],
    ['/a/%00', 'pathNotAllowed'],
    ['/a/%0d%0a', 'pathNotAllowed'],
    ['/a/%', 'pathNotAllowed'],
    ['/a/%ff', 'pathNotAllowed'],
    ['/a/%252e%252e/b', 'pathNotAllowed'],
    ['/a/..;x=1/b', 'pathNotAllowed'],
    ['/a/%2e%2e%3bx/b', 'pathNotAllowed'],
    ['*', 'pathNotAllowed'],
    ['a', 'pathNotAllowed'],
    ['', 'pathNotAllowed'],
  ])('of %j where /a is allowed: %s', (path, outcome) => expect(request([rule('a.test', { path: '/a' })], 'GET', path)).toBe(outcome));

  test('with a header that names another path is refused where paths count', () => {
    for (const header of ['X-Original-URL', 'x-rewrite-url']) {
      expect(request([rule('a.test', { path: '/a' })], 'GET', '/a', [header, '/b'])).toBe('pathNotAllowed');
      expect(request([rule('a.test')], 'GET', '/a', [header, '/b'])).toBe('allowed');
    }
  });

  test('is allowed by one rule alone', () => {
    const rules = [rule('a.test', { methods: ['GET'] }), rule('a.test', { methods: ['POST'], path: '/git/git-upload-pack' })];
    expect(request(rules, 'GET', '/other')).toBe('allowed');
    expect(request(rules, 'POST', '/git/git-upload-pack')).toBe('allowed');
    expect(request(rules, 'POST', '/git/git-receive-pack')).toBe('pathNotAllowed');
    expect(request(rules, 'PUT', '/git/git-upload-pack')).toBe('methodNotAllowed');
  });

  test('that is refused names no more than what was asked', () => {
    const asked = (path: string, headers: string[] = []) => ({ host: 'a.test', port: 443, speech: 'tls' as const, method: 'POST', path, headers });
    const needed = (rules: NetworkRule[], path: string, headers?: string[]) => {
      const decision = decideRequest(allowlist(rules), asked(path, headers));
      return decision.kind === 'refused' ? decision.wouldNeed : null;
    };
    for (const rules of [[], [rule('a.test', { methods: ['GET'] })], [rule('a.test', { path: '/x' })]]) {
      expect(needed(rules, '/publish?now')).toEqual(rule('a.test', { methods: ['POST'], path: '/publish' }));
      // A rule's path is written without a star, and fits into its field.
      expect(needed(rules, '/a/b*c')).toEqual(rule('a.test', { methods: ['POST'], path: '/a' }));
      expect(needed(rules, `/a/${'b'.repeat(2_000)}`)).toEqual(rule('a.test', { methods: ['POST'], path: '/a' }));
    }
    expect(needed([], '/a//b')).toEqual(rule('a.test', { methods: ['POST'] }));
    expect(needed([], '/a', ['X-Original-URL', '/b'])).toEqual(rule('a.test', { methods: ['POST'] }));
  });

  test('that is refused names a rule with which it passes', () => {
    const methods = fc.constantFrom<HttpMethod>('GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'PATCH', 'DELETE');
    fc.assert(
      fc.property(methods, methods, fc.oneof(fc.webPath(), fc.constant('/x/y')), (method, allowed, path) => {
        const rules = [rule('a.test', { methods: [allowed], path: '/x' })];
        const asked = { host: 'a.test', port: 443, speech: 'tls' as const, method, path, headers: [] };
        const decision = decideRequest(allowlist(rules), asked);
        if (decision.kind === 'allowed') expect(method === allowed && (path === '/x' || path.startsWith('/x/'))).toBe(true);
        else if (decision.wouldNeed !== null) expect(decideRequest(allowlist([...rules, decision.wouldNeed]), asked)).toEqual({ kind: 'allowed' });
      }),
      { numRuns: 1_000 },
    );
  });
});
