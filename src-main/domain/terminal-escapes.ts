const ESC = '\u001b';
const BELL = '\u0007';

/**
 * Terminal escapes as ECMA-48 has them: control sequences (colours, cursor), strings (titles, links) up to their end or the
 * text's, two-byte escapes, and a sequence that the end of the text cuts off.
 */
export const TERMINAL_ESCAPES = new RegExp(
  [
    `${ESC}\\[[0-?]*[ -/]*[@-~]`,
    `${ESC}[PX^_\\]][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\|$)`,
    `${ESC}\\[[0-?]*[ -/]*$`,
    `${ESC}[ -/]*[0-~]?`,
  ].join('|'),
  'g',
);
