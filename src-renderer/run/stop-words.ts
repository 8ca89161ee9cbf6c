import type { Run } from '../../src-main/contract/run.ts';
import { recheckOf } from '../../src-main/domain/recheck.ts';
import { count } from '../ui/format.ts';

const lostBy = ({ state }: Run, touched: number): string => {
  switch (state.name) {
    case 'preparing':
    case 'settingUp':
    case 'sealing':
      return 'The setup is broken off, and what it has done so far is lost; nothing was worked on yet.';
    case 'checking':
      return 'The checks under way are broken off.';
    default:
      return touched > 0 ? `What it has changed so far is lost: ${count(touched, 'file')}.` : 'What it has done so far is lost.';
  }
};

const keptBy = ({ state }: Run): string => {
  if (recheckOf(state) !== null) return 'The result and the checks that have ended are kept.';
  if (state.name === 'checking') return 'The result, the checks that have ended, the brief and the log are kept.';
  return 'The brief and the log up to here are kept; to run again begins from the base.';
};

/** What stopping a run now loses, and what stays: a sentence each. `touched`: files that it has changed so far. */
export const stopInWords = (run: Run, touched: number): { readonly lost: string; readonly kept: string } => ({ lost: lostBy(run, touched), kept: keptBy(run) });
