import { expect, it } from 'vitest';
import { floorsOf, levelOf } from '../../../src-main/domain/disk/floors.ts';

const GIB = 2 ** 30;

it('is 5 GiB, or a twentieth of a disk where that is less, and stops at a fifth of it', () => {
  expect(floorsOf(500 * GIB, null)).toEqual({ floorBytes: 5 * GIB, stopBytes: GIB });
  expect(floorsOf(20 * GIB, null)).toEqual({ floorBytes: GIB, stopBytes: Math.round(GIB / 5) });
  expect(floorsOf(500 * GIB, 40)).toEqual({ floorBytes: 40 * GIB, stopBytes: 8 * GIB });
  expect(floorsOf(500 * GIB, 0)).toEqual({ floorBytes: 0, stopBytes: 0 });
});

it.each([
  [5 * GIB, 'enough'],
  [5 * GIB - 1, 'low'],
  [GIB, 'low'],
  [GIB - 1, 'spent'],
  [0, 'spent'],
])('%d bytes free of 500 GiB is %s', (freeBytes, level) => {
  expect(levelOf({ freeBytes, totalBytes: 500 * GIB, ...floorsOf(500 * GIB, null) })).toBe(level);
});

it('concludes nothing from a disk that could not be read, and never waits where no space is asked for', () => {
  expect(levelOf({ freeBytes: 0, totalBytes: 0, floorBytes: 5, stopBytes: 1 })).toBe('enough');
  expect(levelOf({ freeBytes: 0, totalBytes: 500 * GIB, ...floorsOf(500 * GIB, 0) })).toBe('enough');
});
