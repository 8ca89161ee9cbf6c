import type { RunId } from '../../contract/ids.ts';
import { LABEL } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';

/** Removes every container and image of a run. Only objects that carry this data directory's label are touched. Fine when repeated. */
export const cleanUp = async (engine: ContainerEngine, owner: string, run: RunId): Promise<void> => {
  const labels = { [LABEL.owner]: owner, [LABEL.run]: run };
  for (const container of await engine.containers(labels)) await engine.remove(container.id);
  for (const image of await engine.images(labels)) await engine.removeImage(image.reference);
};
