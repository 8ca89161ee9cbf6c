import Anser from 'anser';
import { TERMINAL_ESCAPES } from '../../src-main/domain/terminal-escapes.ts';
import { visibleOutput } from '../../src-main/domain/visible-text.ts';

/** A part of a line in one look. `fg` and `bg` are CSS colours as the program wanted them; the style sheet makes them readable. */
export interface Painted {
  readonly text: string;
  readonly look: string;
  readonly fg?: string;
  readonly bg?: string;
}

const ESC = '\u001b';
const SGR = new RegExp(`^${ESC}\\[[\\d;:]*m$`);
const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
/** The sixteen colours as anser says them; they are the theme's to choose. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ...['0,0,0', '187,0,0', '0,187,0', '187,187,0', '0,0,187', '187,0,187', '0,187,187', '255,255,255'].map((rgb, at) => [rgb, `var(--ansi-${COLOURS[at]})`] as const),
  ...['85,85,85', '255,85,85', '0,255,0', '255,255,85', '85,85,255', '255,85,255', '85,255,255'].map((rgb, at) => [rgb, `var(--ansi-${COLOURS[at]})`] as const),
]);

const colourOf = (rgb: string | null): string | undefined => {
  if (!rgb) return undefined;
  const plain = rgb.replaceAll(' ', '');
  return NAMED.get(plain) ?? `rgb(${plain})`;
};

/** Colours may be written with colons (ITU T.416); anser knows the form with semicolons. */
const withSemicolons = (sequence: string): string =>
  sequence
    .replace(/([34]8):2:\d*:(\d+):(\d+):(\d+)/g, '$1;2;$2;$3;$4')
    .replace(/([34]8):([25]):/g, '$1;$2;')
    .replace(/\b4:\d+/g, '4')
    .replaceAll(':', ';');

/** A line's text without any terminal escape, its control characters as signs. */
export const plainText = (raw: string): string => visibleOutput(raw.includes(ESC) ? raw.replace(TERMINAL_ESCAPES, '') : raw);

const LOOKS: Readonly<Record<string, string>> = { bold: 'ansi-bold', dim: 'ansi-dim', italic: 'ansi-italic', underline: 'ansi-underline', strikethrough: 'ansi-struck' };

/**
 * A line in its colours. Only colours and emphasis of the text are taken from the escapes, every other one is dropped; hidden
 * text is shown. The parts' texts joined are `plainText` of the line.
 */
export const paintedLine = (raw: string): readonly Painted[] => {
  if (!raw.includes(ESC)) return [{ text: visibleOutput(raw), look: '' }];
  const [plain = '', ...chunks] = raw.replace(TERMINAL_ESCAPES, (sequence) => (SGR.test(sequence) ? withSemicolons(sequence) : '')).split(`${ESC}[`);
  const parts: Painted[] = plain === '' ? [] : [{ text: visibleOutput(plain), look: '' }];
  const painter = new Anser();
  for (const chunk of chunks) {
    const { content, fg, bg, decorations } = painter.processChunkJson(chunk, { json: true }, true);
    if (content === '') continue;
    const isInverse = decorations.includes('reverse');
    const [front, back] = isInverse ? [colourOf(bg), colourOf(fg)] : [colourOf(fg), colourOf(bg)];
    const looks = new Set(decorations.flatMap((decoration) => LOOKS[decoration] ?? []));
    if (front !== undefined) looks.add('ansi-fg');
    if (back !== undefined) looks.add('ansi-bg');
    else if (isInverse) looks.add('ansi-inverse');
    parts.push({ text: visibleOutput(content), look: [...looks].join(' '), ...(front !== undefined && { fg: front }), ...(back !== undefined && { bg: back }) });
  }
  return parts;
};
