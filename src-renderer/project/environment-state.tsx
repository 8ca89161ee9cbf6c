import type { ReactElement } from 'react';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { FaultText } from '../ui/fault-text.tsx';
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
  readonly isWrong: boolean;
  readonly isChangedElsewhere: boolean;
}

/** Whether the service has what is on screen, and what saving it would mean. */
export const EnvironmentState = ({ project, environment, saving, away, isDirty, isWrong, isChangedElsewhere }: EnvironmentStateProps): ReactElement => {
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
    const why = isChangedElsewhere ? 'Choose first which of the two is to stay.' : isWrong ? 'One field has to be corrected first.' : whatChanges(project.environment, environment);
    return (
      <span>
        <strong>Not saved yet.</strong> <span className="muted">{why}</span>
      </span>
    );
  }
  return (
    <span className="row muted">
      <CheckIcon size={12} /> {saving.kind === 'saved' ? 'Saved. The next run uses it.' : 'Saved'}
    </span>
  );
};
