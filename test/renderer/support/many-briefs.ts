import type { Brief } from '../../../src-main/contract/brief.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { cannedBrief, cannedFleet, cannedResult, cannedRun, cannedTurn } from './canned.ts';

const WORDS = ['Fix', 'Rename', 'Format', 'Split', 'Test', 'Document', 'Remove', 'Speed up'];
const THINGS = ['the parser', 'the HTTP client and everything that calls it', 'the date picker', 'a flaky test', 'the release notes of the last three versions, which nobody has read', 'an import'];

/** A board of so many cards, spread over the columns as after a year: most are done, a hundred at most run. */
export const manyBriefs = (count: number): FleetState => {
  const briefs: Brief[] = [];
  const runs: Run[] = [];
  for (let number = 1; number <= count; number += 1) {
    const brief = cannedBrief(number, number % 3 === 0 ? 'sample' : 'api', { goal: `${WORDS[number % 8]} ${THINGS[number % 6]}`, labels: number % 5 === 0 ? ['later'] : [] });
    briefs.push(brief);
    const share = (number * 7) % 20;
    if (share < 6) continue;
    if (share < 9) runs.push(cannedRun(brief, { name: 'queued' }));
    else if (share < 10 && number < 2_000) runs.push(cannedRun(brief, { name: 'working', container: 'c' }));
    else {
      if (share >= 13) brief.decision = number % 2 === 0 ? 'landed' : 'closed';
      runs.push(cannedRun(brief, { name: 'reviewable' }, { seen: number % 4 !== 0, turns: [cannedTurn(number, { result: cannedResult(number, { files: number % 30, additions: number % 400 }) })] }));
    }
  }
  return { ...cannedFleet(), briefs, runs, progress: [], waiting: {}, overlaps: {} };
};
