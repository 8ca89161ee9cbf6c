import type { ReactElement } from 'react';
import { useCurrentProject, useProjects } from '../client/current-project.ts';
import { goTo, hrefOf, useRoute } from '../client/route.ts';
import { Button } from '../ui/button.tsx';
import { Choice } from '../ui/choice.tsx';
import { FolderIcon, PlusIcon } from '../ui/icons.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { FilterTools } from './filter-tools.tsx';
import { ProjectMenu } from './project-menu.tsx';
import { Status } from './status.tsx';
import './header.css';

interface HeaderProps {
  /** The project that the board is narrowed to, if any. */
  readonly projectId: string | null;
  readonly onAddProject: () => void;
}

/** No project has this id: all of them. */
const ALL = 'all';

/** The board's head: project, filters, engine and slots, and the way to a new brief. */
export const Header = ({ projectId, onAddProject }: HeaderProps): ReactElement => {
  const projects = useProjects();
  const route = useRoute();
  const target = useCurrentProject(projectId);
  const chosen = projects.find(({ id }) => id === projectId) ?? (projects.length === 1 ? projects[0] : undefined);
  const filters = route.place === 'board' ? route.filters : undefined;
  return (
    <header className="header board-header">
      <h1>Board</h1>
      {projects.length > 0 && (
        <Choice
          label="Project"
          quiet
          className="header-choice"
          value={projects.some(({ id }) => id === projectId) ? (projectId ?? ALL) : ALL}
          options={[
            { value: ALL, title: 'All projects', icon: <span className="project-dot-room" /> },
            ...projects.map((project) => ({ value: project.id as string, title: visibleText(project.name), icon: <ProjectDot colour={project.colour} /> })),
          ]}
          onChange={(id) => goTo({ place: 'board', project: id === ALL ? null : id, ...(filters && { filters }) })}
        />
      )}
      {projects.length > 0 && <ProjectMenu project={chosen} onAddProject={onAddProject} />}
      <Button look="quiet" className="header-add" onClick={onAddProject}>
        <FolderIcon /> Add project
      </Button>
      <span className="grow" />
      {projects.length > 0 && <FilterTools projectId={projectId} />}
      <Status />
      {target && (
        <a className="button primary" href={hrefOf({ place: 'newBrief', project: target.id })}>
          <PlusIcon /> Brief
        </a>
      )}
    </header>
  );
};
