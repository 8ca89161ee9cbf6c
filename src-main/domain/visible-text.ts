import { TERMINAL_ESCAPES } from './terminal-escapes.ts';

/** Direction controls of Unicode: they can make a line or a path read as something else than it is. */
export const DIRECTION_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** C0 except the tab, and DEL. */
const CONTROL = /(?!\t)[^\P{Cc}\u0080-\u009f]/gu;

/** The abbreviations of the control characters 0 to 31, in their order (ISO/IEC 6429). Unicode's signs for them are in few fonts. */
const C0 = 'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ');

const withDirections = (text: string): string =>
  text.replace(DIRECTION_CONTROLS, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);

/** Control characters by their names (‹ESC›), direction controls by their code. */
export const visibleText = (text: string): string => withDirections(text.replace(CONTROL, (character) => `‹${C0[character.charCodeAt(0)] ?? 'DEL'}›`));

/** What a program printed, made visible: of a binary each control character takes one place only. */
export const visibleOutput = (text: string): string => withDirections(text.replace(CONTROL, '\ufffd'));

/** A line of a log as it is shown: what a carriage return has overwritten and terminal sequences are gone. */
export const visibleLine = (line: string): string => {
  const kept = line.replace(/\r+$/, '');
  const overwritten = kept.lastIndexOf('\r');
  return visibleText((overwritten < 0 ? kept : kept.slice(overwritten + 1)).replace(TERMINAL_ESCAPES, ''));
};

/** A text of several lines made visible; its line breaks stay. */
export const visibleLines = (text: string): string => text.split('\n').map(visibleText).join('\n');
