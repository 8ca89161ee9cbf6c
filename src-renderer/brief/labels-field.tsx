import { useState, type ReactElement } from 'react';
import { TextField } from '../ui/field.tsx';

const labelsOf = (text: string): string[] => [...new Set(text.split(',').map((label) => label.trim()).filter((label) => label !== ''))];

/** Labels, between commas. What is typed stays as it is while it means the same. */
export const LabelsField = ({ labels, onChange }: { readonly labels: readonly string[]; readonly onChange: (labels: string[]) => void }): ReactElement => {
  const [typed, setTyped] = useState(labels.join(', '));
  const shown = labelsOf(typed).join('\n') === labels.join('\n') ? typed : labels.join(', ');
  return (
    <TextField
      label="Labels"
      value={shown}
      placeholder="e.g. parser, quick"
      hint="Between commas; the board can be filtered by them."
      onChange={(text) => {
        setTyped(text);
        onChange(labelsOf(text));
      }}
    />
  );
};
