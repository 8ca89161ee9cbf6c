import type { Readable, Writable } from 'node:stream';

/** A terminal's input, as far as it is needed to read from it without its being shown. */
export type HiddenInput = Readable & { setRawMode(raw: boolean): unknown };

const [CTRL_C, CTRL_D, BACKSPACE, DELETE, CTRL_U] = ['\u0003', '\u0004', '\b', '\u007f', '\u0015'];

/**
 * One line of a terminal, which shows nothing of it: ended by Enter or Ctrl-D, called off by Ctrl-C (null). Several lines that are pasted at
 * once come with their line breaks, so that whoever asks can refuse them instead of taking half a value.
 */
export const readHiddenLine = (input: HiddenInput, echo: Writable, prompt: string): Promise<string | null> =>
  new Promise((resolve) => {
    let line = '';
    echo.write(prompt);
    input.setRawMode(true);
    input.setEncoding('utf8');
    const end = (answer: string | null): void => {
      input.off('data', take);
      input.setRawMode(false);
      input.pause();
      echo.write('\n');
      resolve(answer);
    };
    const take = (typed: string): void => {
      for (const [at, sign] of Array.from(typed).entries()) {
        if (sign === CTRL_C) return end(null);
        if (sign === CTRL_D) return end(line);
        if (sign === '\r' || sign === '\n') {
          const rest = Array.from(typed).slice(at + 1).join('').replaceAll('\r', '\n');
          return end(rest.trim() === '' ? line : `${line}\n${rest}`);
        }
        if (sign === BACKSPACE || sign === DELETE) line = Array.from(line).slice(0, -1).join('');
        else if (sign === CTRL_U) line = '';
        else line += sign;
      }
    };
    input.on('data', take);
    input.resume();
  });
