import type { Check } from '../../contract/brief.ts';
import type { Readied } from '../../contract/result.ts';
import type { Run, Snapshot } from '../../contract/run.ts';
import { workSpec, type ContainerRole } from '../../domain/container-spec.ts';
import { nextCheck, treeUnderCheck, type DueCheck } from '../../domain/evidence.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { recheckOf } from '../../domain/recheck.ts';
import { keepFiles } from '../collect/kept-files.ts';
import { refuse } from '../refusal.ts';
import { NO_NETWORK, type WorkNetwork } from '../network/work-network.ts';
import { recordRun } from '../runs/record-run.ts';
import { servicesLeft, withServices } from '../services/with-services.ts';
import { observe } from './observe.ts';
import { groundFor, type CheckGround } from './ready-for-check.ts';
import { note, specRequest, type Step, type StepContext } from './step.ts';
import { requireReady } from './work.ts';
import { createWithWorkspace, planWorkspace } from './workspace.ts';

const treeFor = (run: Run, due: DueCheck) => {
  const { base } = requireReady(run);
  if (due.side === 'base') return base.tree;
  return treeUnderCheck(run) ?? refuse('internal', 'There is no result to check.', 'Run again.');
};

/** Distinct for each selection, so that the container of one never meets that of another on its way out. */
const roleOf = (run: Run, { check, side }: DueCheck): ContainerRole => {
  const tree = treeUnderCheck(run);
  return side === 'base' || tree === null || tree === currentTurn(run).result?.tree ? `check-${check}-${side}` : `check-${check}-selection-${tree.slice(0, 12)}`;
};

const sourceOf = ({ check, side }: DueCheck) => `check:${check}:${side}` as const;

const makeContainer = async (context: StepContext, run: Run, due: DueCheck, command: string, network: WorkNetwork, snapshot: Snapshot): Promise<string> => {
  const role = roleOf(run, due);
  const move = await planWorkspace(context, snapshot, treeFor(run, due));
  return createWithWorkspace(context, workSpec(specRequest(context, run, role, snapshot.image), move.command(command), network), snapshot, move);
};

/** A check whose environment could not be made ready has failed without having run. */
const endUnready = (context: StepContext, run: Run, due: DueCheck, { command, expect }: Check, readied: Readied, begun: { readonly at: number; readonly monotonic: number; readonly log: number }): void => {
  const { deps, log } = context;
  const outcome = { ...due, command, tree: treeFor(run, due), expect, exitCode: null, timedOut: false, startedAt: begun.at, durationMs: Math.round(deps.clock.monotonic() - begun.monotonic), log: { from: begun.log, to: log.length }, kept: [], readied };
  recordRun(deps, run, { kind: 'endCheck', outcome });
};

/**
 * Check: each command once on the result and once on the base, each in a fresh container from the snapshot, never the agent's, with
 * fresh services beside it; the exit status, as the engine reports it, is the outcome.
 */
export const runNextCheck: Step = async (context, run) => {
  const due = nextCheck(run);
  const check = due === null ? undefined : run.order.text.checks[due.check];
  if (due === null || check === undefined) return refuse('internal', 'There is no check left to run.', 'Run again.');
  const role = roleOf(run, due);
  const container = run.state.name === 'checking' ? run.state.container : null;
  const begun = { at: context.deps.clock.now(), monotonic: context.deps.clock.monotonic(), log: context.log.length };
  const ground = container === null ? await groundFor(context, run, treeFor(run, due), sourceOf(due)) : null;
  if (ground?.readied != null && ground.readied.problem !== null) return endUnready(context, run, due, check, ground.readied, begun);
  const hasEnded = container !== null && (await context.engine.inspect(container))?.state === 'ended';
  const network = hasEnded ? servicesLeft(context, run, role) : await withServices(context, run, role, NO_NETWORK, container !== null);
  let isDone = false;
  try {
    await runCheck(context, run, due, check, network, ground);
    isDone = true;
  } finally {
    // What cannot be removed now is removed with the run's other objects.
    await network.end(isDone ? 'close' : 'leave').catch(() => {});
  }
};

const runCheck = async (context: StepContext, run: Run, due: DueCheck, check: Check, network: WorkNetwork, ground: CheckGround | null): Promise<void> => {
  const { deps, engine, project, log } = context;
  const tree = treeFor(run, due);
  const source = sourceOf(due);
  let container = run.state.name === 'checking' ? run.state.container : null;
  const fresh = container === null;
  let current = run;
  if (container === null) {
    container = await makeContainer(context, run, due, check.command, network, ground?.snapshot ?? requireReady(run).snapshot);
    note(context, `Check ${due.check + 1} on the ${due.side === 'result' && recheckOf(run.state) !== null ? 'selection' : due.side}: ${check.command.split('\n')[0]}`);
    current = recordRun(deps, run, { kind: 'makeContainer', container, logged: { stdout: log.held(source, 'stdout'), stderr: log.held(source, 'stderr') }, ...(ground?.readied == null ? {} : { readied: ground.readied }) });
  }
  // The same check may have written before, on another tree.
  const logged = (current.state.name === 'checking' ? current.state.logged : undefined) ?? { stdout: 0, stderr: 0 };
  const from = log.length - Math.max(0, log.held(source, 'stdout') - logged.stdout) - Math.max(0, log.held(source, 'stderr') - logged.stderr);
  const readied = current.state.name === 'checking' ? current.state.readied : undefined;
  const startedAt = deps.clock.now();
  const began = deps.clock.monotonic();
  const budget = { used: () => 0, totalMs: check.timeoutSeconds * 1000, onTick: () => {} };
  const observed = await observe(context, run, container, source, budget, { fresh, logged, lost: network.lost });
  if (observed.kind === 'gone') {
    recordRun(deps, current, { kind: 'loseContainer' });
    return;
  }
  const kept = due.side === 'result' && check.keep.length > 0
    ? await keepFiles({ engine, depot: deps.depot }, { project, container, workingDirectory: run.order.text.scope.workingDirectory, globs: check.keep })
    : [];
  recordRun(deps, current, {
    kind: 'endCheck',
    outcome: {
      ...due,
      command: check.command,
      tree,
      expect: check.expect,
      exitCode: observed.timedOut ? null : observed.exit.exitCode,
      timedOut: observed.timedOut,
      startedAt,
      durationMs: Math.round(deps.clock.monotonic() - began),
      log: { from, to: log.length },
      kept,
      ...(readied === undefined ? {} : { readied }),
    },
  });
  await engine.remove(container);
};
