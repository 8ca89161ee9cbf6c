import type { CommandId, ProjectId, RunId } from '../../contract/ids.ts';
import type { FleetChange } from '../../contract/fleet.ts';
import type { ShellEvent } from '../../contract/live.ts';
import type { Environment } from '../../contract/project.ts';
import type { Progress, Run } from '../../contract/run.ts';
import type { SetupFailure, SetupTry } from '../../contract/setup-try.ts';
import { hasEnded } from '../../domain/columns.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import type { Deps } from '../deps.ts';
import { removeImageOf, snapshotRemoval } from '../fleet/snapshots.ts';
import { DONE, type Nothing, type Once } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireEngine, requireProject } from '../require.ts';
import { createShells, type Shells } from '../runs/live-shell.ts';
import { createProgressBoard } from '../supervisor/progress-board.ts';
import type { DriveDeps } from '../supervisor/drive-run.ts';
import { createPassingDriver } from './passing-driver.ts';
import { isPassingId, passingRun } from './passing-run.ts';
import type { PassingRuns } from './passing-runs.ts';
import { createWaitingShells } from './waiting-shells.ts';
import { whyFailed } from './why-failed.ts';

interface Command {
  readonly commandId: CommandId;
  readonly projectId: ProjectId;
}

/**
 * Environments that are tried: prepared, set up and sealed by the same steps as for a run, in containers of their own, on the current HEAD. What
 * a try seals is the snapshot that the next run of the same environment starts from. A try is not stored: it is gone with the service, and what
 * a killed one left is removed by the next.
 */
export interface SetupTries {
  all(): SetupTry[];
  progress(): Progress[];
  start(once: Once, input: Command & { readonly environment?: Environment | undefined }): Promise<SetupTry>;
  stop(once: Once, input: Command): Promise<Nothing>;
  end(once: Once, input: Command & { readonly keep: boolean }): Promise<Nothing>;
  /** What shells of runs are, and of tries too: in the setup's container while it goes on, in one made from the snapshot once it is sealed. */
  readonly shells: Shells;
  /** What the core stands on, with the runs of tries in its store: for reading their logs. */
  readonly deps: Deps;
  dispose(): Promise<void>;
}

export const createSetupTries = (deps: Deps, passing: PassingRuns, shared: Pick<DriveDeps, 'builds' | 'writers'>, tell: (changes: readonly FleetChange[]) => void): SetupTries => {
  const { store, logs, depot, engines } = deps;
  const withPassing = { ...deps, store: passing.store };
  const tries = new Map<ProjectId, RunId>();
  const failures = new Map<RunId, SetupFailure | null>();
  const isTried = (id: RunId): boolean => [...tries.values()].includes(id);
  const progress = createProgressBoard(passing.store, deps.clock, (batch) => tell(batch.filter(({ runId }) => isTried(runId)).map((each) => ({ kind: 'progress', progress: each }))));
  const driver = createPassingDriver(withPassing, passing, progress, shared);
  const shells = createShells(withPassing);
  const waiting = createWaitingShells(withPassing, passing, driver, shells);

  const shown = (run: Run): SetupTry => ({ projectId: run.projectId, run, failure: failures.get(run.id) ?? null });
  const triedRun = (project: ProjectId): Run | null => {
    const id = tries.get(project);
    return id === undefined ? null : passing.run(id);
  };

  /** A failure is told with its explanation, once: it is read from the log first. */
  const explained = async (run: Run): Promise<void> => {
    failures.set(run.id, await whyFailed(deps, run));
    const now = passing.run(run.id);
    if (now !== null && isTried(run.id)) tell([{ kind: 'setupTry', setupTry: shown(now) }]);
    if (!isTried(run.id)) failures.delete(run.id);
  };
  const changed = (run: Run): void => {
    if (!isTried(run.id)) return;
    if (run.state.name === 'failed' || run.state.name === 'lost') void driver.ended(run.id).then(() => explained(run));
    else tell([{ kind: 'setupTry', setupTry: shown(run) }]);
  };

  /** Takes away what a try is known by. Its base stays known for as long as the snapshot that holds its tree. */
  const forget = async (run: Run, isKept: boolean): Promise<void> => {
    tries.delete(run.projectId);
    await waiting.close(run.id);
    await driver.ended(run.id);
    passing.forget(run.id);
    failures.delete(run.id);
    tell([{ kind: 'setupTryRemoved', id: run.projectId }]);
    const project = store.project(run.projectId);
    if (project !== null && !isKept) await depot.keep(project, `bases/${run.id}/1`, null).catch(() => {});
    await logs.remove(run.id).catch(() => {});
  };

  /** The snapshot that a try itself has made; null: it made none. */
  const madeBy = (run: Run): string | null => {
    const { snapshot } = currentTurn(run);
    return snapshot === null || snapshot.reused || snapshot.tree === null ? null : snapshot.key;
  };

  const stops = [
    passing.onChange(changed),
    store.onCommit(({ removedProjects = [] }) => {
      for (const id of removedProjects) {
        const run = triedRun(id);
        if (run !== null) driver.cancel(run.id).then(() => forget(run, false)).catch(() => {});
      }
    }),
  ];
  // Logs of tries of a service that was killed. What cannot be removed now is at the next start.
  void logs.runs().then((all) => Promise.all(all.filter((id) => isPassingId(id) && passing.store.run(id) === null).map((id) => logs.remove(id))), () => {}).catch(() => {});

  return {
    all: () => [...tries.values()].flatMap((id) => passing.run(id) ?? []).map(shown),
    progress: () => [...tries.values()].map((id) => progress.get(id)),
    start: (once, { commandId, projectId, environment }) =>
      once(commandId, async () => {
        const project = requireProject(store, projectId);
        // One that is still being looked for is waited for.
        if (engines.status().state === 'down') requireEngine(engines);
        const before = triedRun(projectId);
        if (before !== null && !hasEnded(before.state)) refuse('refusedByState', 'An environment of this project is being tried already.', 'Wait for it, or stop it.');
        if (before !== null) await forget(before, madeBy(before) !== null);
        return () => {
          // Started twice at once: the second is told of the first.
          if (triedRun(projectId) !== null) refuse('refusedByState', 'An environment of this project is being tried already.', 'Wait for it, or stop it.');
          const run = passingRun(deps, project, environment ?? requireProject(store, projectId).environment);
          tries.set(projectId, run.id);
          driver.begin(run, 'sealed');
          return { answer: shown(run), change: { events: [{ subject: projectId, type: 'setupTried', data: { run: run.id } }] } };
        };
      }),
    stop: (once, { commandId, projectId }) =>
      once(commandId, () => {
        const run = triedRun(projectId);
        if (run !== null) void driver.cancel(run.id);
        return { answer: DONE, change: { events: [] } };
      }),
    end: async (once, { commandId, projectId, keep }) => {
      const run = triedRun(projectId);
      const key = run === null || keep ? null : madeBy(run);
      const image = key === null ? null : (store.snapshot(key)?.image ?? null);
      const remove = image === null ? null : await removeImageOf(engines, image);
      const answer = await once(commandId, async () => {
        if (run !== null && !hasEnded(run.state)) refuse('refusedByState', 'This try goes on.', 'Stop it first, or wait for it.');
        const change = (): ReturnType<typeof snapshotRemoval> => (key === null || store.snapshot(key) === null ? { events: [] } : snapshotRemoval(store, key));
        // Refused before anything is taken away.
        change();
        if (run !== null) await forget(run, keep && madeBy(run) !== null);
        return () => ({ answer: DONE, change: change() });
      });
      if (key !== null && store.snapshot(key) === null) await remove?.();
      return answer;
    },
    shells: {
      ...shells,
      open: (input, signal): AsyncGenerator<ShellEvent, void> => {
        const tried = isTried(input.runId) ? passing.run(input.runId) : null;
        return tried?.state.name === 'reviewable' ? waiting.open(tried, input, signal) : shells.open(input, signal);
      },
    },
    deps: withPassing,
    dispose: async () => {
      for (const stop of stops) stop();
      await shells.dispose();
      await driver.dispose();
    },
  };
};
