import { isDeepStrictEqual } from 'node:util';
import type { Brief, BriefText } from '../../contract/brief.ts';
import type { BriefId, CommandId } from '../../contract/ids.ts';
import type { Deps } from '../deps.ts';
import type { Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief } from '../require.ts';

/**
 * Changes what a brief says. A run that was launched keeps the text it was launched with. `from` is the text that was
 * changed: with it the edit is refused when somebody else has changed the brief since.
 */
export const editBrief = (
  deps: Deps,
  once: Once,
  input: { commandId: CommandId; briefId: BriefId; text: BriefText; from?: BriefText | undefined },
): Promise<Brief> =>
  once(input.commandId, () => {
    const before = requireBrief(deps.store, input.briefId);
    if (input.from !== undefined && !isDeepStrictEqual(before.text, input.from)) {
      refuse('refusedByState', 'The brief was changed elsewhere meanwhile.', 'Look at it again, then choose which text is to stay.');
    }
    const brief = { ...before, text: input.text, changedAt: deps.clock.now() };
    return { answer: brief, change: { events: [{ subject: brief.id, type: 'briefEdited', data: input.text }], briefs: [brief] } };
  });
