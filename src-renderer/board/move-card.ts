import type { Brief, Column } from '../../src-main/contract/brief.ts';
import { rankBefore } from '../../src-main/domain/board-order.ts';
import { api } from '../client/api.ts';
import { COLUMN_TITLE } from '../client/columns.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';
import { titleOf } from '../client/run-sign.ts';
import { showFault, takeBack } from '../ui/toast.tsx';
import { hold, release, releaseWhenSeen } from './dropped.ts';

export interface Move {
  readonly brief: Brief;
  readonly to: Column;
  /** The cards of the target column without the moved one, top first. */
  readonly others: readonly Brief[];
  /** Place among them. */
  readonly index: number;
  /** The user has agreed to lose what the run has done so far. */
  readonly confirmed: boolean;
}

/** Carries out a drag: shown at once, sent as a command, taken back with the reason when it is refused. */
export const moveCard = async ({ brief, to, others, index, confirmed }: Move): Promise<void> => {
  const before = others[index] ?? null;
  hold(brief, { column: to, rank: rankBefore(others.map((other) => other.rank), before?.rank ?? null) });
  try {
    await api.briefs.move({ commandId: newCommandId(), briefId: brief.id, to, before: before?.id ?? null, confirmed });
    releaseWhenSeen(brief);
    takeBack(brief.id);
  } catch (error) {
    release(brief);
    const fault = faultOf(error);
    showFault({ message: `#${brief.number} “${titleOf(brief.text)}” stays out of ${COLUMN_TITLE[to]}. ${fault.message}`, next: fault.next }, brief.id);
  }
};
