import { sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rendererFile } from '../../src-main/shell/renderer-file.ts';

const ROOT = '/opt/drydock/out/renderer'.replaceAll('/', sep);
const at = (path: string): string => ROOT + path.replaceAll('/', sep);

describe('rendererFile', () => {
  it('names files below the root, and the page for a folder', () => {
    expect(rendererFile(ROOT, 'app://drydock/')).toBe(at('/index.html'));
    expect(rendererFile(ROOT, 'app://drydock/#/board')).toBe(at('/index.html'));
    expect(rendererFile(ROOT, 'app://drydock/assets/main-1a2b.js?v=1')).toBe(at('/assets/main-1a2b.js'));
    expect(rendererFile(ROOT, 'app://drydock/assets/a%20b.svg')).toBe(at('/assets/a b.svg'));
  });
  it.each([
    'app://drydock/..%2f..%2fetc/passwd', 'app://drydock/%2e%2e%2fmain/shell.js', 'app://drydock/a/..%5c..%5cx', 'app://drydock/%00',
    'app://drydock/%', 'app://drydock/C:/x', 'app://drydock/a::$DATA', 'app://drydock/.git/config', 'app://drydock/%252e%252e%2fx',
    'app://elsewhere/index.html', 'https://drydock/index.html', 'file:///etc/passwd',
  ])('%s names none', (url) => {
    expect(rendererFile(ROOT, url)).toBeNull();
  });
  it('never names anything outside the root', () => {
    const piece = fc.constantFrom('..', '.', '%2e', '%2E%2e', '%2f', '%5c', '/', '\\', '%00', 'a', 'assets', '%25', '//', ':', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const file = rendererFile(ROOT, `app://drydock/${pieces.join('')}`);
        return file === null || (file.startsWith(ROOT + sep) && !file.split(sep).includes('..'));
      }),
    );
  });
});
