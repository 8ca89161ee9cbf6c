import type { ReactElement } from 'react';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { count } from '../ui/format.ts';
import { CheckIcon, CircleIcon } from '../ui/icons.tsx';
import type { Saving } from './use-environment-draft.ts';
import { whatChanges } from './what-changes.ts';

interface EnvironmentStateProps {
  readonly project: Project;
  readonly environment: Environment;
  readonly saving: Saving;
  /** The service does not answer. */
  readonly away: boolean;
  readonly isDirty: boolean;
  /** How many fields have to be corrected. */
  readonly wrong: number;
  readonly isChangedElsewhere: boolean;
  /** Goes to the first field that has to be corrected. */
  readonly onFirst: () => void;
}

/** Whether the service has what is on screen, and what saving it would mean. */
export const EnvironmentState = ({ project, environment, saving, away, isDirty, wrong, isChangedElsewhere, onFirst }: EnvironmentStateProps): ReactElement => {
  if (saving.kind === 'failed') return <FaultText fault={{ message: `Not saved: ${visibleText(saving.fault.message)}`, next: `${visibleText(saving.fault.next)} What you typed is kept here.` }} />;
  if (saving.kind === 'saving' && away) {
    return (
      <span className="row">
        <CircleIcon size={12} />
        <span>
          <strong>Not saved yet.</strong> <span className="muted">Kept here until the service is back.</span>
        </span>
      </span>
    );
  }
  if (isDirty) {
    const why = isChangedElsewhere ? 'Choose first which of the two is to stay.' : away ? 'The service is not answering: what you typed is kept here, to be saved when it is back.' : wrong > 0 ? `${count(wrong, 'field')} ${wrong === 1 ? 'has' : 'have'} to be corrected first.` : whatChanges(project.environment, environment);
    return (
      <span>
        <strong>Not saved yet.</strong> <span className="muted">{why}</span>
        {wrong > 0 && (
          <Button look="quiet" onClick={onFirst}>
            Go to {wrong === 1 ? 'it' : 'the first'}
          </Button>
        )}
      </span>
    );
  }
  return (
    <span className="row muted">
      <CheckIcon size={12} /> {away ? 'Saved. It can be tried when the service is back.' : saving.kind === 'saved' ? 'Saved. The next run uses it.' : 'Saved'}
    </span>
  );
};
