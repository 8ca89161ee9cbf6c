import { default as ignoring } from '@balena/dockerignore';

/** A file, link or submodule of the base, as a build sees it. */
interface ContextFile {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
  readonly size: number;
}

/** Raised when the same files would make another image. */
const FORMAT = 1;

/** What a build may be given: engines keep a copy of it while they build. */
const MOST_FILES = 50_000;
const MOST_BYTES = 512 * 2 ** 20;

/** Where patterns of what is left out may be, the first that is there counts: a Dockerfile's own, then the repository's. */
export const ignoreFilesOf = (dockerfile: string): string[] => [`${dockerfile}.dockerignore`, '.dockerignore'];

/** Whether any line copies from the context. Where none does, an image is the same whatever else the repository holds. */
const copies = (dockerfile: string): boolean => /^\s*(?:ONBUILD\s+)?(?:COPY|ADD)\s/im.test(dockerfile);

/**
 * What of a base's files is given to the builder: all that `.dockerignore` leaves in, in Docker's own reading of it, and the Dockerfile in any
 * case; of a Dockerfile that copies nothing, that alone. Submodules are none of the base's files.
 */
export const contextFiles = <T extends ContextFile>(files: readonly T[], { path, text, ignored }: { readonly path: string; readonly text: string; readonly ignored: string }): T[] => {
  if (!copies(text)) return files.filter((file) => file.path === path);
  const rules = ignoring.default({ ignorecase: false }).add(ignored);
  return files.filter((file) => file.path === path || (file.mode !== '160000' && !rules.ignores(file.path)));
};

/** Why these files are too many for a build; null: they are not. */
export const tooMuchContext = (files: readonly ContextFile[]): string | null => {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length <= MOST_FILES && bytes <= MOST_BYTES) return null;
  return `${files.length} files with ${Math.ceil(bytes / 2 ** 20)} MiB would be given to the builder; at most ${MOST_FILES} files with ${MOST_BYTES / 2 ** 20} MiB are.`;
};

/** What an image is made of, as one canonical text; its hash names the image. */
export const imageIdentity = ({ dockerfile, files, architecture }: { readonly dockerfile: string; readonly files: readonly ContextFile[]; readonly architecture: string }): string =>
  JSON.stringify([FORMAT, architecture, dockerfile, files.map(({ path, mode, id }) => [path, mode, id])]);
