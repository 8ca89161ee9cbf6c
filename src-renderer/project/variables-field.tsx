import { useState, type ReactElement } from 'react';
import type { Environment } from '../../src-main/contract/project.ts';
import { TextField } from '../ui/field.tsx';

type Variables = Environment['variables'];

const linesOf = (variables: Variables): string => Object.entries(variables).map(([name, value]) => `${name}=${value}`).join('\n');

const variablesOf = (text: string): Variables =>
  Object.fromEntries(
    text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => {
        const cut = line.indexOf('=');
        return cut < 0 ? [line.trim(), ''] : [line.slice(0, cut).trim(), line.slice(cut + 1)];
      }),
  );

interface VariablesFieldProps {
  readonly variables: Variables;
  readonly onChange: (variables: Variables) => void;
}

/** Variables, typed one a line. What is typed stays on screen while it means the same. */
export const VariablesField = ({ variables, onChange }: VariablesFieldProps): ReactElement => {
  const [typed, setTyped] = useState('');
  const shown = linesOf(variablesOf(typed)) === linesOf(variables) ? typed : linesOf(variables);
  return (
    <TextField
      label="Variables"
      mono
      lines
      value={shown}
      placeholder="NODE_ENV=test"
      hint="NAME=value, one a line. Not for secrets: the work can read them."
      onChange={(text) => {
        setTyped(text);
        onChange(variablesOf(text));
      }}
    />
  );
};
