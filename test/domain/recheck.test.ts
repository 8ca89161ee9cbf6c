import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefText } from '../../src-main/contract/brief.ts';
import type { TreeId } from '../../src-main/contract/ids.ts';
import { run as runSchema, type Run } from '../../src-main/contract/run.ts';
import { columnOf, hasEnded, holdsSlot } from '../../src-main/domain/columns.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { evidenceFor, nextCheck } from '../../src-main/domain/evidence.ts';
import { waitsForRecheck } from '../../src-main/domain/recheck.ts';
import { decide, evolve, type RunCommand } from '../../src-main/domain/run-machine.ts';
import { stateInWords } from '../../src-main/domain/words.ts';

const tree = (digit: string) => digit.repeat(40) as TreeId;
const BASE = tree('b');
const RESULT = tree('e');
const CHOSEN = tree('1');
const OTHER = tree('2');

const outcome = (check: number, side: 'base' | 'result', of: TreeId, exitCode = 0) => ({
  check, command: `check ${check}`, side, tree: of, expect: 'passes' as const, exitCode, timedOut: false, startedAt: 1, durationMs: 1, log: { from: 0, to: 0 }, kept: [],
});
const fault = { code: 'diskFull' as const, message: 'full', next: 'free' };

/** A run with a result, in a state, whose checks have these outcomes. */
const runIn = (state: Run['state'], checks: Run['turns'][number]['checks'] = []): Run =>
  runSchema.parse({
    id: 'run_000000000000', briefId: 'brf_000000000000', projectId: 'prj_000000000000', attempt: 1,
    order: { text: briefText.parse({ checks: [{ command: 'check 0' }, { command: 'check 1' }] }), environment: DEFAULT_ENVIRONMENT },
    state,
    turns: [{
      number: 1,
      base: { commit: tree('a'), tree: BASE, choice: { kind: 'head' }, originCommit: tree('c'), description: 'main', notes: [] },
      snapshot: { key: 'k', image: 'i', tree: null, reused: true },
      work: { exitCode: 0, outOfMemory: false, timedOut: false },
      result: { outcome: 'done', commit: tree('d'), tree: RESULT, files: 1, additions: 1, deletions: 0, findings: [] },
      checks,
    }],
    times: { checking: 50, reviewable: 90 }, queuedAt: 1, endedAt: hasEnded(state) ? 90 : null, excluded: [], landed: [], seen: false,
  });

const DONE = [outcome(0, 'result', RESULT), outcome(0, 'base', BASE), outcome(1, 'result', RESULT), outcome(1, 'base', BASE)];
const ready = () => runIn({ name: 'reviewable' }, DONE);

const apply = (run: Run, command: RunCommand, at = 200): Run => {
  const decision = decide(run, command);
  if (!decision.ok) throw new Error(decision.fault.message);
  return decision.events.reduce((state, event) => evolve(state, event, at), run);
};

describe('a check of a selection', () => {
  it('runs only what is missing, on the tree of the selection, and leaves the run as it was', () => {
    let run = apply(ready(), { kind: 'checkSelection', tree: CHOSEN });
    expect(run.endedAt).toBeNull();
    expect(waitsForRecheck(run)).toBe(true);
    // The base has been checked: it is not checked twice.
    for (const check of [0, 1]) {
      expect(nextCheck(run)).toEqual({ check, side: 'result' });
      run = apply(run, { kind: 'makeContainer', container: `c${check}`, logged: { stdout: 7, stderr: 0 } });
      expect(run.state).toMatchObject({ name: 'checking', container: `c${check}`, logged: { stdout: 7 }, recheck: { tree: CHOSEN } });
      run = apply(run, { kind: 'endCheck', outcome: outcome(check, 'result', CHOSEN, check) });
    }
    expect(run).toMatchObject({ state: { name: 'reviewable' }, endedAt: 90, times: { checking: 50, reviewable: 90 } });
    expect(evidenceFor(run, CHOSEN)).toMatchObject({ checked: true, items: [{ verdict: 'passed' }, { verdict: 'failed' }] });
    expect(evidenceFor(run, RESULT)).toMatchObject({ checked: true, items: [{ verdict: 'passed' }, { verdict: 'passed' }] });
    expect(evidenceFor(run, OTHER).checked).toBe(false);
    runSchema.parse(run);
  });

  it('keeps the card in Review, and takes a slot', () => {
    let run = apply(ready(), { kind: 'checkSelection', tree: CHOSEN });
    const card = () => columnOf({ decision: null, currentRun: run.id }, run);
    expect([card(), stateInWords(run.state), holdsSlot(run.state), hasEnded(run.state)]).toEqual(['review', 'Checking again', true, false]);
    run = apply(run, { kind: 'cancel' });
    expect(card()).toBe('review');
    expect(columnOf({ decision: null, currentRun: run.id }, runIn({ name: 'checking', container: null }))).toBe('running');
  });

  it('is refused where there is nothing to check, or nothing left, or checks are under way', () => {
    expect(decide(ready(), { kind: 'checkSelection', tree: RESULT })).toMatchObject({ ok: false, fault: { code: 'refusedByState' } });
    expect(decide(runIn({ name: 'cancelled', phase: 'checking' }), { kind: 'checkSelection', tree: CHOSEN }).ok).toBe(false);
    expect(decide(runIn({ name: 'checking', container: null }), { kind: 'checkSelection', tree: CHOSEN }).ok).toBe(false);
    const without = ready();
    expect(decide({ ...without, turns: without.turns.map((turn) => ({ ...turn, result: null })) }, { kind: 'checkSelection', tree: CHOSEN }).ok).toBe(false);
  });

  it('keeps the result and the outcomes that ended when it is cancelled', () => {
    let run = apply(ready(), { kind: 'checkSelection', tree: CHOSEN });
    run = apply(run, { kind: 'endCheck', outcome: outcome(0, 'result', CHOSEN) });
    run = apply(run, { kind: 'cancel' });
    expect(run.state).toMatchObject({ name: 'cancelling', phase: 'checking' });
    for (const late of [{ kind: 'fail', reason: { kind: 'fault', fault } }, { kind: 'loseContainer' }, { kind: 'cancel' }] as const) expect(decide(run, late).ok).toBe(false);
    run = apply(run, { kind: 'finishCancel' });
    expect(run).toMatchObject({ state: { name: 'reviewable' }, endedAt: 90 });
    expect(run.turns[0]?.result).not.toBeNull();
    expect(nextCheck(run, CHOSEN)).toEqual({ check: 1, side: 'result' });
  });

  it('goes back to what the run was when it breaks off, and says why until the next one', () => {
    const timedOut = runIn({ name: 'timedOut', phase: 'working' });
    let run = apply(apply(timedOut, { kind: 'checkSelection', tree: RESULT }), { kind: 'fail', reason: { kind: 'fault', fault } });
    expect(run.state).toEqual({ name: 'timedOut', phase: 'working' });
    expect(run.turns[0]?.checkProblem).toEqual({ kind: 'fault', fault });
    run = apply(run, { kind: 'checkSelection', tree: RESULT });
    expect(run.turns[0]?.checkProblem).toBeUndefined();
    run = apply(apply(run, { kind: 'makeContainer', container: 'c' }), { kind: 'loseContainer' });
    expect(run).toMatchObject({ state: { name: 'timedOut', phase: 'working' }, turns: [{ checkProblem: { fault: { code: 'engineFailed' } } }] });
  });

  it('makes a run ready that had only its own checks missing', () => {
    for (const state of [{ name: 'lost', phase: 'checking' }, { name: 'failed', phase: 'checking', reason: { kind: 'fault', fault } }] as const) {
      let run = apply(runIn(state, DONE.slice(0, 3)), { kind: 'checkSelection', tree: RESULT });
      expect(nextCheck(run)).toEqual({ check: 1, side: 'base' });
      run = apply(run, { kind: 'endCheck', outcome: outcome(1, 'base', BASE) });
      expect(run.state).toEqual({ name: 'reviewable' });
    }
  });

  it('never loses a result and never checks a tree twice, whatever is asked', () => {
    const trees = [RESULT, CHOSEN, OTHER];
    const command = fc.oneof(
      fc.constantFrom(...trees).map((of): RunCommand => ({ kind: 'checkSelection', tree: of })),
      fc.constantFrom<RunCommand>({ kind: 'cancel' }, { kind: 'finishCancel' }, { kind: 'loseContainer' }, { kind: 'fail', reason: { kind: 'fault', fault } }, { kind: 'makeContainer', container: 'c' }),
      fc.constant('end' as const),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), (sequence) => {
        let run = ready();
        for (const each of sequence) {
          const due = nextCheck(run);
          const under = run.state.name === 'checking' ? run.state.recheck?.tree : undefined;
          if (each === 'end' && (due === null || under === undefined)) continue;
          const asked = each === 'end' && due !== null ? { kind: 'endCheck' as const, outcome: outcome(due.check, due.side, due.side === 'base' ? BASE : (under ?? RESULT)) } : each;
          if (asked === 'end') continue;
          const decision = decide(run, asked);
          if (!decision.ok) continue;
          run = decision.events.reduce((state, event) => evolve(state, event, 300), run);
          expect(run.endedAt).toBe(hasEnded(run.state) ? 90 : null);
          expect(['reviewable', 'checking', 'cancelling']).toContain(run.state.name);
          expect(run.turns[0]?.result?.tree).toBe(RESULT);
        }
        const names = (run.turns[0]?.checks ?? []).map((each) => `${each.check} ${each.side} ${each.tree}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 1_000 },
    );
  });
});
