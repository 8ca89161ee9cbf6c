import { TERMINAL_ESCAPES } from './terminal-escapes.ts';
import { DIRECTION_CONTROLS } from './visible-text.ts';

/** Text without terminal escapes, control and direction characters; tabs and line breaks stay. */
export const plainText = (text: string): string =>
  text.replace(TERMINAL_ESCAPES, '').replace(DIRECTION_CONTROLS, '').replace(/(?![\t\n])\p{Cc}/gu, ' ');
