import { expect, it } from 'vitest';
import { mediaType } from '../../src-main/wire/media-type.ts';

it('knows what the build makes and calls everything else bytes', () => {
  expect(mediaType('/x/main.JS')).toBe('text/javascript; charset=utf-8');
  expect(mediaType('/x/inter.woff2')).toBe('font/woff2');
  expect(mediaType('/x/page.xhtml')).toBe('application/octet-stream');
});
