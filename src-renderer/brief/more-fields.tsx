import { useState, type ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';
import { budget, count } from '../ui/format.ts';
import { LinesField, NumberField, TextField } from '../ui/field.tsx';
import { AfterField } from './after-field.tsx';
import { LabelsField } from './labels-field.tsx';

interface MoreFieldsProps {
  readonly projectId: string;
  readonly number: number | null;
  readonly text: BriefText;
  readonly onChange: (change: Partial<BriefText>) => void;
}

/** What the folded fields hold, in a line. */
const inShort = (text: BriefText): string =>
  [
    `${budget(text.timeBudgetMinutes)} of work`,
    text.criteria.length > 0 && count(text.criteria.length, 'criterion').replace('criterions', 'criteria'),
    text.stopCondition !== '' && 'a stop condition',
    text.labels.length > 0 && count(text.labels.length, 'label'),
    text.after.length > 0 && `after ${text.after.map((number) => `#${number}`).join(', ')}`,
  ]
    .filter(Boolean)
    .join(' · ');

const isUsed = (text: BriefText): boolean => text.criteria.length + text.labels.length + text.after.length > 0 || text.stopCondition !== '';

/** What most briefs need not say. */
export const MoreFields = ({ projectId, number, text, onChange }: MoreFieldsProps): ReactElement => {
  const [open, setOpen] = useState(() => isUsed(text));
  return (
    <details className="more" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        More <span className="hint">{inShort(text)}</span>
      </summary>
      <div className="more-fields">
        <LinesField label="Criteria for a person" hint="One a line: what only you can judge. You tick them in the review." value={text.criteria} onChange={(criteria) => onChange({ criteria })} />
        <TextField label="Stop condition" lines value={text.stopCondition} placeholder="Stop when…" hint="For agents; a script stops by itself." onChange={(stopCondition) => onChange({ stopCondition })} />
        <div className="halves">
          <NumberField
            label="Time budget, minutes"
            min={0.05}
            max={10_080}
            step="any"
            value={text.timeBudgetMinutes}
            hint="Waking time of the work; then it is stopped."
            onChange={(timeBudgetMinutes) => onChange({ timeBudgetMinutes })}
          />
          <LabelsField labels={text.labels} onChange={(labels) => onChange({ labels })} />
        </div>
        <AfterField projectId={projectId} number={number} after={text.after} onChange={(after) => onChange({ after })} />
      </div>
    </details>
  );
};
