import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import type { TreeId } from '../../contract/ids.ts';
import type { Snapshot } from '../../contract/run.ts';
import { AGENT_UID, WORKSPACE, afterDeleting, type ContainerSpec } from '../../domain/container-spec.ts';
import { EngineFailure } from '../../ports/container-engine.ts';
import { refuse } from '../refusal.ts';
import { createAfresh } from './ahead.ts';
import type { StepContext } from './step.ts';

/** Where the lists of paths to delete are put: outside the workspace, readable by the agent user. */
export const DELETIONS = { files: '/drydock-deletions', folders: '/drydock-deleted-folders' };

/** How a container made from a snapshot comes to hold a tree: what is put in, and what is deleted before the command. */
export interface WorkspaceMove {
  /** The command as it must run, given the deletions. */
  readonly command: (command: string) => string;
  readonly putInto: (container: string) => Promise<void>;
  /** Whether anything is deleted: then the list of it is in the container. */
  readonly deletes: boolean;
}

const prefix = WORKSPACE.slice(1);

interface Deleted {
  readonly files: readonly Uint8Array[];
  readonly folders: readonly Uint8Array[];
}

const NOTHING: Deleted = { files: [], folders: [] };

const deletionLists = (deleted: Deleted): Readable => {
  const archive = pack();
  for (const kind of ['files', 'folders'] as const) {
    const list = Buffer.concat(deleted[kind].flatMap((path) => [Buffer.from(`${WORKSPACE}/`), path, Buffer.from([0])]));
    archive.entry({ name: DELETIONS[kind].slice(1), mode: 0o444 }, list);
  }
  archive.finalize();
  return Readable.from(archive);
};

/**
 * Plans the move from what the snapshot holds to `tree`. Archives go only into containers that never ran; what an archive
 * cannot do, deleting, is done by the container itself before its command.
 */
export const planWorkspace = async (context: Pick<StepContext, 'deps' | 'engine' | 'project'>, snapshot: Pick<Snapshot, 'tree'>, tree: TreeId): Promise<WorkspaceMove> => {
  const { deps, engine, project } = context;
  const from = snapshot.tree as TreeId | null;
  if (from === tree) return { command: (command) => command, putInto: async () => {}, deletes: false };
  const deleted = from === null ? NOTHING : await deps.depot.deletedPaths(project, from, tree);
  const deletes = deleted.files.length + deleted.folders.length > 0;
  return {
    deletes,
    command: (command) => (deletes ? afterDeleting(DELETIONS, command) : command),
    putInto: async (container) => {
      const options = { prefix, uid: AGENT_UID, ...(from === null ? {} : { since: from }) };
      await engine.put(container, '/', await deps.depot.archive(project, tree, options));
      if (deletes) await engine.put(container, '/', deletionLists(deleted));
    },
  };
};

/** Makes a container that holds the workspace and has never run. A leftover of the same name is removed: it has not run either. */
export const createWithWorkspace = async (
  context: StepContext,
  spec: ContainerSpec,
  snapshot: Snapshot,
  move: WorkspaceMove,
): Promise<string> => {
  const { engine } = context;
  const made = await context.ahead.take(spec);
  const container = made?.container ?? await createAfresh(engine, spec).catch((error: unknown) => {
    // A snapshot that was removed by hand is made again by the next run: nothing is wrong with the project.
    if (error instanceof EngineFailure && error.fault.kind === 'noSuchImage' && snapshot.tree !== null) {
      return refuse('imageMissing', `The snapshot ${snapshot.image} of the environment was removed while the run needed it.`, 'Run again: its environment is set up again.');
    }
    throw error;
  });
  if (made?.isFilled !== true) await move.putInto(container);
  return container;
};
