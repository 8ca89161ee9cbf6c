import type { Brief } from '../../src-main/contract/brief.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';
import { faultOf } from '../client/fault-of.ts';
import { titleOf } from '../client/run-sign.ts';
import { showFault, takeBack } from '../ui/toast.tsx';
import { editBrief } from './edit-brief.ts';

interface Failure {
  readonly brief: Brief;
  readonly fault: Fault;
}

/** Does something with each brief in turn, so that their order stays; one that is refused holds up no other. */
export const oneByOne = async (briefs: readonly Brief[], work: (brief: Brief) => Promise<void>): Promise<Failure[]> => {
  const failed: Failure[] = [];
  for (const brief of briefs) {
    try {
      await work(brief);
      takeBack(brief.id);
    } catch (error) {
      failed.push({ brief, fault: faultOf(error) });
    }
  }
  return failed;
};

/** Most numbers and reasons that a message names. */
const MOST = 5;

const list = (parts: readonly string[]): string => (parts.length > MOST ? `${parts.slice(0, MOST).join(', ')} and ${parts.length - MOST} more` : parts.join(', '));

/** Says once what was refused and why: `one` and `many` go on after the briefs, as "stays out of Done". */
export const tellFailures = (failed: readonly Failure[], of: number, one: string, many: string): void => {
  const [first] = failed;
  if (!first) return;
  if (of === 1) {
    const { brief, fault } = first;
    return showFault({ message: `#${brief.number} “${visibleText(titleOf(brief.text))}” ${one}. ${fault.message}`, next: fault.next }, brief.id, { title: 'Open the brief', run: () => editBrief(brief) });
  }
  const reasons = [...Map.groupBy(failed, ({ fault }) => fault.message)].map(([reason, each]) => `${list(each.map(({ brief }) => `#${brief.number}`))}: ${reason}`);
  showFault({ message: `${failed.length} of ${of} ${failed.length === 1 ? one : many}. ${reasons.slice(0, MOST).join(' ')}`, next: first.fault.next }, 'several');
};
