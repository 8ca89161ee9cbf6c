import { describe, expect, it } from 'vitest';
import { isAppUrl, webAddress } from '../../src-main/shell/app-url.ts';

describe('isAppUrl', () => {
  it.each(['app://drydock/', 'app://drydock/index.html#/board', 'APP://drydock/x'])('%s is ours', (url) => {
    expect(isAppUrl(url)).toBe(true);
  });
  it.each([
    'app://drydock.elsewhere/', 'app://drydock:80/', 'app://me@drydock/', 'app://elsewhere/drydock/', 'app:drydock',
    'http://drydock/', 'https://app//drydock', 'file:///drydock', 'data:text/html,app://drydock/', 'about:blank', '', 'app://',
  ])('%s is not', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });
});

describe('webAddress', () => {
  it('gives the normal form', () => {
    expect(webAddress('HTTPS://Example.org')).toBe('https://example.org/');
    expect(webAddress('http://127.0.0.1:8080/a b')).toBe('http://127.0.0.1:8080/a%20b');
  });
  it.each([
    'file:///etc/passwd', 'javascript:alert(1)', 'smb://host/share', 'vscode://x', 'app://drydock/', 'mailto:a@b.c',
    'https://bank.test@elsewhere.test/', 'https://:p@x.test/', '//x.test', 'x.test', '',
  ])('refuses %s', (url) => {
    expect(webAddress(url)).toBeNull();
  });
});
