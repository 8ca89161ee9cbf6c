import { projectId } from '../../contract/ids.ts';
import { LABEL } from '../../domain/container-spec.ts';
import { heldFrom, type MadeImage } from '../../domain/disk/held-images.ts';
import type { HeldImage } from '../../domain/disk/plan-collection.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { inSlices } from '../in-slices.ts';
import { DOCKERFILE_LABEL } from '../supervisor/build-image.ts';
import { MADE_IMAGE } from '../supervisor/environment-image.ts';
import { BUILT_ON_LABEL } from '../supervisor/environment-snapshot.ts';
import { countNeeds } from './snapshot-needs.ts';

type Listed = Awaited<ReturnType<ContainerEngine['images']>>;

/** Each once, whatever names it has. An image that somebody built on one of them has its labels too, but not such a name. */
const madeImages = async (engine: ContainerEngine, listed: Listed): Promise<MadeImage[]> => {
  const made = new Map<string, MadeImage>();
  for (const { reference, labels } of listed) {
    const madeFor = projectId.safeParse(labels[DOCKERFILE_LABEL]);
    const image = madeFor.success && reference.startsWith(`${MADE_IMAGE}:`) ? await engine.image(reference) : null;
    if (!madeFor.success || image === null) continue;
    const { id, namedAt } = image;
    const known = made.get(id);
    made.set(id, known === undefined ? { id, references: [reference], projectId: madeFor.data, madeAt: namedAt, layers: await engine.ownLayers(id) } : { ...known, references: [...known.references, reference] });
  }
  return [...made.values()];
};

/** The images that projects' Dockerfiles made. Without an engine none is seen. */
export const heldImages = async ({ store, engines, clock, owner }: Pick<Deps, 'store' | 'engines' | 'clock' | 'owner'>): Promise<HeldImage[]> => {
  const engine = engines.engine();
  if (engine === null) return [];
  const listed = await engine.images({ [LABEL.owner]: owner });
  const made = await madeImages(engine, listed);
  const builtOn = new Map(listed.map(({ reference, labels }) => [reference, labels[BUILT_ON_LABEL]]));
  // Without setup a result is checked in the image itself, which is its snapshot by the name of its id.
  const needs = await inSlices(clock, countNeeds(store));
  // Last, so that it holds at the moment of the answer.
  return heldFrom(made, {
    naming: new Set(store.projects().flatMap(({ id, environment }) => (environment.dockerfile === null ? [] : id))),
    busy: new Set(store.unendedRuns().map((run) => run.projectId)),
    needed: new Set([...needs.keys(), ...store.snapshots().flatMap(({ image }) => builtOn.get(image) ?? [])]),
  });
};
