import type { ReactElement } from 'react';
import { keysInWords } from '../client/action-keys.ts';
import { Keys } from '../ui/keys.tsx';

const HINTS: readonly (readonly [title: string, ...keys: string[]])[] = [
  ['move', 'ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'],
  ['open', 'Enter'],
  ['lift', ' '],
  ['launch', 'q'],
  ['all keys', '?'],
];

/** That the board works by keys, said before any card has the focus. Readers of the screen hear it from the card that has the focus. */
export const KeyHint = (): ReactElement => (
  <p className="key-hint muted" aria-hidden="true">
    {HINTS.map(([title, ...keys]) => (
      <span key={title} className="row">
        <Keys presses={[keys.flatMap((key) => keysInWords(key).flat())]} /> {title}
      </span>
    ))}
  </p>
);
