import type { RunId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import { refuse } from '../refusal.ts';
import { requireResult } from '../require.ts';
import { selectedTree } from '../runs/changes.ts';

/** Largest patch given as text; a larger one is landed into a file. */
const MOST_BYTES = 32 * 2 ** 20;

/** The selection as a patch that `git apply` takes. */
export const readPatch = async (deps: Deps, input: { runId: RunId }): Promise<{ patch: string }> => {
  const { project, base } = requireResult(deps.store, input.runId);
  const { tree } = await selectedTree(deps, input);
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of await deps.depot.patch(project, base.tree, tree)) {
    size += (piece as Buffer).length;
    if (size > MOST_BYTES) refuse('tooLarge', 'The patch is larger than 32 MiB.', 'Land it as a patch file: `drydock land ID --patch FILE`.');
    pieces.push(piece as Buffer);
  }
  return { patch: Buffer.concat(pieces).toString('utf8') };
};
