import { useEffect, useRef, type ReactElement } from 'react';
import type { Project } from '../../src-main/contract/project.ts';
import { keysInWords } from '../client/action-keys.ts';
import { useActions } from '../client/actions.ts';
import { AWAY, useAway } from '../client/connection.ts';
import { Button } from '../ui/button.tsx';
import { Keys } from '../ui/keys.tsx';
import { PlayIcon } from '../ui/icons.tsx';
import { Devcontainer } from './devcontainer.tsx';
import { EnvironmentConflict } from './environment-conflict.tsx';
import { draftOf } from './environment-draft.ts';
import { EnvironmentFileBanner } from './environment-file-banner.tsx';
import { EnvironmentForm } from './environment-form.tsx';
import { EnvironmentState } from './environment-state.tsx';
import { ProjectIdentity } from './project-identity.tsx';
import { Proposal } from './proposal.tsx';
import type { ProposedChange } from './proposed-parts.tsx';
import { RemoveProject } from './remove-project.tsx';
import { SaveToRepository } from './save-to-repository.tsx';
import { TryPanel, type RunStream } from './try-panel.tsx';
import { useEnvironmentFile } from './use-environment-file.ts';
import { useTriedSetup } from './use-setup-try.ts';
import { useEnvironmentDraft } from './use-environment-draft.ts';
import { useSecrets } from './use-secrets.ts';
import './environment.css';

/** What is beside the form saves nothing by Enter. */
const FORM = 'environment-form';
/** Says why it cannot be saved or tried. */
const STATE = 'environment-state';

/** A project's environment. Nothing counts until it is saved; what is typed is kept until then. */
export const EnvironmentPage = ({ project, stream }: { readonly project: Project; readonly stream: RunStream }): ReactElement => {
  const { shown, environment, mistakes, wrong, isWrong, isDirty, isChangedElsewhere, saving, change, drop, save, keepMine, takeTheirs } = useEnvironmentDraft(project);
  const secrets = useSecrets(project.id);
  const away = useAway();
  const form = useRef<HTMLFormElement>(null);
  const file = useEnvironmentFile(project);
  const setup = useTriedSetup(project.id, environment);
  const use = (part: ProposedChange): void => change({ ...shown, environment: { ...shown.environment, ...part }, variables: part.variables ? draftOf({ ...environment, variables: part.variables }).variables : shown.variables });
  // A secret is kept by an answer of the service: what was typed meanwhile has to stay.
  const latest = useRef({ shown, change });
  useEffect(() => {
    latest.current = { shown, change };
  });
  const canSave = isDirty && !away && !isWrong && !isChangedElsewhere && saving.kind !== 'saving';
  const canTry = !away && !isWrong && !setup.isGoing && !setup.busy;
  useActions(canTry ? [{ title: 'Try the environment', section: 'Environment', keys: 'mod+Enter', also: 'setup seal', run: setup.start }] : []);
  useActions(canSave ? [{ title: 'Save the environment', section: 'Environment', keys: 'mod+s', run: () => void save() }] : []);
  return (
    <div className="environment">
      <div className={setup.tried ? 'environment-body with-try' : 'environment-body'}>
        <form
          ref={form}
          id={FORM}
          className="environment-fields"
          aria-label="Environment"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <ProjectIdentity project={project} />
          {isChangedElsewhere && <EnvironmentConflict mine={environment} theirs={project.environment} canKeep={!isWrong} onTakeTheirs={takeTheirs} onKeepMine={() => void keepMine()} />}
          <EnvironmentFileBanner project={project} look={file} />
          <Proposal project={project} environment={environment} onUse={use} />
          <Devcontainer project={project} environment={environment} onUse={use} />
          <EnvironmentForm
            project={project.id}
            draft={shown}
            mistakes={mistakes}
            secrets={secrets}
            onChange={change}
            onUses={(alter) => {
              const { shown: now, change: take } = latest.current;
              take({ ...now, environment: { ...now.environment, secrets: alter(now.environment.secrets) } });
            }}
          />
          <RemoveProject project={project} />
        </form>
        {setup.tried && <TryPanel {...setup} tried={setup.tried} project={project} environment={environment} stream={stream} />}
      </div>
      <footer className="environment-bar">
        <div id={STATE} className="grow" role="status" data-testid="environment-state">
          <EnvironmentState project={project} environment={environment} saving={saving} away={away} isDirty={isDirty} wrong={wrong} isChangedElsewhere={isChangedElsewhere} onFirst={() => form.current?.querySelector<HTMLElement>('[data-mistake]')?.focus()} />
        </div>
        {isDirty && !isChangedElsewhere && <Button disabled={saving.kind === 'saving'} onClick={drop}>Set back</Button>}
        <SaveToRepository project={project} reading={file.reading} isDirty={isDirty} />
        <Button disabled={!canTry} title={away ? AWAY : undefined} aria-describedby={canTry ? undefined : STATE} onClick={setup.start}>
          <PlayIcon /> {setup.isGoing ? 'Trying…' : 'Try setup'} <Keys presses={keysInWords('mod+Enter')} />
        </Button>
        <Button look="primary" type="submit" form={FORM} disabled={!canSave} title={away ? AWAY : undefined} aria-describedby={canSave ? undefined : STATE}>
          {saving.kind === 'saving' && !away ? 'Saving…' : 'Save environment'} <Keys presses={keysInWords('mod+s')} />
        </Button>
      </footer>
    </div>
  );
};
