import { plainText } from './plain-text.ts';

/** Most characters of a snippet. */
export const SNIPPET_LENGTH = 160;
/** Characters before the match that give it its place. */
const LEAD = 48;

const oneLine = (text: string): string => plainText(text).replace(/\s+/g, ' ');

/** One plain line around the place `at` of a text, with `…` where it was cut. A negative place is the text's beginning. */
export const snippetAround = (text: string, at: number): string => {
  const from = Math.max(0, at);
  const isCut = from > LEAD;
  // Begins with a whole word where there is one.
  const lead = isCut ? text.slice(from - LEAD, from).replace(/^\S*\s+/, '') : text.slice(0, from);
  const line = Array.from(oneLine(`${isCut ? '…' : ''}${lead}${text.slice(from, from + 4 * SNIPPET_LENGTH)}`).trim().toWellFormed());
  return line.length <= SNIPPET_LENGTH ? line.join('') : `${line.slice(0, SNIPPET_LENGTH - 1).join('')}…`;
};
