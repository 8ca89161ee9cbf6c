import type { Evidence } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { counted } from '../../src-main/domain/counted.ts';
import { checkCount, type RunSign } from './run-sign.ts';

/** What all checks of a selection say together. One that failed before the work speaks neither for the work nor against it. */
export const checksInWords = ({ items }: Pick<Evidence, 'items'>, total: number): { readonly tone: RunSign['tone']; readonly shape: RunSign['shape']; readonly words: string } => {
  const passed = items.filter(({ verdict }) => verdict === 'passed').length;
  const already = items.filter(({ verdict }) => verdict === 'alreadyFailing').length;
  if (passed === total) return { tone: 'green', shape: 'check', words: `${passed} of ${counted(total, 'check')} passed` };
  if (passed + already < total) return { tone: 'red', shape: 'cross', words: `${passed} of ${counted(total, 'check')} passed` };
  const failing = `${counted(already, 'check')} ${already === 1 ? 'fails' : 'fail'}, as on the base`;
  return { tone: 'amber', shape: 'cross', words: passed === 0 ? failing : `${passed} passed; ${failing}` };
};

/** Whether its checks speak against a run, as its sign says it. */
export const hasFailedChecks = (run: Run): boolean => {
  const checks = checkCount(run);
  return checks !== null && checks.checked && checksInWords(checks, checks.total).tone === 'red';
};
