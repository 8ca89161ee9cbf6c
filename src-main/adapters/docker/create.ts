import type { ContainerSpec } from '../../domain/container-spec.ts';
import { EngineFailure } from '../../ports/container-engine.ts';
import { createBody, type LogDriver } from './create-body.ts';
import { withTimeout } from './engine-call.ts';
import { marked, type EngineContext } from './engine-context.ts';
import { requireContainerName, requireImageReference } from './engine-names.ts';
import { imageInfo } from './facts.ts';

/** True when what is written below `folder` would land in a volume mounted at `volume`. */
const covers = (volume: string, folder: string): boolean => `${folder}/`.startsWith(`${volume.replace(/\/+$/, '')}/`);

/**
 * A volume that the image declares is not part of what is committed: over the working directory it would lose the
 * result without a word. Elsewhere it does no harm and goes with the container.
 */
const requireNoVolumeOver = (folder: string, volumes: readonly string[], image: string): void => {
  const volume = volumes.find((path) => covers(path, folder));
  if (volume === undefined) return;
  throw new EngineFailure({
    kind: 'refused',
    message: `the image ${image} declares a volume at ${volume}, over the working directory ${folder}: results would be lost in it`,
  });
};

/** Resolves to the container's id. `log` names the driver that keeps its output. */
export const create = (context: EngineContext, spec: ContainerSpec, log: () => Promise<LogDriver>): Promise<string> => {
  const { docker } = context.link;
  const subject = { container: requireContainerName(spec.name), image: requireImageReference(spec.image) };
  return marked(context, 'create', async () => {
    const [image, driver] = await Promise.all([
      withTimeout('create', context.timeouts.callMs, { image: spec.image }, (abortSignal) => imageInfo(context, spec.image, abortSignal)),
      log(),
    ]);
    const volumes = Object.keys(image.Config?.Volumes ?? {});
    if (spec.asImageSays === null) requireNoVolumeOver(spec.workingDirectory, volumes, spec.image);
    const container = await withTimeout('create', context.timeouts.callMs, subject, (abortSignal) =>
      docker.createContainer({ ...createBody(spec, driver, volumes), abortSignal }),
    );
    context.unstarted.add(spec.name, { id: container.id, openStdin: spec.stdin !== 'closed' });
    return container.id;
  });
};
