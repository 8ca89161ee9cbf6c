import type { KeyboardEvent, ReactElement } from 'react';
import { goTo, hrefOf } from '../client/route.ts';
import { SECTIONS, type SectionId } from './sections.ts';

interface NavProps {
  readonly current: SectionId | null;
  /** How many fields were found in each; null: nothing is searched for. */
  readonly found: ReadonlyMap<SectionId, number> | null;
}

const STEP: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1 };

/** Arrows go from one section to the next, as the parts of a brief. */
const move = (event: KeyboardEvent<HTMLElement>): void => {
  const step = STEP[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll('a')];
  const at = links.findIndex((link) => link === document.activeElement);
  if (at < 0) return;
  event.preventDefault();
  const to = (at + step + SECTIONS.length) % SECTIONS.length;
  const next = SECTIONS[to];
  links[to]?.focus();
  if (next) goTo({ place: 'settings', section: next.id }, true);
};

/** The sections; while something is searched for, with what was found in each. */
export const SettingsNav = ({ current, found }: NavProps): ReactElement => (
  <nav className="settings-nav" aria-label="Sections of the settings" onKeyDown={move}>
    {SECTIONS.map(({ id, title }) => (
      <a key={id} href={hrefOf({ place: 'settings', section: id })} aria-current={id === current ? 'page' : undefined} className={found !== null && !found.has(id) ? 'without' : undefined}>
        <span className="grow">{title}</span>
        {found?.has(id) && <span className="muted">{found.get(id)}</span>}
      </a>
    ))}
  </nav>
);
