import type { Fault } from '../../contract/fault.ts';
import type { RunId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import { hasEnded } from '../../domain/columns.ts';
import { EngineFailure, type ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { faultOf, isEngineAway } from '../fault-of.ts';
import { recordRun } from '../runs/record-run.ts';
import { runNextCheck } from './check.ts';
import { cleanUp } from './clean-up.ts';
import { collect } from './collect.ts';
import { prepare } from './prepare.ts';
import type { ProgressBoard } from './progress-board.ts';
import { seal } from './seal.ts';
import { setUp } from './set-up.ts';
import type { SnapshotBuilds } from './snapshot-builds.ts';
import type { Step } from './step.ts';
import { pause } from './until.ts';
import { work } from './work.ts';

/** What stops a driver from outside. */
export class Interrupted extends Error {
  readonly why: 'cancel' | 'dispose';
  constructor(why: 'cancel' | 'dispose') {
    super(why);
    this.why = why;
  }
}

/** Pause before a step is taken up again after the engine was away. */
const RETRY_MS = 1_000;

const isDisposed = (signal: AbortSignal): boolean =>
  signal.aborted && signal.reason instanceof Interrupted && signal.reason.why === 'dispose';

export interface DriveDeps {
  readonly deps: Deps;
  readonly progress: ProgressBoard;
  readonly builds: SnapshotBuilds;
  /** Resolves when an engine is there; rejects when `signal` aborts. */
  readonly engineUp: (signal: AbortSignal) => Promise<ContainerEngine>;
}

const finishCancel: Step = async ({ deps, engine }, run) => {
  await cleanUp(engine, deps.owner, run.id);
  recordRun(deps, run, { kind: 'finishCancel' });
};

/** The step that a state calls for; null when the run waits in the queue or has ended. */
const stepFor = (run: Run): Step | null => {
  switch (run.state.name) {
    case 'preparing':
      return prepare;
    case 'settingUp':
      return setUp;
    case 'sealing':
      return seal;
    case 'working':
      return work;
    case 'collecting':
      return collect;
    case 'checking':
      return runNextCheck;
    case 'cancelling':
      return finishCancel;
    default:
      return null;
  }
};

/** Records a step's failure as the run's end. A missing container means lost; anything else, failed. */
const recordFailure = ({ deps }: DriveDeps, run: Run, error: unknown): void => {
  const phase = run.state.name;
  const isGone = error instanceof EngineFailure && error.fault.kind === 'noSuchContainer';
  if (isGone && (phase === 'working' || phase === 'collecting' || phase === 'checking')) recordRun(deps, run, { kind: 'loseContainer' });
  else recordRun(deps, run, { kind: 'fail', reason: { kind: 'fault', fault: faultOf(error) } });
};

/**
 * Drives one run from its stored state to its end, step by step. Starting and recovering are the same thing: each step looks at
 * what exists first. While the engine is away nothing is concluded: the run waits. Interrupted by `cancel`, it goes on with
 * cancelling; by `dispose`, it is left as it is, its container working on. Resolves to a fault that concerns more than this run.
 */
export const driveRun = async (drive: DriveDeps, id: RunId, interrupt: () => AbortSignal): Promise<Fault | null> => {
  const { deps, progress, builds } = drive;
  const log = await deps.logs.open({ run: id, turn: 1 });
  progress.update(id, { logLength: log.length });
  try {
    for (;;) {
      const run = deps.store.run(id);
      const step = run === null ? null : stepFor(run);
      if (run === null || step === null) break;
      // Cancelling is not interrupted by the cancel that asked for it, only by the service's end.
      const signal = interrupt();
      if (isDisposed(signal)) return null;
      try {
        const engine = await drive.engineUp(signal);
        const project = deps.store.project(run.projectId);
        if (project === null) throw new Error('the project of this run was removed');
        await step({ deps, engine, project, log, progress, builds, signal }, run);
      } catch (error) {
        if (signal.aborted) continue;
        const now = deps.store.run(id);
        if (isEngineAway(error) || now?.state.name === 'cancelling') await pause(deps.clock, RETRY_MS, signal).catch(() => {});
        else if (now !== null && !hasEnded(now.state)) recordFailure(drive, now, error);
      }
    }
    const ended = deps.store.run(id);
    if (ended === null || !hasEnded(ended.state)) return null;
    await log.end();
    progress.update(id, { logLength: log.length, logEnded: true });
    // What cannot be removed now is removed when the engine is next seen: the run itself has ended.
    await drive.engineUp(interrupt()).then((engine) => cleanUp(engine, deps.owner, id)).catch(() => {});
    return concernsMore(ended);
  } finally {
    builds.end(id);
    await log.close();
  }
};

/** A failure whose cause would meet the next run as well: it pauses a queue, once, instead of failing run after run. */
const concernsMore = (run: Run): Fault | null => {
  const { state } = run;
  if (state.name !== 'failed') return null;
  if (state.reason.kind === 'fault') {
    const { code } = state.reason.fault;
    return code === 'diskFull' || code === 'imageMissing' || code === 'engineFailed' ? state.reason.fault : null;
  }
  return state.phase === 'settingUp'
    ? { code: 'refusedByState', message: `Setup of this project ended with status ${state.reason.exitCode}.`, next: 'Read the log, correct the setup script, then retry.' }
    : null;
};
