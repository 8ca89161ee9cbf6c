import type { Fault, FaultCode } from '../../contract/fault.ts';
import type { RunId } from '../../contract/ids.ts';
import type { Phase, Run } from '../../contract/run.ts';
import { hasEnded } from '../../domain/columns.ts';
import { recheckOf } from '../../domain/recheck.ts';
import { EngineFailure, type ContainerEngine } from '../../ports/container-engine.ts';
import type { LogWriter } from '../../ports/log-store.ts';
import type { Deps } from '../deps.ts';
import { faultOf, isEngineAway } from '../fault-of.ts';
import { keepLogTail } from '../runs/keep-log-tail.ts';
import { recordRun } from '../runs/record-run.ts';
import type { WarmPool } from '../warm/warm-pool.ts';
import { ContainerAhead } from './ahead.ts';
import { runNextCheck } from './check.ts';
import { cleanUp } from './clean-up.ts';
import { collect } from './collect.ts';
import { prepare } from './prepare.ts';
import type { ProgressBoard } from './progress-board.ts';
import { seal } from './seal.ts';
import { setUp } from './set-up.ts';
import type { SnapshotBuilds } from './snapshot-builds.ts';
import type { Step } from './step.ts';
import type { Writers } from './writers.ts';
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
  readonly warm: Pick<WarmPool, 'take' | 'discard'>;
  readonly writers: Writers;
  /** Resolves when an engine is there; rejects when `signal` aborts. */
  readonly engineUp: (signal: AbortSignal) => Promise<ContainerEngine>;
}

const finishCancel: Step = async ({ deps, engine, ahead }, run) => {
  // What is being made is not missed.
  await ahead.letGo();
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
const recordFailure = ({ deps }: DriveDeps, log: LogWriter, run: Run, error: unknown): void => {
  const phase = run.state.name;
  // The run goes back to what it was, which does not say why its checks did not run: its log does, and the turn.
  if (recheckOf(run.state) !== null) log.append('drydock', 'stdout', Buffer.from(`The checks of the selection broke off: ${faultOf(error).message}\n`))?.catch(() => {});
  const isGone = error instanceof EngineFailure && error.fault.kind === 'noSuchContainer';
  if (isGone && (phase === 'settingUp' || phase === 'working' || phase === 'collecting' || phase === 'checking')) recordRun(deps, run, { kind: 'loseContainer' });
  else recordRun(deps, run, { kind: 'fail', reason: { kind: 'fault', fault: faultOf(error) } });
};

/**
 * Drives one run from its stored state to its end, step by step. Starting and recovering are the same thing: each step looks at
 * what exists first. While the engine is away nothing is concluded: the run waits. Interrupted by `cancel`, it goes on with
 * cancelling; by `dispose`, it is left as it is, its container working on. A run that has ended already gets what its end still
 * needs: its log is ended, what it left at the engine removed.
 */
export const driveRun = async (drive: DriveDeps, id: RunId, interrupt: () => AbortSignal): Promise<void> => {
  const { deps, progress, builds, warm, writers } = drive;
  const ahead = new ContainerAhead();
  const log = await deps.logs.open({ run: id, turn: 1 });
  const begun = deps.store.run(id);
  // The log of a run whose selection is checked goes on after its end.
  progress.update(id, { logLength: log.length, ...(begun === null || hasEnded(begun.state) ? {} : { logEnded: false }) });
  try {
    for (;;) {
      const run = deps.store.run(id);
      const step = run === null ? null : stepFor(run);
      if (run === null || step === null) break;
      // Cancelling is not interrupted by the cancel that asked for it, only by the service's end.
      const signal = interrupt();
      if (isDisposed(signal)) return;
      try {
        const engine = await drive.engineUp(signal);
        const project = deps.store.project(run.projectId);
        if (project === null) throw new Error('the project of this run was removed');
        await hastened(drive, engine, run, signal, step({ deps, engine, project, log, progress, builds, writers, ahead, warm, signal }, run));
      } catch (error) {
        if (signal.aborted) continue;
        const now = deps.store.run(id);
        if (isEngineAway(error) || now?.state.name === 'cancelling') await pause(deps.clock, RETRY_MS, signal).catch(() => {});
        else if (now !== null && !hasEnded(now.state)) recordFailure(drive, log, now, error);
      }
    }
    await ahead.letGo();
    const ended = deps.store.run(id);
    if (ended === null || !hasEnded(ended.state)) return;
    await log.end();
    // Only for finding the run again: its end does not wait for a disk that is full.
    await keepLogTail(deps, id, 1, log.length).catch(() => {});
    progress.update(id, { logLength: log.length, logEnded: true });
    // What cannot be removed now is removed when the engine is next seen: the run itself has ended.
    await drive.engineUp(interrupt()).then((engine) => cleanUp(engine, deps.owner, id)).catch(() => {});
  } finally {
    await ahead.letGo();
    await log.close();
  }
};

/**
 * Some steps cannot be interrupted: a commit of gigabytes, a listing of a large workspace. When the run is cancelled meanwhile its
 * containers are removed under them, so that they fail soon; whatever they still make is removed by the cancelling that follows.
 */
const hastened = async ({ deps }: DriveDeps, engine: ContainerEngine, run: Run, signal: AbortSignal, step: Promise<void>): Promise<void> => {
  const hasten = (): void => {
    if (!isDisposed(signal) && run.state.name !== 'cancelling') cleanUp(engine, deps.owner, run.id).catch(() => {});
  };
  signal.addEventListener('abort', hasten);
  try {
    await step;
  } finally {
    signal.removeEventListener('abort', hasten);
  }
};

const SETTING_UP: readonly Phase[] = ['preparing', 'settingUp'];
const UNTIL_WORK: readonly Phase[] = [...SETTING_UP, 'sealing', 'working'];
/** Faults that the next run would meet as well, and until which phase: later, a missing image or a refusal is about what this run made. */
const RECURRING: Partial<Record<FaultCode, readonly Phase[]>> = {
  diskFull: [...UNTIL_WORK, 'collecting', 'checking'],
  imageMissing: SETTING_UP,
  imageNotMade: SETTING_UP,
  notApproved: SETTING_UP,
  engineFailed: UNTIL_WORK,
  // Of a secret: it has no value here, or none can be had, or setup leaves it behind.
  notFound: SETTING_UP,
  secretUnreadable: UNTIL_WORK,
  secretFound: UNTIL_WORK,
  policyNotEnforced: UNTIL_WORK,
  serviceFailed: UNTIL_WORK,
};

/** A failure whose cause would meet the next run as well: it pauses a queue, once, instead of failing run after run. */
export const concernsMore = (run: Run): Fault | null => {
  const { state } = run;
  if (state.name !== 'failed') return null;
  if (state.reason.kind === 'fault') {
    const { code } = state.reason.fault;
    return RECURRING[code]?.includes(state.phase) === true ? state.reason.fault : null;
  }
  return state.phase === 'settingUp'
    ? { code: 'refusedByState', message: `Setup of this project ended with status ${state.reason.exitCode}.`, next: 'Read the log, correct the setup script, then run again.' }
    : null;
};
