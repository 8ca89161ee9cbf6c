import type { Brief, BriefText } from '../../contract/brief.ts';
import type { BriefId, CommandId, ProjectId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireProject } from '../require.ts';
import { rankAtEnd } from './card-order.ts';

/** Puts a new brief at the end of the backlog. */
export const createBrief = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; projectId: ProjectId; text: BriefText },
): Promise<Brief> =>
  once(input.commandId, () => {
    requireProject(deps.store, input.projectId);
    const at = deps.clock.now();
    const brief: Brief = {
      id: `brf_${deps.ids.random()}` as BriefId,
      projectId: input.projectId,
      number: deps.store.nextBriefNumber(),
      text: input.text,
      rank: rankAtEnd(deps, 'backlog'),
      currentRun: null,
      decision: null,
      createdAt: at,
      changedAt: at,
    };
    return { answer: brief, change: { events: [{ subject: brief.id, type: 'briefCreated', data: input.text }], briefs: [brief] } };
  });
