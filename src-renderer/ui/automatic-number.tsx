import type { ReactElement } from 'react';
import { Segments } from './segments.tsx';
import { Stepper } from './stepper.tsx';

interface AutomaticNumberProps {
  readonly label: string;
  /** null: automatic. */
  readonly value: number | null;
  /** What automatic comes to right now. */
  readonly automatic: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number | null) => void;
}

/** A number that is found by itself, or is one's own. Going to an own one begins at what was found. */
export const AutomaticNumber = ({ label, value, automatic, min, max, onChange }: AutomaticNumberProps): ReactElement => (
  <span className="row wrap">
    <Segments
      label={label}
      value={value === null ? 'automatic' : 'own'}
      options={[
        { value: 'automatic', title: 'Automatic' },
        { value: 'own', title: 'Fixed' },
      ]}
      onChange={(next) => onChange(next === 'automatic' ? null : Math.min(max, Math.max(min, automatic)))}
    />
    {value !== null && <Stepper quiet label={label} value={value} min={min} max={max} onChange={onChange} />}
  </span>
);
