import type { FileContent } from '../../contract/endpoints.ts';
import type { RunId } from '../../contract/ids.ts';
import type { LiveChanges } from '../../contract/live.ts';
import type { Project } from '../../contract/project.ts';
import type { CommittedBase } from '../../contract/result.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { listTouched, MOST_FILE_BYTES, readTouched, type Touched } from '../live/look-into-container.ts';
import { refuse } from '../refusal.ts';
import { requireEngine, requireProject, requireRun } from '../require.ts';

/** Most files that one answer lists. */
const MOST_FILES = 2_000;

interface WorkingRun {
  readonly engine: ContainerEngine;
  readonly container: string;
  readonly project: Project;
  readonly base: CommittedBase;
}

const requireWorking = ({ store, engines }: Pick<Deps, 'store' | 'engines'>, id: RunId): WorkingRun => {
  const run = requireRun(store, id);
  const { base } = currentTurn(run);
  const container = run.state.name === 'working' ? run.state.container : null;
  if (container === null || base === null) return refuse('refusedByState', 'This run is not working right now.', 'Look at its result when it is ready.');
  return { engine: requireEngine(engines), container, project: requireProject(store, run.projectId), base };
};

/** Looks under way, so that many windows at once cost the container one. */
const underWay = new Map<string, Promise<Touched | null>>();

const touchedOf = async ({ engine, container }: WorkingRun): Promise<Touched> => {
  const looking = underWay.get(container) ?? listTouched(engine, container).finally(() => underWay.delete(container));
  underWay.set(container, looking);
  return (await looking) ?? refuse('refusedByState', "This image has no `find`, so its files cannot be listed while it works.", 'Wait for the result.');
};

/** What a run has touched so far, as its container says. */
export const liveChanges = async (deps: Deps, input: { runId: RunId }): Promise<LiveChanges> => {
  const working = requireWorking(deps, input.runId);
  const [{ files, truncated }, known] = await Promise.all([touchedOf(working), deps.depot.blobsByPath(working.project, working.base.tree)]);
  return {
    at: deps.clock.now(),
    files: files.slice(0, MOST_FILES).map(({ path, size }) => ({ path, size, kind: known.has(path) ? 'modified' : 'added' })),
    truncated: truncated || files.length > MOST_FILES,
  };
};

const contentOf = (bytes: Uint8Array | null, size: number): FileContent =>
  // git's own rule: a NUL in the first 8,000 bytes makes a file binary.
  ({ bytes: bytes === null ? null : Buffer.from(bytes).toString('base64'), size, binary: bytes === null || bytes.subarray(0, 8_000).includes(0) });

/** A touched file as it is now, beside the base's content. Only what a list shows can be named: nothing outside of the workspace is. */
export const liveFile = async (deps: Deps, input: { runId: RunId; path: string }): Promise<{ base: FileContent | null; now: FileContent | null }> => {
  const working = requireWorking(deps, input.runId);
  const { engine, container, project, base } = working;
  const [{ files }, known] = await Promise.all([touchedOf(working), deps.depot.blobsByPath(project, base.tree)]);
  const file = files.find(({ path }) => path === input.path);
  if (file === undefined) return refuse('notFound', 'The run has not touched such a file.', 'List the touched files again.');
  const blob = known.get(file.path);
  const [before, now] = await Promise.all([
    blob === undefined ? null : deps.depot.blob(project, blob, MOST_FILE_BYTES),
    readTouched(engine, container, file),
  ]);
  return { base: before && contentOf(before.bytes, before.size), now: now && contentOf(now.bytes, now.size) };
};
