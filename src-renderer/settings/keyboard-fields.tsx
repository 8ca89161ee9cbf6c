import type { ReactElement } from 'react';
import { keysInWords } from '../client/action-keys.ts';
import { Keys } from '../ui/keys.tsx';
import { MarkedText } from '../ui/marked-text.tsx';
import type { SettingsField } from './field.ts';
import { KEY_LIST } from './key-list.ts';

const AllKeys = ({ words }: { readonly words: readonly string[] }): ReactElement => (
  <div className="key-sections">
    {KEY_LIST.map(({ place, keys }) => (
      <section key={place} aria-label={place}>
        <h4 className="muted">{place}</h4>
        <dl>
          {keys.map(([key, title]) => (
            <div key={`${key} ${title}`} className="key-line">
              <dt>
                <MarkedText text={title} words={words} />
              </dt>
              <dd>
                <Keys presses={keysInWords(key)} />
              </dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </div>
);

export const KEYBOARD_FIELDS: readonly SettingsField[] = [
  {
    section: 'keyboard',
    title: 'Keys',
    hint: 'The command palette finds every action by its name and shows its key; ? shows the keys of the place one is at.',
    also: 'shortcuts hotkeys bindings',
    inside: KEY_LIST.flatMap(({ place, keys }) => [place, ...keys.map(([, title]) => title)]).join(' '),
    Control: AllKeys,
    wide: true,
  },
];
