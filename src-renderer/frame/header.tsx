import { useMemo, type ReactElement } from 'react';
import { useConnection } from '../client/connection.ts';
import { useFleet } from '../client/fleet-store.ts';
import { goTo, hrefOf } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { EngineIcon, FolderIcon, PlusIcon } from '../ui/icons.tsx';

const EngineSign = (): ReactElement => {
  const engine = useFleet((fleet) => fleet.engine);
  const slots = useFleet((fleet) => fleet.slots);
  const connection = useConnection((state) => state.state);
  const word = engine.state === 'up' ? `${engine.source} ${engine.version}` : engine.state === 'down' ? 'Engine not reachable' : 'Looking for the engine…';
  const tone = engine.state === 'up' ? 'green' : engine.state === 'down' ? 'red' : 'grey';
  return (
    <div className="row header-status" data-testid="engine" data-state={engine.state} data-connection={connection}>
      <span className={`tag tone-${tone}`} title={word}>
        <EngineIcon />
        <span className="engine-word ellipsis">{word}</span>
      </span>
      <span className="tag" data-testid="slots">
        slots {slots.used}/{slots.total}
      </span>
    </div>
  );
};

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
      <EngineSign />
      {target && (
        <a className="button primary" href={hrefOf({ place: 'newBrief', project: target })}>
          <PlusIcon /> Brief
        </a>
      )}
    </header>
  );
};
