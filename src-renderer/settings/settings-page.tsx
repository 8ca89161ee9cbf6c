import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useActions } from '../client/actions.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Empty } from '../ui/empty.tsx';
import { SearchIcon } from '../ui/icons.tsx';
import { MarkedText, wordsOf } from '../ui/marked-text.tsx';
import { SearchField } from '../ui/search-field.tsx';
import { ABOUT_FIELDS } from './about-fields.tsx';
import { BEHAVIOUR_FIELDS } from './behaviour-fields.tsx';
import { DATA_FIELDS } from './data-fields.tsx';
import { isFound, meantBy, type SettingsField } from './field.ts';
import { KEYBOARD_FIELDS } from './keyboard-fields.tsx';
import { RUN_FIELDS } from './run-fields.tsx';
import { Saved } from './saved.tsx';
import { SECTIONS, sectionOf, type SectionId } from './sections.ts';
import { SettingsNav } from './settings-nav.tsx';
import './settings.css';

const FIELDS: readonly SettingsField[] = [...BEHAVIOUR_FIELDS, ...RUN_FIELDS, ...DATA_FIELDS, ...KEYBOARD_FIELDS, ...ABOUT_FIELDS];

const FieldRow = ({ field, words }: { readonly field: SettingsField; readonly words: readonly string[] }): ReactElement => {
  const meant = meantBy(field, words);
  return (
    <section className={`setting${field.wide ? ' wide' : ''}`} aria-label={field.title}>
      <div className="setting-words">
        <h3>
          <MarkedText anywhere text={field.title} words={words} />
        </h3>
        {field.hint !== undefined && (
          <p className="hint">
            <MarkedText anywhere text={field.hint} words={words} />
          </p>
        )}
        {meant.length > 0 && (
          <p className="hint">
            Also: <MarkedText anywhere text={meant.join(', ')} words={words} />
          </p>
        )}
      </div>
      <div className="setting-control">
        <field.Control words={words} />
      </div>
    </section>
  );
};

/** What can be set, section by section, or what a search finds in all of them. */
export const SettingsPage = ({ section }: { readonly section: string | null }): ReactElement => {
  const current = sectionOf(section);
  const [typed, setTyped] = useState('');
  const search = useRef<HTMLInputElement>(null);
  const words = wordsOf(typed);
  const found = words.length === 0 ? null : FIELDS.filter((field) => isFound(field, words));
  const counts = found && new Map<SectionId, number>(SECTIONS.map(({ id }) => [id, found.filter((field) => field.section === id).length] as const).filter(([, count]) => count > 0));
  const shown = SECTIONS.filter(({ id }) => (counts ? counts.has(id) : id === current));
  // Choosing a section is the end of the search for one.
  useEffect(() => setTyped(''), [section]);
  useActions([
    { title: 'Search the settings', section: 'Settings', keys: '/', also: 'find filter preferences', run: () => search.current?.focus() },
    ...SECTIONS.map(({ id, title }) => ({ title: `Settings: ${title}`, section: 'Settings', run: () => goTo({ place: 'settings', section: id }) })),
  ]);
  return (
    <div className="settings-page">
      <div className="settings-side">
        <SearchField label="Search the settings" placeholder="Search" value={typed} onChange={setTyped} inputRef={search} />
        <SettingsNav current={found ? null : current} found={counts} />
      </div>
      <div className="settings-body" role="region" aria-label="Settings" tabIndex={0}>
        {shown.map(({ id, title }, at) => (
          <section key={id} aria-label={title}>
            <div className="settings-head">
              <h2>{title}</h2>
              {at === 0 && <Saved />}
            </div>
            {(found ?? FIELDS).filter((field) => field.section === id).map((field) => (
              <FieldRow key={field.title} field={field} words={words} />
            ))}
          </section>
        ))}
        {shown.length === 0 && (
          <Empty title="No setting is called that" icon={<SearchIcon size={20} />} actions={<Button onClick={() => setTyped('')}>Show all settings</Button>}>
            What belongs to one project, as its image, limits and network, is in that project's environment.
          </Empty>
        )}
      </div>
    </div>
  );
};
