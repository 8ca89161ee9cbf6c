import type { ReactElement, ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly title: ReactNode; readonly name?: string }[];
  readonly onChange: (value: Value) => void;
}

/** One of a few, all in sight. */
export const Segments = <Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>): ReactElement => (
  <ToggleButtonGroup
    className="segments"
    aria-label={label}
    selectionMode="single"
    disallowEmptySelection
    selectedKeys={[value]}
    onSelectionChange={(keys) => {
      const [chosen] = keys;
      if (chosen !== undefined) onChange(chosen as Value);
    }}
  >
    {options.map((option) => (
      <ToggleButton key={option.value} id={option.value} className="segment" {...(option.name !== undefined && { 'aria-label': option.name })}>
        {option.title}
      </ToggleButton>
    ))}
  </ToggleButtonGroup>
);
