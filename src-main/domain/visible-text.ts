import { TERMINAL_ESCAPES } from './terminal-escapes.ts';

/** Direction controls of Unicode: they can make a line or a path read as something else than it is. */
export const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** C0 except the tab, and DEL. */
const CONTROL = /(?!\t)[^\P{Cc}\u0080-\u009f]/gu;

/** Control characters as their printed names (␀ … ␡), direction controls as their code. */
export const visibleText = (text: string): string =>
  text
    .replace(CONTROL, (character) => (character === '\x7f' ? '␡' : String.fromCodePoint(0x2400 + character.charCodeAt(0))))
    .replace(DIRECTION_CONTROLS, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);

/** A line of a log as it is shown: what a carriage return has overwritten and terminal sequences are gone. */
export const visibleLine = (line: string): string => {
  const kept = line.replace(/\r+$/, '');
  const overwritten = kept.lastIndexOf('\r');
  return visibleText((overwritten < 0 ? kept : kept.slice(overwritten + 1)).replace(TERMINAL_ESCAPES, ''));
};

/** A text of several lines made visible; its line breaks stay. */
export const visibleLines = (text: string): string => text.split('\n').map(visibleText).join('\n');
