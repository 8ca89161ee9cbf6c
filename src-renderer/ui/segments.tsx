import type { KeyboardEvent, ReactElement, ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';

interface SegmentsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly title: ReactNode; readonly name?: string; readonly hint?: string }[];
  readonly onChange: (value: Value) => void;
}

const STEP: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of a few, all in sight: one stop for Tab, and an arrow chooses the next, as among radio buttons. */
export const Segments = <Value extends string>({ label, value, options, onChange }: SegmentsProps<Value>): ReactElement => {
  // Before the group, which would only move the focus.
  const press = (event: KeyboardEvent<HTMLElement>): void => {
    const step = STEP[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')];
    const at = radios.indexOf(document.activeElement as HTMLElement);
    const to = (at + step + radios.length) % radios.length;
    const next = options[to];
    if (at < 0 || !next) return;
    event.preventDefault();
    event.stopPropagation();
    radios[to]?.focus();
    onChange(next.value);
  };
  const isAnyChosen = options.some((option) => option.value === value);
  return (
    <div className="segments-keys" onKeyDownCapture={press}>
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
          <ToggleButton key={option.value} id={option.value} className="segment" excludeFromTabOrder={isAnyChosen && option.value !== value} {...(option.name !== undefined && { 'aria-label': option.name })}>
            {option.hint === undefined ? option.title : <span className="segment-hint" title={option.hint}>{option.title}</span>}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
    </div>
  );
};
