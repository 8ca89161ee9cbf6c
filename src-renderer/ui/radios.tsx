import type { ReactElement } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';

interface RadiosProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly title: string; readonly hint?: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few whose consequences have to be seen beside each other. */
export const Radios = <Value extends string>({ label, value, options, onChange }: RadiosProps<Value>): ReactElement => (
  <RadioGroup className="radios" aria-label={label} value={value} onChange={(next) => onChange(next as Value)}>
    {options.map((option) => (
      <Radio key={option.value} value={option.value} className="radio">
        <span className="radio-dot" />
        <span>
          {option.title}
          {option.hint !== undefined && <span className="hint block">{option.hint}</span>}
        </span>
      </Radio>
    ))}
  </RadioGroup>
);
