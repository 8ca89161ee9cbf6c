import { expect, it } from 'vitest';
import { bestPlace } from '../../src-main/domain/best-place.ts';

const placesOf = (text: string, words: readonly string[]): number[] => [...text.matchAll(new RegExp(`\\b(?:${words.join('|')})`, 'giu'))].map(({ index }) => index);
const best = (text: string, ...words: string[]) => {
  const { at, score } = bestPlace(text, placesOf(text, words), words);
  return [text.slice(at, at + 20), score];
};

it('is where most of the words stand close together, and before all where they stand as they were typed', () => {
  const far = '-'.repeat(300);
  expect(best(`wait here ${far} the wait and the minute`, 'wait', 'minute')).toEqual(['wait and the minute', 2]);
  expect(best(`minute by minute we wait ${far} Wait a\nminute. ${far}`, 'wait', 'a', 'minute')).toEqual([`Wait a\nminute. ${'-'.repeat(5)}`.slice(0, 20), 6]);
  expect(best('waits, then wait', 'wait')).toEqual(['waits, then wait', 1]);
  expect(bestPlace('Café au lait, cafe', [0], ['cafe'])).toEqual({ at: 0, score: 1 });
  expect(bestPlace('nothing', [], ['x'])).toEqual({ at: 0, score: 0 });
});
