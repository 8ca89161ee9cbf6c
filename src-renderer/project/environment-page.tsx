import type { ReactElement } from 'react';
import type { Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { keysInWords } from '../client/action-keys.ts';
import { useActions } from '../client/actions.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { CheckIcon, WarningIcon } from '../ui/icons.tsx';
import { Keys } from '../ui/keys.tsx';
import { EnvironmentForm } from './environment-form.tsx';
import { ProjectIdentity } from './project-identity.tsx';
import { Proposal } from './proposal.tsx';
import { RemoveProject } from './remove-project.tsx';
import { useEnvironmentDraft } from './use-environment-draft.ts';
import { whatChanges } from './what-changes.ts';
import './environment.css';

/** A project's environment. Nothing counts until it is saved; what is typed is kept until then. */
export const EnvironmentPage = ({ project }: { readonly project: Project }): ReactElement => {
  const { shown, environment, mistakes, isDirty, isChangedElsewhere, saving, change, save } = useEnvironmentDraft(project);
  const isWrong = Object.keys(mistakes).length > 0;
  const drop = (): void => change(null);
  useActions(isDirty && !isWrong ? [{ title: 'Save the environment', section: 'Environment', keys: 'mod+s', run: () => void save() }] : []);
  return (
    <form
      className="environment"
      aria-label="Environment"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="environment-fields">
        <ProjectIdentity project={project} />
        {isChangedElsewhere && (
          <div className="environment-notice" role="alert">
            <WarningIcon />
            <p className="grow">
              <strong>The environment was changed in another window.</strong> Saving writes yours over it.
            </p>
            <Button onClick={drop}>Take theirs</Button>
            <Button onClick={() => void save()}>Keep mine</Button>
          </div>
        )}
        <Proposal project={project} environment={environment} onUse={(setup, lockFiles) => change({ ...shown, environment: { ...shown.environment, setup, lockFiles } })} />
        <EnvironmentForm draft={shown} mistakes={mistakes} onChange={change} />
        <RemoveProject project={project} />
      </div>
      <footer className="environment-bar">
        <div className="grow" role="status" data-testid="environment-state">
          {saving.kind === 'failed' ? (
            <FaultText fault={{ message: `Not saved: ${visibleText(saving.fault.message)}`, next: `${visibleText(saving.fault.next)} What you typed is kept here.` }} />
          ) : isDirty ? (
            <span>
              <strong>Not saved yet.</strong> <span className="muted">{isWrong ? 'One field has to be corrected first.' : whatChanges(project.environment, environment)}</span>
            </span>
          ) : (
            <span className="row muted">
              <CheckIcon size={12} /> {saving.kind === 'saved' ? 'Saved. The next run uses it.' : 'Saved'}
            </span>
          )}
        </div>
        {isDirty && <Button onClick={drop}>Set back</Button>}
        <Button look="primary" type="submit" disabled={!isDirty || isWrong || saving.kind === 'saving'}>
          {saving.kind === 'saving' ? 'Saving…' : 'Save environment'} <Keys presses={keysInWords('mod+s')} />
        </Button>
      </footer>
    </form>
  );
};
