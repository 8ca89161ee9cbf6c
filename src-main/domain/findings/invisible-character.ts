import type { Finding } from '../../contract/result.ts';
import { wholeAddedLines, type ChangedFile } from './changed-file.ts';
import { isCode } from './test-files.ts';

/** Overrides, embeddings and isolates of direction: they show a line in another order than it is run in (CVE-2021-42574). */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/u;
/** Marks of direction: ordinary in texts of languages from right to left, out of place in code. */
const DIRECTION_MARK = /[\u061c\u200e\u200f]/u;
/** Takes no room: zero-width spaces and joiners of words, soft hyphens, fillers, tags and selectors that can carry hidden text. */
const NO_WIDTH = /[\u00ad\u115f\u1160\u180e\u200b\u2028\u2029\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0001}]|(?=\p{Variation_Selector})[^\ufe00-\ufe0f\u180b-\u180f]|(?<!\u{1f3f4}[\u{e0020}-\u{e007e}]{0,8})[\u{e0020}-\u{e007f}]/u;
/** Joiners shape letters of many scripts and emoji; between ASCII they shape nothing. */
const IDLE_JOINER = /(?<=^|[\x20-\x7e])[\u200c\u200d]|[\u200c\u200d](?=$|[\x20-\x7e])/u;
const CONTROL = /(?![\t\f\r\u0080-\u009f])\p{Cc}/u;
/** Letters of other scripts that look like Latin ones, in a word with Latin ones (Unicode Technical Standard 39). */
const CYRILLIC = 'асеорхуіјѕԁһԛԝАВЕКМНОРСТХІЈЅ';
const GREEK = 'οΟΑΒΕΖΗΙΚΜΝΡΤΥΧ';
const LOOKALIKE = new RegExp(`[a-zA-Z0-9_][${CYRILLIC}${GREEK}]|[${CYRILLIC}${GREEK}][a-zA-Z_]`, 'u');

const codeOf = (character: string): string => `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

const whatIn = (text: string, code: boolean): string | null => {
  const says = (pattern: RegExp, what: string): string | null => {
    const [found] = pattern.exec(text) ?? [];
    return found === undefined ? null : `${what} (${codeOf(found)})`;
  };
  const hidden =
    says(REORDERING, 'a character that changes the order in which the line is shown') ??
    says(NO_WIDTH, 'an invisible character') ??
    says(IDLE_JOINER, 'an invisible character');
  if (hidden !== null || !code) return hidden;
  return says(DIRECTION_MARK, 'an invisible character') ?? says(CONTROL, 'a control character') ?? (LOOKALIKE.test(text) ? 'a letter of another script that looks like a Latin one' : null);
};

/** Characters in added lines that make them read as something else than they are. */
export const invisibleCharacterFindings = (files: readonly ChangedFile[]): Finding[] =>
  files.flatMap((file): Finding[] => {
    const { path } = file.change;
    return wholeAddedLines(file).flatMap(({ line, text }): Finding[] => {
      // A byte order mark begins a file; elsewhere it hides. White space around a line was cut, and with it a mark there.
      const what = whatIn(line === 1 ? text.replace(/^\ufeff/, '') : text, isCode(path));
      return what === null ? [] : [{ kind: 'invisibleCharacter', path, line, alone: 'result', message: `Line ${line} of ${path} holds ${what}.` }];
    });
  });
