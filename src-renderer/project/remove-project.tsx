import { useState, type ReactElement } from 'react';
import type { Project } from '../../src-main/contract/project.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { goTo } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Confirm } from '../ui/confirm.tsx';
import { FaultText } from '../ui/fault-text.tsx';
import { count } from '../ui/format.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import { keepEnvironment } from './environment-draft.ts';

/** Takes the project off the board, after asking. */
export const RemoveProject = ({ project }: { readonly project: Project }): ReactElement => {
  const [asking, setAsking] = useState(false);
  const [fault, setFault] = useState<Fault | null>(null);
  const briefs = useFleet((fleet) => Object.values(fleet.briefs).filter((brief) => brief.projectId === project.id).length);
  const remove = async (): Promise<void> => {
    setFault(null);
    try {
      await api.projects.remove({ commandId: newCommandId(), projectId: project.id });
      keepEnvironment(project.id, null);
      goTo({ place: 'board', project: null });
    } catch (error) {
      setFault(faultOf(error));
    }
  };
  return (
    <section className="environment-section" aria-label="Remove the project">
      <h2>Remove the project</h2>
      <p className="hint">It goes from Drydock with its {count(briefs, 'brief')} and their results. The repository itself, and what was landed in it, stay as they are.</p>
      {fault && <FaultText fault={{ message: visibleText(fault.message), next: visibleText(fault.next) }} />}
      <p>
        <Button look="danger" onClick={() => setAsking(true)}>
          Remove the project…
        </Button>
      </p>
      {asking && (
        <Confirm title={`Remove ${visibleText(project.name)}?`} action="Remove the project" onClose={() => setAsking(false)} onConfirm={() => void remove()}>
          {count(briefs, 'brief')} and every result that was not landed are gone for good. The repository at {visibleText(project.path)} is not touched.
        </Confirm>
      )}
    </section>
  );
};
