import { useState, type ReactElement } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { Button } from '../ui/button.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { showDone } from '../ui/toast.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { EnvironmentForm } from './environment-form.tsx';
import './environment.css';

/** A project's environment. A proposal from its lock files fills the form; nothing counts until it is saved. */
export const EnvironmentPage = ({ project }: { readonly project: Project }): ReactElement => {
  const [draft, setDraft] = useState<Environment | null>(null);
  const [reasons, setReasons] = useState<readonly string[] | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const environment = draft ?? project.environment;

  const attempt = (work: () => Promise<void>): void => {
    setFault(null);
    work().catch((error: unknown) => setFault(faultOf(error)));
  };
  const propose = (): void =>
    attempt(async () => {
      const proposal = await api.projects.propose({ projectId: project.id });
      setDraft(proposal.environment);
      setReasons(proposal.reasons);
    });
  const save = (): void =>
    attempt(async () => {
      takeProject(await api.projects.setEnvironment({ commandId: newCommandId(), projectId: project.id, environment }));
      setDraft(null);
      setReasons(null);
      showDone('Environment saved.', 'The next run uses it.');
    });

  return (
    <form
      className="environment"
      aria-label="Environment"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p className="row wrap">
        <code className="literal muted grow">{visibleText(project.path)}</code>
        <Button onClick={propose}>Propose from lock files</Button>
      </p>
      {reasons && (
        <p className="hint" role="status">
          {reasons.length === 0 ? 'No lock file that Drydock knows was found.' : `Proposed from ${reasons.map(visibleText).join('; ')}`}
        </p>
      )}
      <EnvironmentForm environment={environment} onChange={setDraft} />
      {fault && <FaultText fault={fault} />}
      <p className="row">
        <Button look="primary" type="submit" disabled={draft === null}>
          Save environment
        </Button>
        {draft !== null && <span className="muted">Not saved yet.</span>}
      </p>
    </form>
  );
};
