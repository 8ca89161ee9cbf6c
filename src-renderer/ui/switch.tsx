import type { ReactElement, ReactNode } from 'react';
import { Switch as AriaSwitch } from 'react-aria-components';

interface SwitchProps {
  readonly label: ReactNode;
  readonly hint?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

/** On or off, at once. */
export const Switch = ({ label, hint, on, onChange }: SwitchProps): ReactElement => (
  <AriaSwitch className="switch" isSelected={on} onChange={onChange}>
    <span className="switch-track">
      <span className="switch-thumb" />
    </span>
    <span>
      {label}
      {hint !== undefined && <span className="hint block">{hint}</span>}
    </span>
  </AriaSwitch>
);
