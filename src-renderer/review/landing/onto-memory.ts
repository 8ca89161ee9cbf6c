import type { ProjectId } from '../../../src-main/contract/ids.ts';

/**
 * What a project's results were landed onto last: the commit that the run started from, the branch that it started from,
 * whichever that is, or one branch by name.
 */
export type Onto = { readonly kind: 'start' } | { readonly kind: 'base' } | { readonly kind: 'branch'; readonly name: string };

const key = (project: ProjectId): string => `drydock.onto.${project}`;

/** null: nothing was landed here yet, or it is not known. */
export const lastOnto = (project: ProjectId): Onto | null => {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key(project)) ?? 'null');
    if (typeof kept !== 'object' || kept === null || !('kind' in kept)) return null;
    if (kept.kind === 'start' || kept.kind === 'base') return { kind: kept.kind };
    return kept.kind === 'branch' && 'name' in kept && typeof kept.name === 'string' ? { kind: 'branch', name: kept.name } : null;
  } catch {
    return null;
  }
};

/** Remembers where a result was landed; `base` is the branch that its run started from. */
export const keepOnto = (project: ProjectId, onto: string, base: string | null): void => {
  const said: Onto = onto === '' ? { kind: 'start' } : onto === base ? { kind: 'base' } : { kind: 'branch', name: onto };
  try {
    localStorage.setItem(key(project), JSON.stringify(said));
  } catch {
    // The next one begins at the base's branch, then.
  }
};

/** What is proposed; '': the commit that the run started from. */
export const proposedOnto = (last: Onto | null, base: string | null): string => {
  if (last?.kind === 'start') return '';
  return last?.kind === 'branch' ? last.name : (base ?? '');
};
