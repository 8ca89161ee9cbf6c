import { EngineFailure } from '../../ports/container-engine.ts';

/** The engine's filter for objects that carry every one of these labels. Refuses an empty set: it would match anybody's. */
export const labelFilter = (labels: Readonly<Record<string, string>>): { label: string[] } => {
  const label = Object.entries(labels).map(([name, value]) => `${name}=${value}`);
  if (label.length === 0) throw new EngineFailure({ kind: 'refused', message: 'containers and images are only listed by label' });
  return { label };
};
