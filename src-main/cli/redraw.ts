import type { Sink } from './surroundings.ts';


/**
 * Prints a picture of several lines. On a terminal each replaces the one before; anywhere else it is printed only
 * when it differs, one below the other.
 */
export function createRedraw(out: Sink): (lines: readonly string[]) => Promise<void> {
  let shown: readonly string[] | null = null;
  return async (lines) => {
    if (shown !== null && lines.join('\n') === shown.join('\n')) return;
    // Up to the first line of the last picture, then clear to the end of the screen.
    const home = out.isTTY && shown !== null ? `\x1b[${shown.length}A\r\x1b[J` : '';
    shown = lines;
    await out.write(`${home}${lines.join('\n')}\n`);
  };
}
