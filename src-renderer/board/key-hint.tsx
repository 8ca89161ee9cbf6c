import type { ReactElement } from 'react';
import { keysInWords } from '../client/action-keys.ts';
import { Keys } from '../ui/keys.tsx';

type Hint = readonly [title: string, ...keys: string[]];

const HINTS: readonly Hint[] = [
  ['move', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ['open', 'Enter'],
  ['lift', ' '],
  ['launch', 'q'],
  ['all keys', '?'],
];

const WHILE_LIFTED: readonly Hint[] = [
  ['carry', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ['drop', ' '],
  ['put back', 'Escape'],
];

/** That the board works by keys, said before any card has the focus, and what a card that is lifted waits for. Readers of the screen hear it from the card that has the focus. */
export const KeyHint = ({ lifted }: { readonly lifted: boolean }): ReactElement => (
  <p className="key-hint muted" aria-hidden="true">
    {(lifted ? WHILE_LIFTED : HINTS).map(([title, ...keys]) => (
      <span key={title} className="row">
        <Keys presses={[keys.flatMap((key) => keysInWords(key).flat())]} /> {title}
      </span>
    ))}
  </p>
);
