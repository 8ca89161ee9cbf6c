import { createHash } from 'node:crypto';
import type { TreeId } from '../../contract/ids.ts';
import type { Environment, Project } from '../../contract/project.ts';
import { contextFiles, ignoreFilesOf, imageIdentity, tooMuchContext } from '../../domain/environment/build-context.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../refusal.ts';

/** The part before the tag of every image that a Dockerfile made. */
export const MADE_IMAGE = 'drydock/image';

/** An image that a Dockerfile of the base makes. */
export interface DescribedImage {
  readonly dockerfile: string;
  /** Its name: from all that it is made of, so that it is made once. */
  readonly reference: string;
  /** What the builder is given, by paths as shown. */
  readonly paths: ReadonlySet<string>;
}

interface Wanted {
  readonly project: Project;
  readonly environment: Environment;
  readonly tree: TreeId;
}

const MOST_DOCKERFILE_BYTES = 512 * 1024;

/**
 * The image that an environment's Dockerfile makes of a base. Nothing is made here. Faults: notFound, when the base has no such file;
 * notApproved, when it is not the one that the user approved; tooLarge.
 */
export const describeImage = async ({ depot }: Pick<Deps, 'depot'>, engine: ContainerEngine, { project, tree }: Omit<Wanted, 'environment'>, dockerfile: string): Promise<DescribedImage> => {
  const [files, texts, { architecture }] = await Promise.all([depot.files(project, tree), depot.texts(project, tree, [dockerfile, ...ignoreFilesOf(dockerfile)]), engine.facts()]);
  const file = files.find(({ path, mode }) => path === dockerfile && mode.startsWith('100'));
  const text = texts.get(dockerfile);
  if (file === undefined || text === undefined || file.size > MOST_DOCKERFILE_BYTES) {
    return refuse('notFound', `The base has no text file ${dockerfile} to make the image from.`, 'Commit it, or name another Dockerfile in the environment.');
  }
  if (file.id !== project.approvedDockerfile) {
    refuse(
      'notApproved',
      `${dockerfile} of the base is not the one that you approved, so it is not given the internet.`,
      '`drydock env adopt` shows what is different in the last commit, and with `--yes` approves it.',
      { dockerfile, approved: project.approvedDockerfile ?? null, found: file.id },
    );
  }
  const ignored = ignoreFilesOf(dockerfile).flatMap((path) => texts.get(path) ?? [])[0] ?? '';
  const given = contextFiles(files, { path: dockerfile, text, ignored });
  const tooMuch = tooMuchContext(given);
  if (tooMuch !== null) refuse('tooLarge', tooMuch, 'Leave out what the image does not need, by a .dockerignore.');
  const key = createHash('sha256').update(imageIdentity({ dockerfile, files: given, architecture })).digest('hex');
  return { dockerfile, reference: `${MADE_IMAGE}:${project.id}-${key.slice(0, 24)}`, paths: new Set(given.map(({ path }) => path)) };
};

const requireThere = async (engine: ContainerEngine, reference: string, next: string): Promise<{ reference: string; id: string }> => {
  const image = await engine.image(reference);
  return image === null ? refuse('imageMissing', `The image ${reference} is not on this machine.`, next) : { reference, id: image.id };
};

/** The name of the image of an environment that has no Dockerfile. */
export const namedImage = ({ baseImage }: Pick<Deps, 'baseImage'>, { image }: Environment): string => image ?? baseImage;

/** The image that an environment names. Fault: imageMissing. */
export const requireNamedImage = (deps: Pick<Deps, 'baseImage'>, engine: ContainerEngine, environment: Environment): Promise<{ reference: string; id: string }> => {
  const name = namedImage(deps, environment);
  return requireThere(engine, name, environment.image === null ? 'Run `npm start` once: it builds the base image.' : `Pull or build ${name}, then run again.`);
};

/** The image that an environment starts from on a base: the one it names, or the one made of its Dockerfile before. Fault: imageMissing. */
export const requireImage = async (deps: Pick<Deps, 'baseImage' | 'depot'>, engine: ContainerEngine, wanted: Wanted): Promise<{ reference: string; id: string }> => {
  const { dockerfile } = wanted.environment;
  if (dockerfile === null) return requireNamedImage(deps, engine, wanted.environment);
  const { reference } = await describeImage(deps, engine, wanted, dockerfile);
  return requireThere(engine, reference, `Launch a brief of the project: that makes the image from ${dockerfile}.`);
};
