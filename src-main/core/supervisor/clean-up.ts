import type { RunId } from '../../contract/ids.ts';
import { LABEL, ownLabels, runOf } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';

/** Removes every container, network and image of a run. Only objects that carry this data directory's label are touched. Fine when repeated. */
export const cleanUp = async (engine: ContainerEngine, owner: string, run: RunId): Promise<void> => {
  const labels = ownLabels(owner, run);
  // Those that were made ahead carry no run's label: the run that took one gave it its name.
  for (const container of await engine.containers({ [LABEL.owner]: owner })) if (runOf(container) === run) await engine.remove(container.id);
  for (const { name } of await engine.networks(labels)) await engine.removeNetwork(name);
  for (const image of await engine.images(labels)) await engine.removeImage(image.reference);
};
