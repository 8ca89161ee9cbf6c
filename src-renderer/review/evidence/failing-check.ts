import type { Evidence, EvidenceItem, Verdict } from '../../../src-main/contract/result.ts';

/** What speaks against a result, the gravest first; a check that failed before the work comes last. */
const AGAINST: readonly (readonly Verdict[])[] = [['failed', 'didNotFailOnBase', 'broken'], ['alreadyFailing']];

/** The check that whoever looks for a reason wants to see first; null: none speaks against the result. */
export const failingCheck = (evidence: Evidence | null): EvidenceItem | null => {
  for (const verdicts of AGAINST) {
    const item = evidence?.items.find(({ verdict }) => verdicts.includes(verdict));
    if (item) return item;
  }
  return null;
};

/** The side whose output says why. */
export const tellingSide = ({ verdict, base, result }: EvidenceItem): 'base' | 'result' => (verdict === 'didNotFailOnBase' && base !== null ? 'base' : result === null ? 'base' : 'result');
