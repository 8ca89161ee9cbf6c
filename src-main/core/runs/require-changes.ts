import type { RunId } from '../../contract/ids.ts';
import type { FileChange } from '../../contract/result.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';

/** The changes of a run's result by path. Every path named must be one: a typing error must not look like a choice. */
export const requireChanges = async (deps: Deps, runId: RunId, paths: readonly string[]): Promise<ReadonlyMap<string, FileChange>> => {
  const { project, base, result } = requireResult(deps.store, runId);
  const changes = new Map((await deps.depot.changes(project, base.tree, result.tree)).map((change) => [change.path, change]));
  const stranger = paths.find((path) => !changes.has(path));
  return stranger === undefined ? changes : refuse('notFound', `The result does not change ${stranger}.`, 'List the changed files with `drydock diff ID --stat`.');
};
