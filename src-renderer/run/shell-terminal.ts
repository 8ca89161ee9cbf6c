import { FitAddon } from '@xterm/addon-fit';
import { Terminal, type ITheme } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';

/** Two Escapes within this many milliseconds give the keyboard back. */
const TWICE_MS = 500;
/**
 * Operating system commands that a program in the container must not reach the window with: titles (0 to 2), colours (4, 10 to 12 and
 * their resets), working directory (7), links (8), notifications (9, 777), the clipboard (52) and files (1337).
 */
const REFUSED = [0, 1, 2, 4, 7, 8, 9, 10, 11, 12, 52, 104, 110, 111, 112, 777, 1337];

const COLOURS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** The theme of the window as the terminal's. */
export const shellTheme = (): ITheme => {
  const style = getComputedStyle(document.documentElement);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  const named = COLOURS.flatMap((name) => {
    const bright = `bright${name[0]?.toUpperCase()}${name.slice(1)}`;
    return [[name, token(`--ansi-${name}`)], [bright, token(`--ansi-${name}`)]];
  });
  return {
    background: token('--panel'),
    foreground: token('--text'),
    cursor: token('--accent'),
    cursorAccent: token('--panel'),
    selectionBackground: token('--accent-fill'),
    selectionForeground: token('--on-accent'),
    ...(Object.fromEntries(named) as ITheme),
  };
};

export interface ShellTerminal {
  readonly terminal: Terminal;
  readonly fit: () => void;
  readonly dispose: () => void;
}

/** A terminal in an element. It knows nothing of where its bytes come from. */
export const createTerminal = (element: HTMLElement, onLeave: () => void): ShellTerminal => {
  const terminal = new Terminal({
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono').trim(),
    fontSize: 12,
    lineHeight: 1.3,
    theme: shellTheme(),
    minimumContrastRatio: 4.5,
    scrollback: 5_000,
    cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    linkHandler: { activate: () => undefined },
    screenReaderMode: false,
  });
  const fitting = new FitAddon();
  terminal.loadAddon(fitting);
  for (const code of REFUSED) terminal.parser.registerOscHandler(code, () => true);
  let escapedAt = 0;
  terminal.attachCustomKeyEventHandler((event) => {
    if (event.type !== 'keydown') return true;
    if (event.key !== 'Escape') {
      escapedAt = 0;
      return true;
    }
    if (event.timeStamp - escapedAt > TWICE_MS) {
      escapedAt = event.timeStamp;
      return true;
    }
    event.preventDefault();
    onLeave();
    return false;
  });
  terminal.open(element);
  fitting.fit();
  return { terminal, fit: () => fitting.fit(), dispose: () => terminal.dispose() };
};
