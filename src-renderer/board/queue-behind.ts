import type { Brief } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault } from '../ui/toast.tsx';
import { columnNow } from './deeds.ts';
import { spotsOf, wholeBoard } from './spots.ts';

/**
 * Has a brief wait for others, or not any more. A run keeps the text it was launched with, so that one that is queued
 * already is queued anew, at the same place.
 */
export const waitFor = async (brief: Brief, after: number[]): Promise<void> => {
  const isQueued = columnNow(brief) === 'queued';
  const next = spotsOf([brief], wholeBoard())[0]?.next ?? null;
  const { id } = brief;
  try {
    await api.briefs.edit({ commandId: newCommandId(), briefId: id, text: { ...brief.text, after } });
    if (!isQueued) return;
    await api.briefs.move({ commandId: newCommandId(), briefId: id, to: 'backlog', before: null });
    await api.briefs.move({ commandId: newCommandId(), briefId: id, to: 'queued', before: next });
  } catch (error) {
    const fault = faultOf(error);
    showFault({ message: `#${brief.number} is not queued behind another. ${fault.message}`, next: fault.next }, id);
  }
};
