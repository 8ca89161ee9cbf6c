import type { ReactElement } from 'react';
import type { SettingsField } from './field.ts';

const Leaves = (): ReactElement => (
  <div className="stack settings-prose">
    <p>
      <strong>Nothing.</strong> There is no account, no telemetry and no check for updates; fonts and everything else of this window come with it.
    </p>
    <p>
      Runs are another matter, and yours to decide: setting up an environment may use the internet, work has none unless its brief switches it on. Each card says which.
    </p>
  </div>
);

const Licence = (): ReactElement => (
  <div className="settings-prose">
    <p>Drydock is free software under the Apache License 2.0: use it, change it and pass it on. It comes without warranty.</p>
  </div>
);

export const ABOUT_FIELDS: readonly SettingsField[] = [
  { section: 'about', title: 'What leaves this machine', also: 'privacy telemetry network internet cloud account tracking offline', Control: Leaves, wide: true },
  { section: 'about', title: 'Licence', also: 'license apache open source free copyright', Control: Licence, wide: true },
];
