import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Overlap } from '../../src-main/contract/fleet.ts';
import { fileSetOf, fileSetOfPaths, firstShared, type FileSet } from '../../src-main/domain/file-set.ts';
import { findOverlaps, type BriefInPlace } from '../../src-main/domain/overlap.ts';
import { globMatcher } from '../../src-main/domain/scope-globs.ts';
import { sampleBriefId } from '../support/sample-documents.ts';

const finish = <T>(steps: Generator<void, T>): T => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};
const files = Array.from({ length: 100 }, (_, at) => `${['api', 'web', 'docs', 'lib'][at % 4]}/f${String(at).padStart(2, '0')}.ts`).toSorted();
const scope = (...globs: string[]): FileSet => finish(fileSetOf(files, globMatcher(globs, '')));
const brief = (number: number, facts: Partial<BriefInPlace>): BriefInPlace => ({ id: sampleBriefId(number), number, scope: null, changed: [], ...facts });
const found = (briefs: BriefInPlace[]): Record<number, Overlap[]> => {
  const overlaps = finish(findOverlaps(briefs, files));
  return Object.fromEntries(briefs.flatMap(({ id, number }) => (overlaps.has(id) ? [[number, overlaps.get(id)!]] : [])));
};

test('briefs whose globs match the same file meet, by those files', () => {
  const overlaps = found([brief(1, { scope: scope('api/**') }), brief(2, { scope: scope('**/*00.ts', 'web') }), brief(3, { scope: scope('docs') }), brief(4, {})]);
  expect(overlaps).toEqual({
    1: [{ briefId: sampleBriefId(2), number: 2, kind: 'scope', count: 1, paths: ['api/f00.ts'] }],
    2: [{ briefId: sampleBriefId(1), number: 1, kind: 'scope', count: 1, paths: ['api/f00.ts'] }],
  });
});

test('what both have changed says more than what both may change', () => {
  const overlaps = found([brief(1, { scope: scope('**'), changed: ['new.ts', 'a.ts'] }), brief(2, { scope: scope('**'), changed: ['b.ts', 'a.ts', 'new.ts'] }), brief(3, { scope: scope('web') })]);
  expect(overlaps[1]).toEqual([
    { briefId: sampleBriefId(2), number: 2, kind: 'files', count: 2, paths: ['a.ts', 'new.ts'] },
    { briefId: sampleBriefId(3), number: 3, kind: 'scope', count: 25, paths: files.filter((path) => path.startsWith('web')).slice(0, 20) },
  ]);
});

test('of a crowd a brief names those it shares the most with', () => {
  const crowd = Array.from({ length: 60 }, (_, at) => brief(at + 2, { changed: ['one', ...(at === 50 ? ['two'] : [])] }));
  const overlaps = found([brief(1, { changed: ['one', 'two'] }), ...crowd]);
  expect(overlaps[1]).toHaveLength(20);
  expect(overlaps[1]?.at(-1)).toMatchObject({ number: 52, count: 2 });
});

test('what was landed elsewhere is met by whose base lacks it, and meets nobody itself', () => {
  const landed = { branch: 'drydock/1-labels', isMissingFrom: (id: string) => id === sampleBriefId(2) };
  const overlaps = found([brief(1, { changed: ['a.ts', 'b.ts'], landed }), brief(2, { changed: ['a.ts'], scope: scope('api') }), brief(3, { changed: ['a.ts'] }), brief(4, { scope: scope('api') })]);
  expect(overlaps[1]).toBeUndefined();
  expect(overlaps[2]).toEqual([
    { briefId: sampleBriefId(1), number: 1, kind: 'files', count: 1, paths: ['a.ts'], landedOn: 'drydock/1-labels' },
    { briefId: sampleBriefId(3), number: 3, kind: 'files', count: 1, paths: ['a.ts'] },
    { briefId: sampleBriefId(4), number: 4, kind: 'scope', count: 25, paths: files.filter((path) => path.startsWith('api')).slice(0, 20) },
  ]);
  expect(overlaps[3]?.map(({ number }) => number)).toEqual([2]);
});

test('paths of a sorted list are found one by one', () => {
  fc.assert(fc.property(fc.subarray(files), fc.array(fc.string()), (some, strangers) => {
    expect(firstShared(files, fileSetOfPaths(files, [...strangers, ...some]), scope('**'), 100)).toEqual(some);
  }));
});

const folders = fc.subarray(['api/**', 'web/**', 'docs', '**/*1.ts', 'lib/f*3.ts', 'none/**']);
const paths = fc.subarray(['a', 'b', 'c', 'd']);
const place = fc.record({ globs: folders, changed: paths });

test('two briefs meet both ways, in the same way, or not at all', () => {
  fc.assert(
    fc.property(fc.array(place, { maxLength: 12 }), (places) => {
      const overlaps = found(places.map(({ globs, changed }, at) => brief(at + 1, { changed, scope: globs.length === 0 ? null : scope(...globs) })));
      for (const [number, met] of Object.entries(overlaps)) {
        for (const one of met) {
          const back = overlaps[one.number]?.filter((other) => other.number === Number(number));
          expect(back).toEqual([{ ...one, briefId: sampleBriefId(Number(number)), number: Number(number) }]);
        }
      }
    }),
  );
});

test('briefs with the same globs meet when these match anything', () => {
  fc.assert(
    fc.property(folders.filter((globs) => globs.some((glob) => glob !== 'none/**')), (globs) => {
      const [one] = found([brief(1, { scope: scope(...globs) }), brief(2, { scope: scope(...globs.toReversed()) })])[1] ?? [];
      const matches = globMatcher(globs, '');
      return one?.count === files.filter(matches).length && one.paths.every(matches);
    }),
  );
});
