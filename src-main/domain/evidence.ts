import type { Check } from '../contract/brief.ts';
import type { TreeId } from '../contract/ids.ts';
import type { CheckOutcome, Evidence, EvidenceItem, Verdict } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';

/** One check to be run on one side. The base tells "was already failing" and "fails on base". */
export interface DueCheck {
  readonly check: number;
  readonly side: 'base' | 'result';
}

const turnOf = (run: Pick<Run, 'turns'>) => run.turns.at(-1);

/** The tree that is checked against the base: the selection that a person asked about, else the result. null: none yet. */
export const treeUnderCheck = (run: Pick<Run, 'turns' | 'state'>): TreeId | null =>
  (run.state.name === 'checking' ? run.state.recheck?.tree : undefined) ?? turnOf(run)?.result?.tree ?? null;

/** The next check that has no outcome on its tree yet: each on `tree`, then on the base; null when all have run. */
export const nextCheck = (run: Pick<Run, 'turns' | 'order' | 'state'>, tree: TreeId | null = treeUnderCheck(run)): DueCheck | null => {
  const { checks: outcomes = [], base = null } = turnOf(run) ?? {};
  const has = (check: number, side: DueCheck['side']) =>
    outcomes.some((outcome) => outcome.check === check && outcome.side === side && outcome.tree === (side === 'base' ? base?.tree : tree));
  for (const check of run.order.text.checks.keys()) {
    for (const side of ['result', 'base'] as const) if (!has(check, side)) return { check, side };
  }
  return null;
};

/** A shell's status for "command not found" and "cannot be executed" (POSIX, Shell Command Language, 2.8.2). */
const NOT_RUN = new Set([126, 127]);

const succeeded = (outcome: CheckOutcome): boolean => !outcome.timedOut && outcome.exitCode === 0;

/** What both sides together say about the result. */
export const verdictOf = (check: Check, base: CheckOutcome | null, result: CheckOutcome | null): Verdict => {
  if (result === null) return 'notRun';
  // Whatever the base does: the check itself never ran.
  if (result.readied !== undefined && result.readied.problem !== null) return 'failed';
  if (!succeeded(result)) {
    if (result.exitCode !== null && NOT_RUN.has(result.exitCode)) return 'broken';
    return check.expect === 'passes' && base !== null && !succeeded(base) ? 'alreadyFailing' : 'failed';
  }
  if (check.expect === 'passes') return 'passed';
  if (base === null) return 'notRun';
  return succeeded(base) ? 'didNotFailOnBase' : 'passed';
};

/**
 * The evidence of a run for one exact tree. Outcomes of another tree count as not there: a changed selection is another
 * tree and reads "not checked".
 */
export const evidenceFor = (run: Pick<Run, 'turns' | 'order'>, tree: TreeId): Evidence => {
  const outcomes = turnOf(run)?.checks ?? [];
  const baseTree = turnOf(run)?.base?.tree;
  const find = (check: number, side: DueCheck['side'], of: string | undefined) =>
    outcomes.find((outcome) => outcome.check === check && outcome.side === side && outcome.tree === of) ?? null;
  const items = run.order.text.checks.map((check, index): EvidenceItem => {
    const base = find(index, 'base', baseTree);
    const result = find(index, 'result', tree);
    return { check: index, command: check.command, expect: check.expect, verdict: verdictOf(check, base, result), base, result };
  });
  return { tree, checked: items.length > 0 && items.every((item) => item.verdict !== 'notRun'), items };
};

/** Whether every check of the evidence passed. */
export const allPassed = (evidence: Evidence): boolean => evidence.items.every((item) => item.verdict === 'passed');
