import type { ReactElement } from 'react';
import type { Check, Expectation } from '../../src-main/contract/brief.ts';
import { Button } from '../ui/button.tsx';
import { Field, LinesField, NumberField, TextField } from '../ui/field.tsx';
import { PlusIcon, TrashIcon } from '../ui/icons.tsx';

interface ChecksFieldProps {
  readonly checks: readonly Check[];
  readonly suggestions: readonly string[];
  readonly onChange: (checks: Check[]) => void;
}

const newCheck = (command: string): Check => ({ command, timeoutSeconds: 600, expect: 'passes', keep: [] });

const CheckFields = ({ check, number, onChange, onRemove }: { readonly check: Check; readonly number: number; readonly onChange: (check: Check) => void; readonly onRemove: () => void }): ReactElement => (
  <fieldset className="check">
    <legend className="hidden-text">Check {number}</legend>
    <div className="check-command">
      <TextField label={`Check ${number}: command`} mono value={check.command} placeholder="npm test" onChange={(command) => onChange({ ...check, command })} />
      <Button look="icon" aria-label={`Remove check ${number}`} onClick={onRemove}>
        <TrashIcon />
      </Button>
    </div>
    <div className="check-rest">
      <Field label="Expected">
        {(id) => (
          <select id={id} className="input" value={check.expect} onChange={(event) => onChange({ ...check, expect: event.target.value as Expectation })}>
            <option value="passes">passes</option>
            <option value="failsThenPasses">fails on base and passes after</option>
          </select>
        )}
      </Field>
      <NumberField label="Timeout, seconds" min={1} max={86_400} value={check.timeoutSeconds} onChange={(timeoutSeconds) => onChange({ ...check, timeoutSeconds: Math.round(timeoutSeconds) })} />
      <LinesField label="Files to keep" mono placeholder="screenshots/**" value={check.keep} onChange={(keep) => onChange({ ...check, keep })} />
    </div>
  </fieldset>
);

/** The exact commands that show whether the result is right. */
export const ChecksField = ({ checks, suggestions, onChange }: ChecksFieldProps): ReactElement => {
  const offered = suggestions.filter((command) => checks.every((check) => check.command !== command));
  return (
    <section className="stack" aria-label="Checks">
      <h3>Checks</h3>
      {checks.map((check, index) => (
        <CheckFields
          key={index}
          check={check}
          number={index + 1}
          onChange={(changed) => onChange(checks.with(index, changed))}
          onRemove={() => onChange(checks.toSpliced(index, 1))}
        />
      ))}
      <div className="row wrap">
        <Button onClick={() => onChange([...checks, newCheck('')])}>
          <PlusIcon /> Check
        </Button>
        {offered.map((command) => (
          <Button key={command} look="quiet" className="mono" onClick={() => onChange([...checks, newCheck(command)])}>
            <PlusIcon size={12} /> {command}
          </Button>
        ))}
      </div>
      <p className="hint">Run in a clean container from the result alone, and on the base.</p>
    </section>
  );
};
