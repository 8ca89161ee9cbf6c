import { join } from 'node:path';
import type { CommandId, RunId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireBrief, requireResult } from '../require.ts';
import { selectedTree } from '../runs/changes.ts';
import { landingMessage } from './landing-message.ts';

/** A private clone of the selection in a new folder; the card stays in Review. The user's repository is not touched. */
export const tryOut = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; runId: RunId; into: string | null },
): Promise<{ path: string }> =>
  once(input.commandId, async () => {
    const { run, project, base } = requireResult(deps.store, input.runId);
    const { tree } = await selectedTree(deps, input);
    const brief = requireBrief(deps.store, run.briefId);
    const path = input.into ?? join(deps.dataDirectory, 'tries', `${project.name}-${brief.number}-${deps.ids.random()}`);
    await deps.depot.cloneInto(project, base, tree, path, landingMessage(run, brief));
    return () => ({ answer: { path }, change: { events: [{ subject: run.id, type: 'triedOut', data: { path } }] } });
  });
