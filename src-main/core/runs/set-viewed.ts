import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireResult } from '../require.ts';
import { requireChanges } from './require-changes.ts';

/** Remembers which content of a path a person has looked at, or forgets it. */
export const setViewed = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; paths: string[]; viewed: boolean },
): Promise<Run> =>
  once(input.commandId, async () => {
    const changes = await requireChanges(deps, input.runId, input.paths);
    return () => {
      const { run } = requireResult(deps.store, input.runId);
      const viewed = new Map(Object.entries(run.viewed));
      for (const path of input.paths) {
        const change = changes.get(path);
        const seen = change?.newBlob ?? change?.oldBlob ?? null;
        if (input.viewed && seen !== null) viewed.set(path, seen);
        else viewed.delete(path);
      }
      const after: Run = { ...run, viewed: Object.fromEntries(viewed) };
      return { answer: after, change: { events: [], runs: [after] } };
    };
  });
