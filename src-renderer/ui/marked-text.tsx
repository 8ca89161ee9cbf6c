import type { ReactElement } from 'react';

/** The words of a search, as they are found: letters, digits and underscores, in any case. */
export const wordsOf = (typed: string): string[] => typed.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];

interface MarkedTextProps {
  readonly text: string;
  readonly words: readonly string[];
  /** Inside of words too, not only where they begin. */
  readonly anywhere?: boolean;
}

/** A text with the words in it that were looked for marked. Text only: nothing in it is ever taken as markup. */
export const MarkedText = ({ text, words, anywhere = false }: MarkedTextProps): ReactElement => {
  if (words.length === 0) return <>{text}</>;
  // Of words that begin alike the longest is marked whole. They hold no character that means anything in a pattern.
  const any = words.toSorted((a, b) => b.length - a.length).join('|');
  const parts = text.split(new RegExp(`${anywhere ? '' : '(?<![\\p{L}\\p{N}_])'}(${any})`, 'giu'));
  return <>{parts.map((part, at) => (at % 2 === 1 ? <mark key={at}>{part}</mark> : part))}</>;
};
