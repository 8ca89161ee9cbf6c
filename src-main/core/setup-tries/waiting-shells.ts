import type { RunId } from '../../contract/ids.ts';
import type { ShellEvent } from '../../contract/live.ts';
import type { Run } from '../../contract/run.ts';
import { hasEnded } from '../../domain/columns.ts';
import { requireProject } from '../require.ts';
import type { Deps } from '../deps.ts';
import { Refusal, refuse } from '../refusal.ts';
import type { Shells } from '../runs/live-shell.ts';
import { pause, until } from '../supervisor/until.ts';
import type { PassingDriver } from './passing-driver.ts';
import { passingRun } from './passing-run.ts';
import type { PassingRuns } from './passing-runs.ts';

type Opening = Parameters<Shells['open']>[0];

/** A container made from a sealed try, as for its work, that waits while shells are open in it: no secret, and the network that its policy gives. */
interface Waiting {
  readonly run: RunId;
  users: number;
}

export interface WaitingShells {
  /** A shell in such a container, which is made for the first one and goes with the last. `tried` has been sealed. */
  open(tried: Run, input: Opening, signal: AbortSignal): AsyncGenerator<ShellEvent, void>;
  /** Resolves when the container of a try is gone, and its shells with it. */
  close(tried: RunId): Promise<void>;
}

/** Between two looks at whether the container has started, in milliseconds. */
const LOOK_MS = 20;

export const createWaitingShells = (deps: Deps, passing: PassingRuns, driver: PassingDriver, shells: Shells): WaitingShells => {
  const waiting = new Map<RunId, Waiting>();

  const close = async (tried: RunId): Promise<void> => {
    const known = waiting.get(tried);
    if (known === undefined) return;
    waiting.delete(tried);
    const run = passing.run(known.run);
    await driver.cancel(known.run);
    passing.forget(known.run);
    const project = run === null ? null : deps.store.project(run.projectId);
    if (project !== null) await deps.depot.keep(project, `bases/${known.run}/1`, null).catch(() => {});
    await deps.logs.remove(known.run).catch(() => {});
  };

  const join = (tried: Run): Waiting => {
    const known = waiting.get(tried.id);
    const there = known === undefined ? null : passing.run(known.run);
    if (known !== undefined && there !== null && !hasEnded(there.state) && there.state.name !== 'cancelling') {
      known.users += 1;
      return known;
    }
    const run = passingRun(deps, requireProject(deps.store, tried.projectId), tried.order.environment);
    const made = { run: run.id, users: 1 };
    waiting.set(tried.id, made);
    driver.begin(run, 'work');
    return made;
  };

  /** Resolves when the container runs; refuses with the reason when it will not. */
  const started = async (id: RunId, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const run = passing.run(id);
      if (run === null || run.state.name === 'cancelling' || run.state.name === 'cancelled') return refuse('refusedByState', 'The container was taken away.', 'Open the shell again.');
      if (run.state.name === 'failed' && run.state.reason.kind === 'fault') throw new Refusal(run.state.reason.fault);
      if (hasEnded(run.state)) return refuse('engineFailed', 'The container for the shell ended by itself.', 'Open the shell again.');
      const container = run.state.name === 'working' ? run.state.container : null;
      if (container !== null && (await deps.engines.engine()?.inspect(container))?.state === 'running') return;
      await until(pause(deps.clock, LOOK_MS, signal), signal);
    }
  };

  async function* open(tried: Run, input: Opening, signal: AbortSignal): AsyncGenerator<ShellEvent, void> {
    const seat = join(tried);
    let isOver = false;
    // A generator that waits for its reader does not see the signal.
    const letGo = (): void => {
      if (isOver) return;
      isOver = true;
      seat.users -= 1;
      // What is left of it, when the service itself ends, is removed by the next one.
      if (seat.users === 0 && waiting.get(tried.id) === seat) close(tried.id).catch(() => {});
    };
    signal.addEventListener('abort', letGo);
    try {
      await started(seat.run, signal);
      for await (const event of shells.open({ ...input, runId: seat.run }, signal)) {
        // The last event may never be asked for the next one.
        if (event.kind === 'ended') letGo();
        yield event;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', letGo);
      letGo();
    }
  }

  return { open, close };
};
