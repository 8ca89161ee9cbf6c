import { useMemo, type ReactElement } from 'react';
import { useFleet } from '../client/fleet-store.ts';
import { goTo } from '../client/route.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { Choice } from '../ui/choice.tsx';
import { ProjectDot } from '../ui/project-dot.tsx';

/** The project that a new brief is for; with several, the way to another. What was written stays with its project. */
export const ChooseProject = ({ id }: { readonly id: string }): ReactElement => {
  const table = useFleet((fleet) => fleet.projects);
  const projects = useMemo(() => Object.values(table).sort((a, b) => a.name.localeCompare(b.name)), [table]);
  if (projects.length < 2) return <>{visibleText(table[id]?.name ?? '')}</>;
  return (
    <Choice
      label="Project"
      quiet
      className="header-project"
      value={id}
      options={projects.map((project) => ({ value: project.id, title: visibleText(project.name), icon: <ProjectDot colour={project.colour} /> }))}
      onChange={(chosen) => goTo({ place: 'newBrief', project: chosen }, true)}
    />
  );
};
