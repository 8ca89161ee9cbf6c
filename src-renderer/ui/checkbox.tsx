import type { ReactElement, ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components';
import { CheckIcon, MinusIcon } from './icons.tsx';

interface CheckboxProps {
  readonly children: ReactNode;
  readonly hint?: ReactNode;
  /** 'some': of several that it stands for, some have it and some have not. */
  readonly checked: boolean | 'some';
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

/** One of several things that can be had together. */
export const Checkbox = ({ children, hint, checked, onChange, disabled = false }: CheckboxProps): ReactElement => (
  <AriaCheckbox className="checkbox" isSelected={checked === true} isIndeterminate={checked === 'some'} onChange={onChange} isDisabled={disabled}>
    <span className="checkbox-box">{checked === 'some' ? <MinusIcon size={12} /> : checked && <CheckIcon size={12} />}</span>
    <span>
      {children}
      {hint !== undefined && <span className="hint block">{hint}</span>}
    </span>
  </AriaCheckbox>
);
