import { describe, expect, it } from 'vitest';
import type { Run } from '../../../src-main/contract/run.ts';
import { chooseHunks, choosePaths } from '../../../src-main/domain/review/choose-hunks.ts';
import { chosenOf, isFindingOut, isWhole, sizeOf, withChoice } from '../../../src-main/domain/review/left-out.ts';
import { sampleBrief, sampleRun } from '../../support/sample-documents.ts';

const RESULT = { files: 3, additions: 10, deletions: 6 };
/** `b` has two changes: two lines for one, and three new ones. */
const HUNKS = [
  { id: 'first', oldStart: 1, oldLines: 1, newStart: 1, newLines: 2 },
  { id: 'second', oldStart: 9, oldLines: 0, newStart: 10, newLines: 3 },
];
const whole = sizeOf(HUNKS);
const fresh = (): Run => ({ ...sampleRun(1, sampleBrief(1)), excluded: [], excludedHunks: {} });
const hunks = (run: Run, ids: string[], included: boolean): Run => withChoice(run, chooseHunks(run, 'b', HUNKS, ids, included), new Map([['b', { whole, hunks: HUNKS }]]));
const file = (run: Run, path: string, size: { additions: number; deletions: number }, included: boolean): Run =>
  withChoice(run, choosePaths(run, [path], included, new Set()), new Map([[path, { whole: size, hunks: path === 'b' ? HUNKS : [] }]]));

describe('what is chosen of a result', () => {
  it('is all of it as long as nothing is left out', () => {
    expect(chosenOf(fresh(), RESULT)).toEqual({ files: 3, size: { additions: 10, deletions: 6 } });
    expect(isWhole(fresh())).toBe(true);
  });

  it('lacks whole files and single hunks, and comes back with them', () => {
    let run = file(fresh(), 'a', { additions: 4, deletions: 5 }, false);
    expect(chosenOf(run, RESULT)).toEqual({ files: 2, size: { additions: 6, deletions: 1 } });
    run = hunks(run, ['first'], false);
    expect(chosenOf(run, RESULT)).toEqual({ files: 2, size: { additions: 4, deletions: 0 } });
    run = hunks(run, ['second'], false);
    expect(chosenOf(run, RESULT)).toEqual({ files: 1, size: { additions: 1, deletions: 0 } });
    run = hunks(run, ['second'], true);
    run = file(run, 'a', { additions: 4, deletions: 5 }, true);
    expect(chosenOf(run, RESULT)).toEqual({ files: 3, size: { additions: 8, deletions: 5 } });
    run = hunks(run, ['first'], true);
    expect([chosenOf(run, RESULT).size, isWhole(run), run.leftOut]).toEqual([{ additions: 10, deletions: 6 }, true, {}]);
  });

  it('counts a file that comes in again without the hunks that stay out of it', () => {
    let run = file(hunks(fresh(), ['first'], false), 'b', whole, false);
    expect(chosenOf(run, RESULT).size).toEqual({ additions: 5, deletions: 5 });
    run = file(run, 'b', whole, true);
    expect(chosenOf(run, RESULT)).toEqual({ files: 3, size: { additions: 8, deletions: 5 } });
  });

  it('is without what was found in a file that is left out, or in a line that is', () => {
    const found = (line?: number, alone?: 'base' | 'result') => ({ kind: 'weakenedTest' as const, path: 'b', message: '', ...(line && { line }), ...(alone && { alone }) });
    const all = [found(), found(11), found(11, 'result'), found(1, 'base'), found(11, 'base')];
    const isOut = (run: Run): boolean[] => all.map((each) => isFindingOut(each, run));
    expect(isOut(hunks(fresh(), ['second'], false))).toEqual([false, false, true, false, false]);
    expect(isOut(hunks(fresh(), ['first'], false))).toEqual([false, false, false, true, false]);
    expect(isOut(hunks(hunks(fresh(), ['first'], false), ['first'], true))).toEqual(all.map(() => false));
    expect(isOut(file(fresh(), 'b', whole, false))).toEqual(all.map(() => true));
    expect(isFindingOut({ kind: 'note', path: null, message: '' }, file(fresh(), 'b', whole, false))).toBe(false);
  });

  it('says no size where an older choice has none', () => {
    expect(chosenOf({ ...fresh(), excluded: ['a'] }, RESULT)).toEqual({ files: 2, size: null });
  });

  it('is another tree with every change, which nobody knows yet', () => {
    expect(hunks({ ...fresh(), selectedTree: '1'.repeat(40) as NonNullable<Run['selectedTree']> }, ['first'], false)).not.toHaveProperty('selectedTree');
  });
});
