import { EngineFailure } from '../../ports/container-engine.ts';

/** Returns the id or name of a container, fit for a URL path. Refuses what no engine would have given out. */
export const requireContainerName = (name: string): string => {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}$/.test(name)) {
    throw new EngineFailure({ kind: 'refused', message: `not a container's name: ${JSON.stringify(name)}` });
  }
  return name;
};

/** Returns the id, digest or `name:tag` of an image, fit for a URL path. */
export const requireImageReference = (reference: string): string => {
  if (!/^[a-zA-Z0-9][a-zA-Z0-9_./:@-]{0,511}$/.test(reference) || reference.includes('..')) {
    throw new EngineFailure({ kind: 'refused', message: `not an image reference: ${JSON.stringify(reference)}` });
  }
  return reference;
};
