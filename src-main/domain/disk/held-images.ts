import type { ProjectId } from '../../contract/ids.ts';
import type { HeldImage } from './plan-collection.ts';

/** An image that a project's Dockerfile made, as the engine tells of it. */
export interface MadeImage extends Pick<HeldImage, 'id' | 'references' | 'projectId' | 'madeAt'> {
  /** Those above the image that it was made from; null: not known. */
  readonly layers: readonly { readonly id: string; readonly bytes: number }[] | null;
}

/** What images are needed for. */
export interface ImageNeeds {
  /** Projects that name a Dockerfile. */
  readonly naming: ReadonlySet<ProjectId>;
  /** Projects with a run that has not ended. */
  readonly busy: ReadonlySet<ProjectId>;
  /** Ids of images that a snapshot was built on, or a result that waits is checked in. */
  readonly needed: ReadonlySet<string>;
}

/**
 * What may go of the images, and what that frees. A step that did not change is one layer of several images, and stays with the newest of
 * them: it counts for that one alone. The one made last for a project is what its next run most likely starts from.
 */
export const heldFrom = (made: readonly MadeImage[], { naming, busy, needed }: ImageNeeds): HeldImage[] => {
  const counted = new Set<string>();
  const seen = new Set<ProjectId>();
  return made
    .toSorted((a, b) => b.madeAt - a.madeAt || (a.id < b.id ? -1 : 1))
    .map(({ layers, ...image }) => {
      const { id, projectId } = image;
      const isNamed = naming.has(projectId);
      const inUse = busy.has(projectId) || needed.has(id) || (isNamed && !seen.has(projectId));
      seen.add(projectId);
      const own = layers?.filter((layer) => !counted.has(layer.id)) ?? null;
      for (const layer of own ?? []) counted.add(layer.id);
      return { ...image, bytes: own?.reduce((sum, { bytes }) => sum + bytes, 0) ?? null, inUse, isNamed };
    });
};
