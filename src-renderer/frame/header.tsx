import { useMemo, type ReactElement } from 'react';
import { useFleet } from '../client/fleet-store.ts';
import { goTo, hrefOf } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { FolderIcon, PlusIcon } from '../ui/icons.tsx';
import { Status } from './status.tsx';

interface HeaderProps {
  /** The project that the board is narrowed to, if any. */
  readonly projectId: string | null;
  readonly onAddProject: () => void;
}

/** The board's head: project, engine and slots, and the way to a new brief. */
export const Header = ({ projectId, onAddProject }: HeaderProps): ReactElement => {
  const table = useFleet((fleet) => fleet.projects);
  const projects = useMemo(() => Object.values(table).sort((a, b) => a.name.localeCompare(b.name)), [table]);
  const target = projectId ?? (projects.length > 0 ? projects[projects.length - 1]?.id : undefined);
  return (
    <header className="header">
      <h1>Board</h1>
      {projects.length > 0 && (
        <select
          className="input header-project"
          aria-label="Project"
          value={projectId ?? ''}
          onChange={(event) => goTo({ place: 'board', project: event.target.value || null })}
        >
          <option value="">All projects</option>
          {projects.map((project) => (
            <option key={project.id} value={project.id}>
              {project.name}
            </option>
          ))}
        </select>
      )}
      {projectId && (
        <a className="button quiet" href={hrefOf({ place: 'project', id: projectId })}>
          Environment
        </a>
      )}
      <Button look="quiet" onClick={onAddProject}>
        <FolderIcon /> Add project
      </Button>
      <span className="grow" />
      <Status />
      {target && (
        <a className="button primary" href={hrefOf({ place: 'newBrief', project: target })}>
          <PlusIcon /> Brief
        </a>
      )}
    </header>
  );
};
