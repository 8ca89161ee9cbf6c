/** Direction controls of Unicode: they can make a line or a path read as something else than it is. */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
// eslint-disable-next-line no-control-regex
const CONTROL = /[\0-\x08\x0a-\x1f\x7f]/g;
// Escape sequences of terminals: CSI (colours, cursor), OSC (titles, links) and the two-byte ones; ECMA-48.
// eslint-disable-next-line no-control-regex
const SEQUENCE = /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\|$)|[PX^_][^\x1b]*(?:\x1b\\|$)|[ -/]*[0-~])/g;

/** Control characters as their printed names (␀ … ␡), direction controls as their code. */
export const visibleText = (text: string): string =>
  text
    .replace(CONTROL, (character) => (character === '\x7f' ? '␡' : String.fromCodePoint(0x2400 + character.charCodeAt(0))))
    .replace(DIRECTION, (character) => `‹U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}›`);

/** A line of a log as it is shown: what a carriage return has overwritten and terminal sequences are gone. */
export const visibleLine = (line: string): string => {
  const kept = line.replace(/\r+$/, '');
  const overwritten = kept.lastIndexOf('\r');
  return visibleText((overwritten < 0 ? kept : kept.slice(overwritten + 1)).replace(SEQUENCE, ''));
};
