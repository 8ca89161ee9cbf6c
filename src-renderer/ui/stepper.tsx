import type { ReactElement } from 'react';
import { Button, Group, Input, Label, NumberField } from 'react-aria-components';
import { MinusIcon, PlusIcon } from './icons.tsx';

interface StepperProps {
  readonly label: string;
  /** The label is for readers only. */
  readonly quiet?: boolean;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
  readonly disabled?: boolean;
}

/** A small number that goes up and down by one: by the buttons, the arrow keys, or typed. What is out of range becomes the nearest that is in it. */
export const Stepper = ({ label, quiet = false, value, min, max, onChange, disabled = false }: StepperProps): ReactElement => (
  <NumberField
    className="field"
    value={value}
    minValue={min}
    maxValue={max}
    isDisabled={disabled}
    // An emptied field is no number; it goes back to what it was when it is left.
    onChange={(next) => {
      if (Number.isInteger(next) && next !== value) onChange(next);
    }}
    {...(quiet && { 'aria-label': label })}
  >
    {!quiet && <Label className="label">{label}</Label>}
    <Group className="stepper">
      <Button slot="decrement" className="stepper-button">
        <MinusIcon size={12} />
      </Button>
      <Input className="stepper-input" />
      <Button slot="increment" className="stepper-button">
        <PlusIcon size={12} />
      </Button>
    </Group>
  </NumberField>
);
