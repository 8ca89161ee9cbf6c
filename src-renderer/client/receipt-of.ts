import type { Run } from '../../src-main/contract/run.ts';
import { sealReceipt, type SealReceipt } from '../../src-main/contract/secret.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

/** Paths of a container are chosen by whoever ran in it: shown, they must say what they are. */
const shown = (receipt: SealReceipt): SealReceipt => ({
  ...receipt,
  deleted: receipt.deleted.map(visibleText),
  found: receipt.found.map((each) => ({ ...each, place: visibleText(each.place) })),
});

/** What sealing searched and deleted for a run, fit to be shown; null: nothing was sealed (yet). A seal that failed tells it in its fault. */
export const receiptOf = (run: Run): SealReceipt | null => {
  const { state } = run;
  if (state.name === 'failed' && state.reason.kind === 'fault' && state.reason.fault.code === 'secretFound') {
    const told = sealReceipt.safeParse(state.reason.fault.detail?.['receipt']);
    if (told.success) return shown(told.data);
  }
  const receipt = run.turns.findLast(({ snapshot }) => snapshot !== null)?.snapshot?.receipt ?? null;
  return receipt && shown(receipt);
};

/** Whether there is anything to say about what a run reached, or what was sealed before it. */
export const hasNetworkFacts = (run: Run | undefined): boolean => run !== undefined && (run.order.network.mode !== 'off' || receiptOf(run) !== null);
