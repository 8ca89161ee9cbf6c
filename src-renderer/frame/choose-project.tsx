import { useMemo, type ReactElement } from 'react';
import { useFleet } from '../client/fleet-store.ts';
import { goTo } from '../client/route.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** The project that a new brief is for; with several, the way to another. What was written stays with its project. */
export const ChooseProject = ({ id }: { readonly id: string }): ReactElement => {
  const table = useFleet((fleet) => fleet.projects);
  const projects = useMemo(() => Object.values(table).sort((a, b) => a.name.localeCompare(b.name)), [table]);
  if (projects.length < 2) return <>{visibleText(table[id]?.name ?? '')}</>;
  return (
    <select className="input header-project" aria-label="Project" value={id} onChange={(event) => goTo({ place: 'newBrief', project: event.target.value }, true)}>
      {projects.map((project) => (
        <option key={project.id} value={project.id}>
          {visibleText(project.name)}
        </option>
      ))}
    </select>
  );
};
