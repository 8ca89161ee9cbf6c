import { BASE_IMAGE_LATEST } from '../../resources/engine/base-image-tag.mjs';
import { findEngine, type EngineEndpoint } from '../../resources/engine/find-engine.mjs';
import { createDockerEngine } from '../../src-main/adapters/docker/docker-engine.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../src-main/ports/container-engine.ts';

export interface TestEngine {
  readonly engine: ContainerEngine;
  readonly endpoint: EngineEndpoint;
  readonly image: string;
}

/** The real engine of this machine with the base image. Throws, saying what to do, when one of them is missing. */
export const requireEngine = async (): Promise<TestEngine> => {
  const found = await findEngine();
  if (!found.found) throw new Error(`these tests need a container engine: ${found.nextStep}`);
  const engine = createDockerEngine({ endpoint: found.endpoint, source: found.source });
  if ((await engine.image(BASE_IMAGE_LATEST)) === null) {
    throw new Error(`these tests need the image ${BASE_IMAGE_LATEST}: \`npm start\` builds it`);
  }
  return { engine, endpoint: found.endpoint, image: BASE_IMAGE_LATEST };
};

/** Removes every container, network and image that carries this owner's label. */
export const sweep = async (engine: ContainerEngine, owner: string): Promise<void> => {
  const labels = { [LABEL.owner]: owner };
  for (const { id } of await engine.containers(labels)) await engine.remove(id);
  for (const { name } of await engine.networks(labels)) await engine.removeNetwork(name);
  for (const { reference } of await engine.images(labels)) await engine.removeImage(reference);
};
