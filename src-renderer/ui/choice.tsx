import type { ReactElement, ReactNode } from 'react';
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue, Text } from 'react-aria-components';
import { ChevronDownIcon } from './icons.tsx';

export interface Option<Value extends string> {
  readonly value: Value;
  readonly title: string;
  readonly hint?: string;
  readonly icon?: ReactNode;
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  /** The label is for readers only. */
  readonly quiet?: boolean;
  readonly value: Value;
  readonly options: readonly Option<Value>[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** One of several, chosen from a list that opens. */
export const Choice = <Value extends string>({ label, quiet = false, value, options, onChange, className = '' }: ChoiceProps<Value>): ReactElement => (
  <Select className={`choice ${className}`} value={value} onChange={(key) => onChange(key as Value)} {...(quiet && { 'aria-label': label })}>
    {!quiet && <Label className="label">{label}</Label>}
    <Button className="button choice-button">
      <SelectValue className="ellipsis grow choice-value" />
      <ChevronDownIcon size={12} />
    </Button>
    <Popover className="popover" offset={4}>
      <ListBox className="menu">
        {options.map((option) => (
          <ListBoxItem key={option.value} id={option.value} textValue={option.title} className="menu-item">
            {option.icon}
            <span className="grow ellipsis">
              <Text slot="label">{option.title}</Text>
              {option.hint !== undefined && (
                <Text slot="description" className="menu-hint">
                  {option.hint}
                </Text>
              )}
            </span>
          </ListBoxItem>
        ))}
      </ListBox>
    </Popover>
  </Select>
);
