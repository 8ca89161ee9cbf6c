import type { Brief, BriefText } from '../../contract/brief.ts';
import type { BriefId, CommandId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { requireBrief } from '../require.ts';

/** Changes what a brief says. A run that was launched keeps the text it was launched with. */
export const editBrief = (deps: Deps, once: Once, input: { commandId: CommandId; briefId: BriefId; text: BriefText }): Promise<Brief> =>
  once(input.commandId, () => {
    const brief = { ...requireBrief(deps.store, input.briefId), text: input.text, changedAt: deps.clock.now() };
    return { answer: brief, change: { events: [{ subject: brief.id, type: 'briefEdited', data: input.text }], briefs: [brief] } };
  });
