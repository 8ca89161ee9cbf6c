import type { Brief } from '../../src-main/contract/brief.ts';
import type { ById } from './fleet.ts';

/** Every label that a project's briefs have (null: of any project), by name. */
export const labelsOf = (briefs: ById<Brief>, projectId: string | null): string[] => {
  const labels = new Set<string>();
  for (const brief of Object.values(briefs)) {
    if (projectId !== null && brief.projectId !== projectId) continue;
    for (const label of brief.text.labels) labels.add(label);
  }
  return [...labels].sort((a, b) => a.localeCompare(b));
};
