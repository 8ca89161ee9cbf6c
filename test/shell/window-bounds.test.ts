import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { isReachable, readBounds, writeBounds } from '../../src-main/shell/window-bounds.ts';

const bounds = { x: -1500, y: 20, width: 1200, height: 800, maximized: true };
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'drydock-bounds-'));
  file = join(folder, 'window.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

it('lets a window close when its place cannot be written', () => {
  expect(() => writeBounds(join(folder, 'missing', 'window.json'), bounds)).not.toThrow();
});

it('reads what it wrote, and leaves one file', () => {
  writeBounds(file, bounds);
  expect(readBounds(file)).toEqual(bounds);
  expect(readdirSync(folder)).toEqual(['window.json']);
});

it.each(['', '{', 'null', '{"x":0}', '{"x":0,"y":0,"width":1e9,"height":800,"maximized":false}', '{"x":"0","y":0,"width":900,"height":800,"maximized":false}'])(
  'takes %j for nothing',
  (text) => {
    writeFileSync(file, text);
    expect(readBounds(file)).toBeNull();
  },
);

it('knows no place that was never saved', () => expect(readBounds(file)).toBeNull());

it('finds a window only where a screen shows its title bar', () => {
  const main = { x: 0, y: 0, width: 1920, height: 1080 };
  const left = { x: -1920, y: 0, width: 1920, height: 1080 };
  expect(isReachable(bounds, [main, left])).toBe(true);
  expect(isReachable(bounds, [main])).toBe(false);
  expect(isReachable({ ...bounds, x: 1900 }, [main])).toBe(false);
  expect(isReachable({ ...bounds, x: 0, y: -300 }, [main])).toBe(false);
  expect(isReachable({ ...bounds, x: 0, y: 1070 }, [main])).toBe(false);
});
