import type { FileContent, RunChanges } from '../../contract/endpoints.ts';
import type { BlobId, RunId, TreeId } from '../../contract/ids.ts';
import type { Evidence } from '../../contract/result.ts';
import { evidenceFor } from '../../domain/evidence.ts';
import type { Deps } from '../deps.ts';
import { requireResult, requireRun } from '../require.ts';
import { currentTurn } from '../../domain/run-machine.ts';

/** Most files one answer lists; the totals in the result are whole. */
const MOST_FILES = 20_000;
/** Most bytes of one file that a diff view is given. */
const MOST_BYTES = 8 * 2 ** 20;

export const listChanges = async (deps: Deps, input: { runId: RunId }): Promise<RunChanges> => {
  const { run, project, base, result } = requireResult(deps.store, input.runId);
  const files = await deps.depot.changes(project, base.tree, result.tree);
  return {
    base: base.commit,
    result: result.commit,
    files: files.slice(0, MOST_FILES),
    truncated: files.length > MOST_FILES,
    excluded: run.excluded,
  };
};

export const readFile = async (deps: Deps, input: { runId: RunId; blob: BlobId }): Promise<FileContent> => {
  const { project } = requireResult(deps.store, input.runId);
  const { bytes, size } = await deps.depot.blob(project, input.blob, MOST_BYTES);
  if (bytes === null) return { bytes: null, size, binary: true };
  // git's own rule: a NUL in the first 8,000 bytes makes a file binary (buffer_is_binary in xdiff-interface.c).
  const binary = bytes.subarray(0, 8_000).includes(0);
  return { bytes: Buffer.from(bytes).toString('base64'), size, binary };
};

/** The tree of what the user accepted: the result without the excluded paths and hunks. */
export const selectedTree = async (deps: Deps, input: { runId: RunId }): Promise<{ tree: TreeId; isResult: boolean }> => {
  const { run, project, base, result } = requireResult(deps.store, input.runId);
  const tree = await deps.depot.select(project, base.tree, result.tree, run);
  return { tree, isResult: tree === result.tree };
};

/** Evidence for the selection as it is now. */
export const readEvidence = async (deps: Deps, input: { runId: RunId }): Promise<Evidence> => {
  const run = requireRun(deps.store, input.runId);
  const { tree } = await selectedTree(deps, input);
  return evidenceFor({ ...run, turns: [currentTurn(run)] }, tree);
};
