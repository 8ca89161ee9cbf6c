import type { ReactElement } from 'react';
import type { BriefText, Check } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { hrefOf } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { LinesField, NumberField, TextField } from '../ui/field.tsx';
import { PlayIcon, TrashIcon } from '../ui/icons.tsx';
import { TriedOutput } from './tried-output.tsx';
import { useTriedCheck } from './use-tried-check.ts';

const EXPECTED = [
  { value: 'passes', title: 'Passes' },
  { value: 'failsThenPasses', title: 'Fails on base, then passes' },
] as const;

interface CheckRowProps {
  readonly projectId: ProjectId;
  readonly text: BriefText;
  readonly check: Check;
  readonly number: number;
  readonly onChange: (check: Check) => void;
  readonly onRemove: () => void;
}

/** One command with what is expected of it; it can be tried on the base right here. */
export const CheckRow = ({ projectId, text, check, number, onChange, onRemove }: CheckRowProps): ReactElement => {
  const { tried, run, stop, close } = useTriedCheck(projectId);
  return (
    <fieldset className="check">
      <legend className="hidden-text">Check {number}</legend>
      <div className="check-edit">
        <TextField label={`Check ${number}: command`} mono lines value={check.command} placeholder="e.g. npm test" onChange={(command) => onChange({ ...check, command })} />
        <Button disabled={check.command.trim() === '' || tried?.outcome.kind === 'running'} title="Runs it on the base, in a container of its own" onClick={() => void run(text, check)}>
          <PlayIcon size={12} /> Try
          <span className="hidden-text"> check {number} on the base</span>
        </Button>
        <Button look="icon" aria-label={`Remove check ${number}`} onClick={onRemove}>
          <TrashIcon />
        </Button>
      </div>
      <div className="check-rest">
        <Choice label="Expected" value={check.expect} options={EXPECTED} onChange={(expect) => onChange({ ...check, expect })} />
        <NumberField label="Timeout, seconds" min={1} max={86_400} value={check.timeoutSeconds} onChange={(timeoutSeconds) => onChange({ ...check, timeoutSeconds: Math.round(timeoutSeconds) })} />
        <LinesField label="Files to keep" mono placeholder="e.g. screenshots/**" value={check.keep} onChange={(keep) => onChange({ ...check, keep })} />
      </div>
      {tried && <TriedOutput tried={tried} check={check} environmentHref={hrefOf({ place: 'project', id: projectId })} onStop={stop} onClose={close} />}
    </fieldset>
  );
};
