import type { Brief } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault } from '../ui/toast.tsx';

/** Has a brief wait for others, or not any more. One that is queued keeps its place and its run. */
export const waitFor = async (brief: Brief, after: number[]): Promise<void> => {
  try {
    await api.briefs.waitFor({ commandId: newCommandId(), briefId: brief.id, after });
  } catch (error) {
    const fault = faultOf(error);
    showFault({ message: `#${brief.number} is not queued behind another. ${fault.message}`, next: fault.next }, brief.id);
  }
};
