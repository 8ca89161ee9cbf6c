import type { Fault } from '../contract/fault.ts';
import type { TreeId } from '../contract/ids.ts';
import type { NetworkRule } from '../contract/network.ts';
import type { CheckOutcome, CommittedBase, Readied, Result, WorkEnd } from '../contract/result.ts';
import type { FailureReason, Older, Phase, Run, RunState, Snapshot, Turn } from '../contract/run.ts';
import { assertNever } from './assert-never.ts';
import { hasEnded } from './columns.ts';
import { nextCheck } from './evidence.ts';
import { beginRecheck, canBeRechecked, endRecheck, recheckOf } from './recheck.ts';
import { stateInWords } from './words.ts';

/** Bytes of a check's output that the log held already, by stream. */
type LoggedBefore = { readonly stdout: number; readonly stderr: number };

/** What is asked of a run, by the user or by the supervisor. */
export type RunCommand =
  | { readonly kind: 'start' }
  | { readonly kind: 'waitFor'; readonly after: readonly number[] }
  | { readonly kind: 'setBack'; readonly reason: string }
  | { readonly kind: 'takeBase'; readonly base: CommittedBase }
  | { readonly kind: 'setUp'; readonly upon?: Older; readonly because?: string }
  | { readonly kind: 'seal'; readonly deleted: readonly string[] }
  | { readonly kind: 'useSnapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'settleNetwork'; readonly rules: readonly NetworkRule[] }
  | { readonly kind: 'makeContainer'; readonly container: string; readonly logged?: LoggedBefore; readonly readied?: Readied }
  | { readonly kind: 'endWork'; readonly end: WorkEnd }
  | { readonly kind: 'takeResult'; readonly result: Result }
  | { readonly kind: 'endCheck'; readonly outcome: CheckOutcome }
  | { readonly kind: 'checkSelection'; readonly tree: TreeId }
  | { readonly kind: 'fail'; readonly reason: FailureReason }
  | { readonly kind: 'loseContainer' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'finishCancel' };

/** What happened to a run. Recorded for ever, so a released one never changes its meaning. */
export type RunEvent =
  | { readonly type: 'runStarted' }
  | { readonly type: 'runPutBehind'; readonly after: readonly number[] }
  | { readonly type: 'runSetBack'; readonly reason: string }
  | { readonly type: 'baseTaken'; readonly base: CommittedBase }
  /** `upon`: by the maintenance script; `because`: why from the beginning after all. */
  | { readonly type: 'setupStarted'; readonly upon?: Older; readonly because?: string }
  | { readonly type: 'setupEnded'; readonly deleted?: readonly string[] }
  | { readonly type: 'snapshotTaken'; readonly snapshot: Snapshot }
  | { readonly type: 'networkSettled'; readonly rules: readonly NetworkRule[] }
  | { readonly type: 'containerMade'; readonly container: string; readonly logged?: LoggedBefore; readonly readied?: Readied }
  | { readonly type: 'workEnded'; readonly end: WorkEnd }
  | { readonly type: 'resultTaken'; readonly result: Result }
  | { readonly type: 'checkEnded'; readonly outcome: CheckOutcome }
  | { readonly type: 'runReady' }
  | { readonly type: 'selectionCheckStarted'; readonly tree: TreeId }
  | { readonly type: 'selectionChecked' }
  | { readonly type: 'selectionCheckFailed'; readonly reason: FailureReason }
  | { readonly type: 'selectionCheckStopped' }
  | { readonly type: 'runFailed'; readonly phase: Phase; readonly reason: FailureReason }
  | { readonly type: 'runTimedOut'; readonly phase: Phase }
  | { readonly type: 'runLost'; readonly phase: Phase }
  | { readonly type: 'cancelAsked'; readonly phase: Phase }
  | { readonly type: 'runCancelled' };

export type Decision = { readonly ok: true; readonly events: readonly RunEvent[] } | { readonly ok: false; readonly fault: Fault };

/** The turn that is under way, or the last one. */
export const currentTurn = (run: Pick<Run, 'turns'>): Turn => {
  const turn = run.turns.at(-1);
  if (turn === undefined) throw new Error('a run has at least one turn');
  return turn;
};

/** The phase a state belongs to; for an ended one, the phase in which it ended. */
export const phaseOf = (state: RunState): Phase => {
  switch (state.name) {
    case 'failed':
    case 'cancelling':
    case 'cancelled':
    case 'timedOut':
    case 'lost':
      return state.phase;
    case 'reviewable':
      return 'checking';
    default:
      return state.name;
  }
};

const allow = (...events: RunEvent[]): Decision => ({ ok: true, events });

const refuse = (run: Run, command: RunCommand): Decision => ({
  ok: false,
  fault: {
    code: 'refusedByState',
    message: hasEnded(run.state) ? `This run has ended already (${stateInWords(run.state).toLowerCase()}).` : `This run is ${stateInWords(run.state).toLowerCase()}, so it cannot ${command.kind}.`,
    next: hasEnded(run.state) ? 'Look at what it made, or run again.' : 'Wait for it to go on, or cancel it.',
  },
});

/** What follows from a result: its checks, or the end, when the command failed or there is nothing to check. */
const afterResult = (run: Run, result: Result): RunEvent[] => {
  const work = currentTurn(run).work;
  if (work?.timedOut) return [{ type: 'runTimedOut', phase: 'working' }];
  if (work !== null && work.exitCode !== 0) {
    const { exitCode, outOfMemory } = work;
    return [{ type: 'runFailed', phase: 'working', reason: { kind: 'commandFailed', exitCode, outOfMemory } }];
  }
  return result.outcome === 'noChanges' || run.order.text.checks.length === 0 ? [{ type: 'runReady' }] : [];
};

/** A person who asks about a selection never loses the result for it: whatever happens to its checks, the run is again what it was. */
const decideOnRecheck = (run: Run, command: RunCommand): Decision | null => {
  switch (command.kind) {
    case 'fail':
      return run.state.name === 'cancelling' ? refuse(run, command) : allow({ type: 'selectionCheckFailed', reason: command.reason });
    case 'loseContainer': {
      const fault: Fault = { code: 'engineFailed', message: 'The container of a check is gone.', next: 'Run the checks again.' };
      return run.state.name === 'cancelling' ? refuse(run, command) : allow({ type: 'selectionCheckFailed', reason: { kind: 'fault', fault } });
    }
    case 'finishCancel':
      return run.state.name === 'cancelling' ? allow({ type: 'selectionCheckStopped' }) : refuse(run, command);
    default:
      return null;
  }
};

const decideSelectionCheck = (run: Run, tree: TreeId): Decision => {
  const { name } = run.state;
  const no = (message: string, next: string): Decision => ({ ok: false, fault: { code: 'refusedByState', message, next } });
  if (name === 'checking') return no('Checks of this run are under way already.', 'Wait for them, or cancel them.');
  if (!canBeRechecked(run.state) || currentTurn(run).result === null) {
    return no(`This run has nothing to check (${stateInWords(run.state).toLowerCase()}).`, 'Wait until it is ready for review, or run again.');
  }
  if (nextCheck(run, tree) === null) return no('Every check has run on this selection.', 'Read the evidence, or change the selection.');
  return allow({ type: 'selectionCheckStarted', tree });
};

/** Decides a command on a run's state. Pure: refuses with a fault, or says what happens. */
export const decide = (run: Run, command: RunCommand): Decision => {
  const { state } = run;
  const at = state.name;
  const onRecheck = recheckOf(state) === null ? null : decideOnRecheck(run, command);
  if (onRecheck !== null) return onRecheck;
  switch (command.kind) {
    case 'start':
      return at === 'queued' ? allow({ type: 'runStarted' }) : refuse(run, command);
    case 'waitFor':
      return at === 'queued' ? allow({ type: 'runPutBehind', after: command.after }) : refuse(run, command);
    case 'setBack':
      return at === 'preparing' ? allow({ type: 'runSetBack', reason: command.reason }) : refuse(run, command);
    case 'takeBase':
      return at === 'preparing' ? allow({ type: 'baseTaken', base: command.base }) : refuse(run, command);
    case 'setUp':
      // Sealing goes back to setup when the container that was to be sealed is gone, maintenance when it failed.
      return at === 'preparing' || at === 'sealing' || (at === 'settingUp' && state.upon !== undefined && command.upon === undefined)
        ? allow({ type: 'setupStarted', ...(command.upon === undefined ? {} : { upon: command.upon }), ...(command.because === undefined ? {} : { because: command.because }) })
        : refuse(run, command);
    case 'seal':
      return at === 'settingUp' ? allow({ type: 'setupEnded', deleted: command.deleted }) : refuse(run, command);
    case 'useSnapshot':
      return at === 'preparing' || at === 'sealing'
        ? allow({ type: 'snapshotTaken', snapshot: command.snapshot })
        : refuse(run, command);
    case 'settleNetwork':
      return at === 'working' && state.container === null ? allow({ type: 'networkSettled', rules: command.rules }) : refuse(run, command);
    case 'makeContainer':
      return (at === 'working' || at === 'checking') && state.container === null
        ? allow({ type: 'containerMade', container: command.container, ...(command.logged === undefined ? {} : { logged: command.logged }), ...(command.readied === undefined ? {} : { readied: command.readied }) })
        : refuse(run, command);
    case 'endWork':
      return at === 'working' && state.container !== null ? allow({ type: 'workEnded', end: command.end }) : refuse(run, command);
    case 'takeResult':
      return at === 'collecting'
        ? allow({ type: 'resultTaken', result: command.result }, ...afterResult(run, command.result))
        : refuse(run, command);
    case 'endCheck': {
      if (at !== 'checking') return refuse(run, command);
      const ended: RunEvent = { type: 'checkEnded', outcome: command.outcome };
      const left = nextCheck(evolve(run, ended, 0));
      return left === null ? allow(ended, state.recheck === undefined ? { type: 'runReady' } : { type: 'selectionChecked' }) : allow(ended);
    }
    case 'checkSelection':
      return decideSelectionCheck(run, command.tree);
    case 'fail':
      return hasEnded(state) || at === 'cancelling'
        ? refuse(run, command)
        : allow({ type: 'runFailed', phase: phaseOf(state), reason: command.reason });
    case 'loseContainer':
      return at === 'settingUp' || at === 'working' || at === 'collecting' || at === 'checking'
        ? allow({ type: 'runLost', phase: phaseOf(state) })
        : refuse(run, command);
    case 'cancel':
      if (at === 'queued') return allow({ type: 'cancelAsked', phase: 'queued' }, { type: 'runCancelled' });
      return hasEnded(state) || at === 'cancelling' ? refuse(run, command) : allow({ type: 'cancelAsked', phase: phaseOf(state) });
    case 'finishCancel':
      return at === 'cancelling' ? allow({ type: 'runCancelled' }) : refuse(run, command);
    default:
      return assertNever(command);
  }
};

const withTurn = (run: Run, facts: Partial<Turn>): Run => ({
  ...run,
  turns: [...run.turns.slice(0, -1), { ...currentTurn(run), ...facts }],
});

const enter = (run: Run, state: RunState, at: number): Run => ({
  ...run,
  state,
  times: run.state.name === state.name ? run.times : { ...run.times, [state.name]: at },
  endedAt: hasEnded(state) ? at : null,
});

/** The state of a run whose checks are about to be run, or to go on. */
const checking = (run: Run): Extract<RunState, { name: 'checking' }> => {
  const recheck = recheckOf(run.state);
  return { name: 'checking', container: null, ...(recheck === null ? {} : { recheck }) };
};

/** The run after an event. Never refuses: what happened, happened. `at` is the time of the event. */
export const evolve = (run: Run, event: RunEvent, at: number): Run => {
  switch (event.type) {
    case 'runStarted':
      return enter(run, { name: 'preparing' }, at);
    case 'runPutBehind':
      return { ...run, order: { ...run.order, text: { ...run.order.text, after: [...event.after] } } };
    case 'runSetBack':
      return enter(withTurn(run, { base: null }), { name: 'queued' }, at);
    case 'baseTaken':
      return withTurn(run, { base: event.base });
    case 'setupStarted':
      return enter(run, { name: 'settingUp', ...(event.upon === undefined ? {} : { upon: event.upon }) }, at);
    case 'setupEnded':
      return enter(run, { name: 'sealing', deleted: [...(event.deleted ?? [])], ...(run.state.name === 'settingUp' && run.state.upon !== undefined ? { upon: run.state.upon } : {}) }, at);
    case 'snapshotTaken':
      return enter(withTurn(run, { snapshot: event.snapshot }), { name: 'working', container: null }, at);
    case 'networkSettled': {
      const { network } = run.order;
      return { ...run, order: { ...run.order, network: { ...network, presets: [], rules: [...network.rules, ...event.rules] } } };
    }
    case 'containerMade':
      return run.state.name === 'checking'
        ? enter(run, { ...checking(run), container: event.container, ...(event.logged === undefined ? {} : { logged: event.logged }), ...(event.readied === undefined ? {} : { readied: event.readied }) }, at)
        : enter(run, { name: 'working', container: event.container }, at);
    case 'workEnded':
      return enter(withTurn(run, { work: event.end }), { name: 'collecting' }, at);
    case 'resultTaken':
      return enter(withTurn(run, { result: event.result }), { name: 'checking', container: null }, at);
    case 'checkEnded':
      return enter(
        withTurn(run, { checks: [...currentTurn(run).checks, event.outcome] }),
        checking(run),
        at,
      );
    case 'runReady':
      return enter(run, { name: 'reviewable' }, at);
    case 'selectionCheckStarted':
      return beginRecheck(run, event.tree);
    case 'selectionChecked':
      return endRecheck(run, true);
    case 'selectionCheckFailed':
      return endRecheck(withTurn(run, { checkProblem: event.reason }), false);
    case 'selectionCheckStopped':
      return endRecheck(run, false);
    case 'runFailed':
      return enter(run, { name: 'failed', phase: event.phase, reason: event.reason }, at);
    case 'runTimedOut':
      return enter(run, { name: 'timedOut', phase: event.phase }, at);
    case 'runLost':
      return enter(run, { name: 'lost', phase: event.phase }, at);
    case 'cancelAsked': {
      const recheck = recheckOf(run.state);
      return recheck === null ? enter(run, { name: 'cancelling', phase: event.phase }, at) : { ...run, state: { name: 'cancelling', phase: event.phase, recheck } };
    }
    case 'runCancelled':
      return enter(run, { name: 'cancelled', phase: phaseOf(run.state) }, at);
    default:
      return assertNever(event);
  }
};
