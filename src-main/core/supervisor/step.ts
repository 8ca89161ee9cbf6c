import type { Environment } from '../../contract/project.ts';
import type { Project } from '../../contract/project.ts';
import type { Run } from '../../contract/run.ts';
import type { ContainerRole, SpecRequest } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { LogWriter } from '../../ports/log-store.ts';
import type { Deps } from '../deps.ts';
import type { WarmPool } from '../warm/warm-pool.ts';
import type { ContainerAhead } from './ahead.ts';
import type { ProgressBoard } from './progress-board.ts';
import type { SnapshotBuilds } from './snapshot-builds.ts';
import type { Writers } from './writers.ts';

/** What a step of a run works with. The run is read afresh before each step. */
export interface StepContext {
  readonly deps: Deps;
  readonly engine: ContainerEngine;
  readonly project: Project;
  readonly log: LogWriter;
  readonly progress: ProgressBoard;
  readonly builds: SnapshotBuilds;
  readonly writers: Writers;
  readonly ahead: ContainerAhead;
  readonly warm: Pick<WarmPool, 'take' | 'discard'>;
  /** Aborted when the run is cancelled or the service ends; the reason tells which. */
  readonly signal: AbortSignal;
}

/**
 * One step: does what the run's state calls for and records it. It can be cut off anywhere and done again: it looks at what
 * exists before it makes anything.
 */
export type Step = (context: StepContext, run: Run) => Promise<void>;

/** The allow-listed request for a container of this run. */
export const specRequest = (context: StepContext, run: Run, role: ContainerRole, image: string): SpecRequest => {
  const environment: Environment = run.order.environment;
  return {
    runId: run.id,
    turn: run.turns.length,
    role,
    image,
    owner: context.deps.owner,
    environment,
    workingDirectory: run.order.text.scope.workingDirectory,
  };
};

/** Writes a line of Drydock's own into the run's log. */
export const note = (context: StepContext, line: string): void => {
  // A log that cannot be written shows at the next flush; a line of our own alone ends no run, and no service.
  Promise.resolve(context.log.append('drydock', 'stdout', Buffer.from(`${line}\n`))).catch(() => {});
};
