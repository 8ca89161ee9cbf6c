import type { ReactElement } from 'react';
import type { BriefText } from '../../src-main/contract/brief.ts';

type Outputs = BriefText['output'];
const OUTPUTS = [
  { kind: 'branch', title: 'Branch' },
  { kind: 'patch', title: 'Patch file' },
] as const;

/** What landing offers first. */
export const OutputField = ({ output, onChange }: { readonly output: Outputs; readonly onChange: (output: Outputs) => void }): ReactElement => (
  <fieldset className="plain">
    <legend>Output</legend>
    <div className="row wrap">
      {OUTPUTS.map(({ kind, title }) => (
        <label key={kind} className="row">
          <input type="checkbox" checked={output.includes(kind)} onChange={(event) => onChange(event.target.checked ? [...output, kind] : output.filter((each) => each !== kind))} />
          {title}
        </label>
      ))}
    </div>
    <p className="hint">What landing offers first. You decide when you land.</p>
  </fieldset>
);
