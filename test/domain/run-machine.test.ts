import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { briefText } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { decide, evolve, phaseOf, type RunCommand } from '../../src-main/domain/run-machine.ts';

const tree = (digit: string) => digit.repeat(40);

const newRun = (checks: number): Run =>
  ({
    id: 'run_000000000000',
    briefId: 'brf_000000000000',
    projectId: 'prj_000000000000',
    attempt: 1,
    order: {
      text: briefText.parse({ checks: Array.from({ length: checks }, (_, index) => ({ command: `check ${index}` })) }),
      environment: DEFAULT_ENVIRONMENT,
    },
    state: { name: 'queued' },
    turns: [{ number: 1, base: null, snapshot: null, work: null, result: null, checks: [] }],
    times: {},
    queuedAt: 1,
    endedAt: null,
    excluded: [],
    landed: [],
    seen: false,
  }) as unknown as Run;

const base = { commit: tree('a'), tree: tree('b'), choice: { kind: 'head' }, originCommit: tree('c'), description: 'main', notes: [] };
const result = (outcome: 'done' | 'noChanges') => ({ outcome, commit: tree('d'), tree: tree('e'), files: 1, additions: 1, deletions: 0, findings: [] });
const outcome = (check: number, side: 'base' | 'result') => ({
  check, command: `check ${check}`, side, tree: side === 'base' ? tree('b') : tree('e'), expect: 'passes', exitCode: 0, timedOut: false,
  startedAt: 1, durationMs: 1, log: { from: 0, to: 0 }, kept: [],
});
const cast = (command: unknown): RunCommand => command as RunCommand;

const apply = (run: Run, command: RunCommand, at = 2): Run => {
  const decision = decide(run, command);
  if (!decision.ok) throw new Error(decision.fault.message);
  return decision.events.reduce((state, event) => evolve(state, event, at), run);
};

const toWork = (checks: number): Run =>
  [
    cast({ kind: 'start' }),
    cast({ kind: 'takeBase', base }),
    cast({ kind: 'useSnapshot', snapshot: { key: 'k', image: 'i', tree: null, reused: true } }),
    cast({ kind: 'makeContainer', container: 'c' }),
  ].reduce((run, command) => apply(run, command), newRun(checks));

const collected = (checks: number, end: { exitCode: number; timedOut?: boolean }, kind: 'done' | 'noChanges' = 'done'): Run => {
  const ended = apply(toWork(checks), cast({ kind: 'endWork', end: { outOfMemory: false, timedOut: false, ...end } }));
  return apply(ended, cast({ kind: 'takeResult', result: result(kind) }));
};

describe('the run machine', () => {
  it('goes through setup and sealing when there is no snapshot, and back to setup when its container is gone', () => {
    let run = apply(apply(newRun(0), { kind: 'start' }), cast({ kind: 'takeBase', base }));
    run = apply(run, { kind: 'setUp' });
    expect(run.state.name).toBe('settingUp');
    run = apply(run, { kind: 'seal', deleted: [] });
    run = apply(run, { kind: 'setUp' });
    expect(run.state.name).toBe('settingUp');
    run = apply(apply(run, { kind: 'seal', deleted: [] }), cast({ kind: 'useSnapshot', snapshot: { key: 'k', image: 'i', tree: tree('b'), reused: false } }));
    expect(run.state).toEqual({ name: 'working', container: null });
  });

  it('never makes a second work container', () => {
    const run = toWork(0);
    expect(decide(run, { kind: 'makeContainer', container: 'another' }).ok).toBe(false);
  });

  it('runs each check on the result and on the base, then is ready', () => {
    let run = collected(2, { exitCode: 0 });
    expect(run.state.name).toBe('checking');
    const sides = [[0, 'result'], [0, 'base'], [1, 'result'], [1, 'base']] as const;
    for (const [check, side] of sides) {
      expect(run.state.name).toBe('checking');
      run = apply(run, cast({ kind: 'makeContainer', container: `${check}${side}` }));
      run = apply(run, cast({ kind: 'endCheck', outcome: outcome(check, side) }));
    }
    expect(run.state.name).toBe('reviewable');
    expect(run.endedAt).toBe(2);
  });

  it('keeps the result of a command that failed or ran out of time, and runs no check', () => {
    expect(collected(1, { exitCode: 3 })).toMatchObject({
      state: { name: 'failed', phase: 'working', reason: { kind: 'commandFailed', exitCode: 3 } },
      turns: [{ result: { outcome: 'done' } }],
    });
    expect(collected(1, { exitCode: 137, timedOut: true })).toMatchObject({ state: { name: 'timedOut', phase: 'working' }, turns: [{ result: { outcome: 'done' } }] });
  });

  it('has nothing to check when nothing changed', () => {
    expect(collected(3, { exitCode: 0 }, 'noChanges').state.name).toBe('reviewable');
  });

  it('cancels a queued run at once and a running one in two steps, from any phase', () => {
    expect(apply(newRun(0), { kind: 'cancel' }).state).toEqual({ name: 'cancelled', phase: 'queued' });
    const cancelling = apply(toWork(0), { kind: 'cancel' });
    expect(cancelling.state).toEqual({ name: 'cancelling', phase: 'working' });
    expect(decide(cancelling, cast({ kind: 'endWork', end: { exitCode: 0, outOfMemory: false, timedOut: false } })).ok).toBe(false);
    expect(apply(cancelling, { kind: 'finishCancel' }).state).toEqual({ name: 'cancelled', phase: 'working' });
  });

  it('keeps its invariants under any sequence of commands', () => {
    const commands = fc.constantFrom(
      ...[
        { kind: 'start' }, { kind: 'waitFor', after: [7] }, { kind: 'setBack', reason: 'x' }, { kind: 'takeBase', base }, { kind: 'setUp' }, { kind: 'seal', deleted: [] },
        { kind: 'useSnapshot', snapshot: { key: 'k', image: 'i', tree: null, reused: true } }, { kind: 'makeContainer', container: 'c' },
        { kind: 'endWork', end: { exitCode: 0, outOfMemory: false, timedOut: false } }, { kind: 'endWork', end: { exitCode: 1, outOfMemory: false, timedOut: false } },
        { kind: 'takeResult', result: result('done') }, { kind: 'endCheck', outcome: outcome(0, 'result') }, { kind: 'endCheck', outcome: outcome(0, 'base') },
        { kind: 'fail', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } }, { kind: 'loseContainer' }, { kind: 'cancel' }, { kind: 'finishCancel' },
      ].map(cast),
    );
    fc.assert(
      fc.property(fc.array(commands, { maxLength: 40 }), (sequence) => {
        let run = newRun(1);
        let workContainers = 0;
        for (const command of sequence) {
          const before = run;
          const decision = decide(run, command);
          if (!decision.ok) {
            expect(decision.fault.next).not.toBe('');
            continue;
          }
          if (command.kind === 'makeContainer' && before.state.name === 'working') workContainers += 1;
          run = decision.events.reduce((state, event) => evolve(state, event, 5), run);
          // What has ended stays ended, and every ended run knows its phase and when.
          expect(hasEnded(before.state)).toBe(false);
          expect(run.endedAt !== null).toBe(hasEnded(run.state));
          expect(phaseOf(run.state)).toBeTruthy();
        }
        expect(workContainers).toBeLessThanOrEqual(1);
        if (run.state.name === 'reviewable') expect(run.turns[0]?.result).not.toBeNull();
      }),
      { numRuns: 2_000 },
    );
  });
});
