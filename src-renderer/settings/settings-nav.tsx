import type { ReactElement } from 'react';
import { hrefOf } from '../client/route.ts';
import { SECTIONS, type SectionId } from './sections.ts';

interface NavProps {
  readonly current: SectionId | null;
  /** How many fields were found in each; null: nothing is searched for. */
  readonly found: ReadonlyMap<SectionId, number> | null;
}

/** The sections; while something is searched for, with what was found in each. */
export const SettingsNav = ({ current, found }: NavProps): ReactElement => (
  <nav className="settings-nav" aria-label="Sections of the settings">
    {SECTIONS.map(({ id, title }) => (
      <a key={id} href={hrefOf({ place: 'settings', section: id })} aria-current={id === current ? 'page' : undefined} className={found !== null && !found.has(id) ? 'without' : undefined}>
        <span className="grow">{title}</span>
        {found?.has(id) && <span className="muted">{found.get(id)}</span>}
      </a>
    ))}
  </nav>
);
