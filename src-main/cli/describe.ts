import type { Evidence, EvidenceItem, Verdict } from '../contract/result.ts';
import type { Phase, Run } from '../contract/run.ts';
import { assertNever } from '../domain/assert-never.ts';
import { allPassed, evidenceFor } from '../domain/evidence.ts';
import { reasonInWords, stateInWords } from '../domain/words.ts';
import { oneLine } from './sanitise.ts';

const phases: Record<Phase, string> = {
  queued: 'queued', preparing: 'preparing', settingUp: 'setting up', sealing: 'sealing', working: 'working', collecting: 'collecting', checking: 'checking',
};

/** What became of a run, in one line. */
export function runInWords(run: Run): string {
  const { state } = run;
  if (state.name === 'failed') return oneLine(`Failed while ${phases[state.phase]}: ${reasonInWords(state.reason)}`);
  if (state.name !== 'reviewable') return stateInWords(state);
  const result = run.turns.at(-1)?.result;
  if (!result) return 'Ready';
  const ready = checksFailed(run) ? 'Ready, checks failed' : 'Ready';
  if (result.outcome === 'noChanges') return `${ready}: no changes`;
  return `${ready}: ${result.files} ${result.files === 1 ? 'file' : 'files'}, +${result.additions} −${result.deletions}`;
}

/** Whether a check that ran on the result, as the run made it, did not show what it must. */
function checksFailed(run: Run): boolean {
  const tree = run.turns.at(-1)?.result?.tree;
  return tree !== undefined && evidenceFor(run, tree).items.some(({ verdict }) => verdict !== 'passed' && verdict !== 'notRun');
}

/** What the checks say, for one check. */
export function verdictInWords(verdict: Verdict): string {
  switch (verdict) {
    case 'passed':
      return 'passed';
    case 'failed':
      return 'FAILED';
    case 'alreadyFailing':
      return 'fails, as it did on the base';
    case 'didNotFailOnBase':
      return 'passes, but did not fail on the base';
    case 'broken':
      return 'could not be run';
    case 'notRun':
      return 'not checked';
    default:
      return assertNever(verdict);
  }
}

/** What a check gave on both sides: `base status 1 after 0.7 s · result status 0 after 0.7 s`. */
export function sidesInWords({ base, result }: Pick<EvidenceItem, 'base' | 'result'>): string {
  return `base ${sideInWords(base)} · result ${sideInWords(result)}`;
}

function sideInWords(side: EvidenceItem['base']): string {
  if (side === null) return 'not run';
  const time = side.durationMs < 60_000 ? `${(side.durationMs / 1000).toFixed(1)} s` : duration(side.durationMs);
  return `${side.timedOut ? 'timed out' : `status ${side.exitCode ?? 'unknown'}`} after ${time}`;
}

/** Whether a finished run is what was asked for: a result, and every check passed. */
export function isSuccess(run: Run, evidence: Evidence | null): boolean {
  return run.state.name === 'reviewable' && (evidence === null || allPassed(evidence));
}

/** `4:10`, or `1:04:10` from an hour on. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

const DAY_MS = 86_400_000;

/** How long ago, in days at most: `within a day`, `a day ago`, `40 days ago`. */
export function daysAgo(ms: number): string {
  const days = Math.floor(ms / DAY_MS);
  return days < 1 ? 'within a day' : days === 1 ? 'a day ago' : `${days} days ago`;
}
