import type { ReactElement } from 'react';
import type { Settings } from '../../src-main/contract/settings.ts';
import { changeSettings } from '../client/change-settings.ts';
import { useFleet } from '../client/fleet-store.ts';
import { Checkbox } from '../ui/checkbox.tsx';
import { Radios } from '../ui/radios.tsx';
import type { SettingsField } from './field.ts';
import { ThemeChoice } from './theme-choice.tsx';

const OCCASIONS: readonly { readonly name: keyof Settings['notify']; readonly title: string; readonly hint: string }[] = [
  { name: 'ready', title: 'A result is ready', hint: 'It waits in Review.' },
  { name: 'failed', title: 'A run failed', hint: 'Or ran out of time, or lost its container.' },
  { name: 'attention', title: 'Something needs attention', hint: 'A queue is paused, the engine is gone, the disk is full.' },
];

const Notify = (): ReactElement => {
  const notify = useFleet((fleet) => fleet.settings.notify);
  return (
    <div className="stack" role="group" aria-label="Tell me when">
      {OCCASIONS.map(({ name, title, hint }) => (
        <Checkbox key={name} hint={hint} checked={notify[name]} onChange={(on) => changeSettings({ notify: { ...notify, [name]: on } })}>
          {title}
        </Checkbox>
      ))}
    </div>
  );
};

const ON_QUIT = [
  { value: 'ask', title: 'Ask', hint: 'Once, and only when something runs.' },
  { value: 'leave', title: 'Leave them running', hint: 'Drydock picks them up when it is opened again.' },
  { value: 'stop', title: 'Stop them', hint: 'What they have changed so far is lost.' },
] as const satisfies readonly { readonly value: Settings['onQuit']; readonly title: string; readonly hint: string }[];

const OnQuit = (): ReactElement => {
  const chosen = useFleet((fleet) => fleet.settings.onQuit);
  return <Radios label="Runs under way when quitting" value={chosen} options={ON_QUIT} onChange={(onQuit) => changeSettings({ onQuit })} />;
};

export const BEHAVIOUR_FIELDS: readonly SettingsField[] = [
  { section: 'appearance', title: 'Theme', hint: 'For every window on this data directory.', also: 'colour color dark light contrast mode appearance night accessibility', Control: ThemeChoice, wide: true },
  { section: 'notifications', title: 'Tell me when', hint: 'By the desktop, grouped; a click goes to the place.', also: 'notification alert message sound ready failed attention', Control: Notify },
  { section: 'quitting', title: 'Runs under way', hint: 'What quitting Drydock does with them. Closing the window alone always leaves them running.', also: 'quit exit close stop leave ask tray background', Control: OnQuit },
];
