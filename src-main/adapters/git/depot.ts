import { blobId, commitId, treeId } from '../../contract/ids.ts';
import type { Weight } from '../../domain/heavy-workspace.ts';
import { DepotFailure, type Depot, type DepotProject } from '../../ports/depot.ts';
import { type FaultPoint, noFaultPoint } from '../../ports/surroundings.ts';
import { archive } from './archive.ts';
import { readBlob } from './blob.ts';
import { changesBetween } from './changes.ts';
import { cloneInto } from './clone-into.ts';
import { commitBase, letGoOfBases } from './commit-base.ts';
import { baseNow } from './base-now.ts';
import { createBaseNotes } from './base-notes.ts';
import { deletedPaths } from './deleted-paths.ts';
import { type DepotDirectory, ensureDepot, requireDepot } from './depot-directory.ts';
import { files } from './files.ts';
import { forgetDepot } from './forget.ts';
import { contents } from './contents.ts';
import { hunksOf } from './hunks.ts';
import { importTree } from './import-tree.ts';
import { indexFile } from './index-file.ts';
import { inspect } from './inspect.ts';
import { placedFiles } from './outside.ts';
import { remotes } from './remotes.ts';
import { keep } from './keep.ts';
import { listCommits } from './list-commits.ts';
import { listFiles } from './list-files.ts';
import { missingFrom } from './missing-from.ts';
import { patch } from './patch.ts';
import { resolveBase } from './resolve-base.ts';
import { runGit } from './run-git.ts';
import { select } from './select.ts';
import { store } from './store.ts';
import { texts } from './texts.ts';
import { blobsByPath } from './blobs-by-path.ts';
import { dropUnneeded, unneededBytes, weighDepot } from './unneeded.ts';
import { findUserRepository } from './user-repository.ts';
import { weigh } from './weigh.ts';
import { withFile } from './with-file.ts';

export interface DepotSettings {
  /** Folder of all depots; each project's is `<directory>/<id>.git`. */
  readonly directory: string;
  readonly faultPoint?: FaultPoint;
}

/** Trees whose weight is remembered: the bases that runs start from these days. */
const KEPT_WEIGHTS = 256;

/** The depot on disk, by the machine's git. */
export function createDepot({ directory, faultPoint = noFaultPoint }: DepotSettings): Depot {
  const baseNotes = createBaseNotes();
  /** A tree's weight is part of what its id stands for. */
  const weights = new Map<string, Weight>();
  const open = (project: DepotProject): Promise<DepotDirectory> => requireDepot(directory, project.id);
  const openIfThere = (project: DepotProject): Promise<DepotDirectory | null> =>
    open(project).catch((error: unknown) => {
      if (error instanceof DepotFailure && error.fault.code === 'notFound') return null;
      throw error;
    });
  const writing = async <Outcome>(name: string, work: () => Promise<Outcome>): Promise<Outcome> => {
    faultPoint(`depot.${name}.before`);
    const outcome = await work();
    faultPoint(`depot.${name}.after`);
    return outcome;
  };
  return {
    inspect,
    remotes: (project) => remotes(project.path),
    async resolve(project, choice) {
      const repository = await findUserRepository(project.path);
      const { commit, tree, description } = await resolveBase(repository, choice);
      return { commit: commitId.parse(commit), description, notes: await baseNotes(repository, repository.place, tree, null) };
    },
    commits: async (project, search) => listCommits(await findUserRepository(project.path), search),
    baseFiles: async (project, choice) => listFiles(await findUserRepository(project.path), choice),
    missingFrom: async (project, choice, landings) => missingFrom(await findUserRepository(project.path), choice, landings),
    baseNow: async (project, base) => baseNow(await findUserRepository(project.path), base),
    async commitBase(project, choice) {
      const repository = await findUserRepository(project.path);
      const depot = await ensureDepot(directory, project);
      return writing('commitBase', () => commitBase({ repository, depot, choice, baseNotes }));
    },
    async keep(project, name, commit) {
      const depot = await open(project);
      await writing('keep', () => keep(depot, name, commit));
    },
    archive: async (project, tree, options) => archive((await open(project)).place, tree, options),
    files: async (project, tree, within) => files((await open(project)).place, tree, within),
    placedFiles: async (project, tree) => placedFiles((await open(project)).place, tree),
    async weigh(project, tree) {
      const weight = weights.get(tree) ?? (await weigh((await open(project)).place, tree));
      weights.set(tree, weight);
      for (const oldest of weights.keys()) if (weights.size > KEPT_WEIGHTS) weights.delete(oldest);
      return weight;
    },
    deletedPaths: async (project, from, to) => deletedPaths((await open(project)).place, from, to),
    indexFile: async (project, tree) => indexFile(await open(project), tree),
    async importTree(project, base, packed, message) {
      const depot = await open(project);
      return writing('importTree', () => importTree(depot, base, packed, message));
    },
    blobsByPath: async (project, tree) => blobsByPath((await open(project)).place, tree),
    async treeOf(project, commit) {
      const tree = await runGit((await open(project)).place, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}^{tree}`]);
      return treeId.parse(tree.text);
    },
    async changes(project, from, to) {
      return (await changesBetween((await open(project)).place, from, to)).map((change) => change.shown);
    },
    hunks: async (project, base, result, path) => hunksOf((await open(project)).place, base, result, path),
    contents: async (project, blobs, limits) => contents((await open(project)).place, blobs, limits),
    blob: async (project, blob, maxBytes) => readBlob((await open(project)).place, blob, maxBytes),
    async store(project, bytes) {
      const depot = await ensureDepot(directory, project);
      return blobId.parse(await writing('store', () => store(depot, bytes)));
    },
    async select(project, base, result, exclusion) {
      const depot = await open(project);
      return treeId.parse(await writing('select', () => select(depot, base, result, exclusion)));
    },
    async withFile(project, tree, path, bytes) {
      const depot = await open(project);
      return treeId.parse(await writing('withFile', () => withFile(depot, tree, path, bytes)));
    },
    patch: async (project, from, to) => patch((await open(project)).place, from, to),
    texts: async (project, tree, paths) => texts((await open(project)).place, tree, paths),
    async cloneInto(project, base, tree, folder, message) {
      const depot = await open(project);
      await writing('cloneInto', () => cloneInto(depot, base, tree, folder, message));
    },
    async heldBytes(project) {
      const depot = await openIfThere(project);
      if (depot === null) return { all: 0, unneeded: 0 };
      const [all, unneeded] = await Promise.all([weighDepot(depot), unneededBytes(depot, Date.now())]);
      return { all, unneeded };
    },
    async letGoOfBases(project) {
      const depot = await openIfThere(project);
      if (depot !== null) await writing('letGoOfBases', () => letGoOfBases(depot));
    },
    async dropUnneeded(project) {
      const depot = await openIfThere(project);
      if (depot !== null) await writing('dropUnneeded', () => dropUnneeded(depot));
    },
    async forget(project) {
      await writing('forget', () => forgetDepot(directory, project.id));
    },
  };
}
