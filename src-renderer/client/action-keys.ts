import { flushSync } from 'react-dom';
import { currentActions, type Action } from './actions.ts';
import { createHeldKeys } from './held-keys.ts';

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.platform);
/** How long the first key of two waits for the second, in milliseconds. */
const SEQUENCE_MS = 1_200;

/** Whether a plain key belongs to what has the focus: a field that is typed in, an open dialog or menu, a lifted card, a terminal. */
const isTaken = (target: EventTarget | null): boolean => {
  if (!(target instanceof Element)) return false;
  if (document.querySelector('[data-lifted]')) return true;
  if (target.closest('dialog, [role=dialog], [role=menu], [role=listbox], .find-widget, .xterm')) return true;
  // A field in a widget of the read-only editor is typed in like any other; the editor's own is not.
  if (target.matches('textarea:not(.inputarea), input:not([type=checkbox]):not([type=radio])')) return true;
  const editor = target.closest('.monaco-editor');
  if (editor) return target.closest('.inputarea:not([readonly]), [contenteditable=true]') !== null && editor.closest('[data-editable]') !== null;
  return target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable=true]') !== null;
};

/** With Ctrl, and yet a field's own: it takes back what was typed. */
const OF_FIELDS: ReadonlySet<string> = new Set(['mod+z']);

const chordOf = (event: KeyboardEvent): string => {
  const mod = IS_MAC ? event.metaKey : event.ctrlKey;
  // Shift is told by the key itself (`?`, `X`), except where it changes nothing that is printed.
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : '';
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shift}${mod && event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
};

const find = (keys: string): Action | undefined => currentActions().find((action) => action.keys === keys && !action.told);

let pressed = 0;

/** When the key was pressed that is carried out now, on the page's clock: it may have waited. */
export const pressedAt = (): number => pressed;

/** Hands key presses of the window to the actions that are offered, until it is stopped. */
export const listenForKeys = (): (() => void) => {
  let first: { readonly keys: string; readonly at: number } | null = null;
  const meant = (chord: string, at: number): Action | undefined => (first !== null && at - first.at < SEQUENCE_MS ? find(`${first.keys} ${chord}`) : undefined) ?? find(chord);
  const begins = (chord: string): boolean => currentActions().some((each) => each.keys?.startsWith(`${chord} `));
  /** Does what a key means now; false: nothing. */
  const perform = (chord: string, at: number, run: (action: Action) => void): boolean => {
    const action = meant(chord, at);
    first = !action && begins(chord) ? { keys: chord, at } : null;
    pressed = at;
    if (action) run(action);
    return action !== undefined;
  };
  const held = createHeldKeys({
    perform: (chord, at) => perform(chord, at, (action) => flushSync(action.run)),
    isTaken: () => isTaken(document.activeElement),
  });
  const isEarly = (chord: string, at: number): boolean => !held.isBusy() && (meant(chord, at)?.early ?? begins(chord));
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.repeat && event.key === 'Enter') return;
    const chord = chordOf(event);
    // In a dialog it is its main button's.
    if (chord === 'mod+Enter' && event.target instanceof Element && event.target.closest('dialog')) return;
    const { key, timeStamp } = event;
    if ((!chord.startsWith('mod+') || OF_FIELDS.has(chord)) && isTaken(event.target)) return;
    // Only what is printed: with the others one moves about, and they belong to what has the focus.
    const waits = key.length === 1 && key !== ' ' && !chord.startsWith('mod+') && !isEarly(chord, timeStamp) && held.hold(chord, event.repeat, timeStamp);
    if (!waits && !perform(chord, timeStamp, (action) => action.run())) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('keydown', press, { capture: true });
  window.addEventListener('pointerdown', held.drop, { capture: true });
  return () => {
    window.removeEventListener('keydown', press, { capture: true });
    window.removeEventListener('pointerdown', held.drop, { capture: true });
  };
};

const NAME: Readonly<Record<string, string>> = {
  mod: IS_MAC ? '⌘' : 'Ctrl',
  alt: IS_MAC ? '⌥' : 'Alt',
  shift: '⇧',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Enter: '↵',
  ' ': 'Space',
};

/** Keys as they are printed: one list for each press. */
export const keysInWords = (keys: string): string[][] =>
  keys.split(/(?<!^) (?!$)/).map((chord) => chord.split(/(?<=.)\+/).map((part) => NAME[part] ?? (part.length === 1 ? part.toUpperCase() === part && /[A-Z]/.test(part) ? `⇧${part}` : part.toUpperCase() : part)));
