import { SNIPPET_LENGTH } from './snippet.ts';

/** A place in a text where something was found, and how much of what is looked for stands from there on. */
export interface FoundPlace {
  readonly at: number;
  /** 0: nothing. */
  readonly score: number;
}

/** Characters after a place that belong to it: about what a snippet shows. */
const NEAR = SNIPPET_LENGTH - 60;

/** As the index compares words: without case and accents. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

export const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

/**
 * Of the places where any of the words begin, in their order, the one from which most of them stand close together; before
 * all others the one where they stand as they were typed. The first of equals.
 */
export const bestPlace = (text: string, places: readonly number[], typed: readonly string[]): FoundPlace => {
  const words = typed.map(folded);
  const longest = Math.max(0, ...words.map((word) => word.length));
  const found = places.map((at) => {
    const here = folded(text.slice(at, at + 2 * longest));
    return { at, word: words.findIndex((word) => here.startsWith(word)) };
  });
  const phrase = words.join(' ');
  const isPhrase = (at: number): boolean => wordsOf(folded(text.slice(at, at + 2 * phrase.length + 20))).join(' ').startsWith(phrase);
  let best: FoundPlace = { at: places[0] ?? 0, score: places.length === 0 ? 0 : 1 };
  const counts = new Map<number, number>();
  let end = 0;
  for (const { at, word } of found) {
    for (let next = found[end]; next !== undefined && next.at <= at + NEAR; next = found[(end += 1)]) counts.set(next.word, (counts.get(next.word) ?? 0) + 1);
    const score = counts.size + (words.length > 1 && word === 0 && isPhrase(at) ? words.length : 0);
    if (score > best.score) best = { at, score };
    const left = (counts.get(word) ?? 0) - 1;
    if (left > 0) counts.set(word, left);
    else counts.delete(word);
  }
  return best;
};
