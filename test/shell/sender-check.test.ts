import { expect, it } from 'vitest';
import { isTrustedSender, requireTrustedSender } from '../../src-main/shell/sender-check.ts';

it('trusts the top frame of the app page and nobody else', () => {
  expect(isTrustedSender({ url: 'app://drydock/index.html', parent: null })).toBe(true);
  expect(isTrustedSender({ url: 'app://drydock/', parent: {} })).toBe(false);
  expect(isTrustedSender({ url: 'https://drydock/', parent: null })).toBe(false);
  expect(isTrustedSender({ url: '', parent: null })).toBe(false);
  expect(() => requireTrustedSender(null)).toThrow('Refused');
});
