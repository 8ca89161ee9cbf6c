import { DIRECTION_CONTROLS } from '../domain/visible-text.ts';

const ESC = '\u001b';
/** Colours and weights: the one kind of escape that cannot move the cursor, set a title or answer a question. */
const SGR = new RegExp(`${ESC}\\[[0-9;:]{0,64}m`, 'y');
/** What may still become such an escape when more bytes come. */
const UNFINISHED = new RegExp(`${ESC}(?:\\[[0-9;:]{0,64})?$`);
/** C0 except tab, line feed and carriage return; DEL; C1. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;

/** A control character as a visible sign: ESC becomes ␛. */
const sign = (character: string): string => {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '\ufffd';
};

/** One line of text from a run (a goal, a path, a last line), safe to print anywhere. */
export function oneLine(text: string): string {
  return text.replace(/[\r\n\t]+/g, ' ').replace(CONTROL, '').replace(DIRECTION_CONTROLS, '');
}

/** Text of several lines for a terminal: controls become signs, colours stay. */
export function forTerminal(text: string): string {
  let safe = '';
  let at = 0;
  while (at < text.length) {
    SGR.lastIndex = at;
    const colour = SGR.exec(text)?.[0];
    const end = colour === undefined ? nextEscape(text, at) : at + colour.length;
    safe += colour ?? text.slice(at, end).replace(CONTROL, sign).replace(DIRECTION_CONTROLS, '\ufffd');
    at = end;
  }
  return safe;
}

function nextEscape(text: string, at: number): number {
  const next = text.indexOf('\x1b', at + 1);
  return next < 0 ? text.length : next;
}

/** The same for bytes that come in pieces: characters and escapes may be split between them. */
export function createTerminalFilter(): { push(bytes: Uint8Array): string; end(): string } {
  const decoder = new TextDecoder();
  let held = '';
  return {
    push(bytes) {
      const text = held + decoder.decode(bytes, { stream: true });
      held = UNFINISHED.exec(text)?.[0] ?? '';
      return forTerminal(text.slice(0, text.length - held.length));
    },
    end() {
      // What the run left switched on does not stay on in the user's terminal.
      return `${forTerminal(held + decoder.decode())}\x1b[0m`;
    },
  };
}
