import type { Project } from '../contract/project.ts';

/** How many colours a project can have; what they look like is the window's matter. */
export const PROJECT_COLOURS = 12;

/** The first colour that the fewest projects have. */
export const freeColour = (projects: readonly Pick<Project, 'colour'>[]): number => {
  const uses = Array.from({ length: PROJECT_COLOURS }, (_, colour) => projects.filter((project) => project.colour === colour).length);
  return uses.indexOf(Math.min(...uses));
};
