import type { Run, Snapshot } from '../../contract/run.ts';
import { refuse } from '../refusal.ts';
import type { StepContext } from './step.ts';
import { requireReady } from './work.ts';

/**
 * What the result is checked in, as it is now. A snapshot that was removed and set up again has the name of the one before, and may
 * hold the workspace of another base: only its record says which. Fault: imageMissing.
 */
export const snapshotForChecks = ({ deps }: Pick<StepContext, 'deps'>, run: Run): Snapshot => {
  const { snapshot } = requireReady(run);
  if (snapshot.tree === null) return snapshot;
  const now = deps.store.snapshot(snapshot.key);
  return now === null
    ? refuse('imageMissing', 'The sealed environment that this result was made in was removed.', 'Retry the run, or launch another of this project: its environment is set up again, then the result can be checked.')
    : { ...snapshot, image: now.image, tree: now.tree };
};
