import type { BlobId } from '../../contract/ids.ts';
import type { Project } from '../../contract/project.ts';
import type { CommittedBase } from '../../contract/result.ts';
import type { Deps } from '../deps.ts';

export type Located = Pick<Project, 'id' | 'path'>;

/** Files that describe tools are small: what is larger is no such file, or meant to cost. */
const LIMITS = { eachBytes: 512 * 1024, totalBytes: 16 * 2 ** 20 };

/** HEAD as the depot has it, and its regular files. */
export const headBlobs = async ({ depot }: Pick<Deps, 'depot'>, project: Located): Promise<{ readonly base: CommittedBase; readonly blobs: ReadonlyMap<string, BlobId> }> => {
  const base = await depot.commitBase(project, { kind: 'head' });
  return { base, blobs: await depot.blobsByPath(project, base.tree) };
};

/** The text of such files, by path; what is too large or binary is missing. */
export const headTexts = async ({ depot }: Pick<Deps, 'depot'>, project: Located, blobs: ReadonlyMap<string, BlobId>, paths: readonly string[]): Promise<Map<string, string>> => {
  const wanted = paths.flatMap((path) => {
    const blob = blobs.get(path);
    return blob === undefined ? [] : [[path, blob] as const];
  });
  const contents = await depot.contents(project, wanted.map(([, blob]) => blob), LIMITS);
  const texts = wanted.flatMap(([path, blob]) => {
    const bytes = contents.get(blob);
    return bytes === undefined || bytes.includes(0) ? [] : [[path, new TextDecoder().decode(bytes)] as const];
  });
  return new Map(texts);
};
