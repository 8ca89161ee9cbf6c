import type { ReactElement } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import type { Settings } from '../../src-main/contract/settings.ts';
import { changeSettings } from '../client/change-settings.ts';
import { useFleet } from '../client/fleet-store.ts';
import { CheckIcon } from '../ui/icons.tsx';

type Theme = Settings['theme'];

const THEMES: readonly { readonly value: Theme; readonly title: string; readonly shows: readonly Exclude<Theme, 'system'>[] }[] = [
  { value: 'system', title: 'As the system', shows: ['dark', 'light'] },
  { value: 'dark', title: 'Dark', shows: ['dark'] },
  { value: 'light', title: 'Light', shows: ['light'] },
  { value: 'contrast', title: 'High contrast', shows: ['contrast'] },
];

/** A board in small, in the colours of a theme. */
const Preview = ({ theme }: { readonly theme: Theme }): ReactElement => (
  <span className="theme-preview" data-theme={theme} aria-hidden="true">
    <span className="theme-rail" />
    {['amber', 'accent', 'green'].map((tone) => (
      <span key={tone} className="theme-column">
        <span className="theme-card">
          <span className={`theme-line tone-${tone}`} />
          <span className="theme-line" />
        </span>
        <span className="theme-card" />
      </span>
    ))}
  </span>
);

export const ThemeChoice = (): ReactElement => {
  const chosen = useFleet((fleet) => fleet.settings.theme);
  return (
    <RadioGroup className="themes" aria-label="Theme" value={chosen} onChange={(value) => changeSettings({ theme: value as Theme })}>
      {THEMES.map(({ value, title, shows }) => (
        <Radio key={value} value={value} className="theme">
          <span className="theme-previews">
            {shows.map((theme) => (
              <Preview key={theme} theme={theme} />
            ))}
          </span>
          <span className="row">
            {title}
            {value === chosen && (
              <span className="tone-accent">
                <CheckIcon />
              </span>
            )}
          </span>
        </Radio>
      ))}
    </RadioGroup>
  );
};
