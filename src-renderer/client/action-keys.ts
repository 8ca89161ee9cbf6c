import { currentActions, type Action } from './actions.ts';

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

const chordOf = (event: KeyboardEvent): string => {
  const mod = IS_MAC ? event.metaKey : event.ctrlKey;
  // Shift is told by the key itself (`?`, `X`), except where it changes nothing that is printed.
  const shift = event.shiftKey && event.key.length > 1 ? 'shift+' : '';
  return `${mod ? 'mod+' : ''}${event.altKey ? 'alt+' : ''}${shift}${mod && event.key.length === 1 ? event.key.toLowerCase() : event.key}`;
};

const find = (keys: string): Action | undefined => currentActions().find((action) => action.keys === keys && !action.told);

/** Hands key presses of the window to the actions that are offered, until it is stopped. */
export const listenForKeys = (): (() => void) => {
  let first: { readonly keys: string; readonly at: number } | null = null;
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.repeat && event.key === 'Enter') return;
    const chord = chordOf(event);
    if (!chord.startsWith('mod+') && isTaken(event.target)) return;
    const sequence = first !== null && event.timeStamp - first.at < SEQUENCE_MS ? `${first.keys} ${chord}` : null;
    const action = (sequence === null ? undefined : find(sequence)) ?? find(chord);
    first = currentActions().some((each) => each.keys?.startsWith(`${chord} `)) ? { keys: chord, at: event.timeStamp } : null;
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    first = null;
    action.run();
  };
  window.addEventListener('keydown', press, { capture: true });
  return () => window.removeEventListener('keydown', press, { capture: true });
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
