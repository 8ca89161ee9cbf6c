import { useMemo } from 'react';
import type { Project } from '../../src-main/contract/project.ts';
import { useFleet } from './fleet-store.ts';

/** The projects by name. */
export const useProjects = (): readonly Project[] => {
  const table = useFleet((fleet) => fleet.projects);
  return useMemo(() => Object.values(table).sort((a, b) => a.name.localeCompare(b.name)), [table]);
};

/** The project that a new brief is for: the chosen one, else that of the newest brief, else the newest. */
export const useCurrentProject = (chosen: string | null): Project | undefined => {
  const projects = useFleet((fleet) => fleet.projects);
  const briefs = useFleet((fleet) => fleet.briefs);
  return useMemo(() => {
    const known = chosen === null ? undefined : projects[chosen];
    if (known) return known;
    let number = 0;
    let latest: Project | undefined;
    for (const brief of Object.values(briefs)) {
      if (brief.number > number && projects[brief.projectId]) [number, latest] = [brief.number, projects[brief.projectId]];
    }
    return latest ?? Object.values(projects).sort((a, b) => b.addedAt - a.addedAt)[0];
  }, [chosen, projects, briefs]);
};
