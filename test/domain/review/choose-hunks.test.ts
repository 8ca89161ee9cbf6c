import { describe, expect, it } from 'vitest';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { chooseHunks, choosePaths } from '../../../src-main/domain/review/choose-hunks.ts';

const hunks = ['a', 'b', 'c'].map((id, at): Hunk => ({ id, oldStart: at * 5 + 1, oldLines: 1, newStart: at * 5 + 1, newLines: 1 }));
const all = { excluded: [], excludedHunks: {} };
const out = (...chosen: string[]) => chooseHunks(all, 'file', hunks, chosen, false);

describe('taking hunks in and out', () => {
  it('remembers them in their order, and forgets a file that is whole again', () => {
    expect(out('c', 'a')).toEqual({ excluded: [], excludedHunks: { file: ['a', 'c'] } });
    expect(chooseHunks(out('c', 'a'), 'file', hunks, ['a', 'c'], true)).toEqual(all);
    expect(chooseHunks({ excluded: [], excludedHunks: { other: ['x'] } }, 'file', hunks, ['b'], false).excludedHunks).toEqual({ other: ['x'], file: ['b'] });
  });

  it('takes the file out with its last hunk, and in again with any of them', () => {
    const without = chooseHunks(out('a', 'b'), 'file', hunks, ['c'], false);
    expect(without.excluded).toEqual(['file']);
    expect(chooseHunks(without, 'file', hunks, ['b'], true)).toEqual({ excluded: [], excludedHunks: { file: ['a', 'c'] } });
  });

  it('takes one hunk in of a file that is out as a whole, and that one alone', () => {
    expect(chooseHunks({ excluded: ['file', 'other'], excludedHunks: {} }, 'file', hunks, ['b'], true)).toEqual({ excluded: ['other'], excludedHunks: { file: ['a', 'c'] } });
  });

  it('remembers hunks of a file that is out as a whole', () => {
    const whole = choosePaths(out('b'), ['file'], false, new Set());
    expect(whole).toEqual({ excluded: ['file'], excludedHunks: { file: ['b'] } });
    expect(chooseHunks(whole, 'file', hunks, ['a'], false)).toEqual({ excluded: ['file'], excludedHunks: { file: ['a', 'b'] } });
    expect(choosePaths(whole, ['file'], true, new Set())).toEqual({ excluded: [], excludedHunks: { file: ['b'] } });
  });

  it('brings a file in as a whole when none of its hunks would be left', () => {
    expect(choosePaths(out('a', 'b', 'c'), ['file'], true, new Set(['file']))).toEqual(all);
  });
});
