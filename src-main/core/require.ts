import type { Brief } from '../contract/brief.ts';
import type { BriefId, ProjectId, RunId, TreeId } from '../contract/ids.ts';
import type { Project } from '../contract/project.ts';
import type { CommittedBase, Result } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';
import { hasEnded } from '../domain/columns.ts';
import { currentTurn } from '../domain/run-machine.ts';
import { stateInWords } from '../domain/words.ts';
import type { ContainerEngine } from '../ports/container-engine.ts';
import type { EngineConnection } from '../ports/engine-connection.ts';
import type { RunStore } from '../ports/run-store.ts';
import { Refusal, refuse } from './refusal.ts';

/** Guards: each returns what it guarantees, or ends the use case with a fault. */

export const requireProject = (store: RunStore, id: ProjectId): Project =>
  store.project(id) ?? refuse('notFound', `There is no project ${id}.`, 'List the projects; it may have been removed.');

export const requireBrief = (store: RunStore, id: BriefId): Brief =>
  store.brief(id) ?? refuse('notFound', `There is no brief ${id}.`, 'Look at the board; it may have been removed.');

export const requireRun = (store: RunStore, id: RunId): Run =>
  store.run(id) ?? refuse('notFound', `There is no run ${id}.`, 'Look at the board; it may have been removed.');

/** The engine, or the fault that says why there is none. */
export const requireEngine = (engines: EngineConnection): ContainerEngine => {
  const engine = engines.engine();
  if (engine !== null) return engine;
  const status = engines.status();
  if (status.state === 'down') throw new Refusal(status.fault);
  return refuse('engineUnavailable', 'The container engine is still being looked for.', 'Try again in a moment.');
};

export interface RunWithResult {
  readonly run: Run;
  readonly project: Project;
  readonly base: CommittedBase;
  readonly result: Result;
  readonly tree: TreeId;
}

export const requireResult = (store: RunStore, id: RunId): RunWithResult => {
  const run = requireRun(store, id);
  const { base, result } = currentTurn(run);
  if (base === null || result === null) {
    return hasEnded(run.state)
      ? refuse('refusedByState', `This run ended without a result (${stateInWords(run.state).toLowerCase()}).`, 'Its log says why; run again to make another attempt.')
      : refuse('refusedByState', 'This run has no result yet.', 'Wait until it is ready for review.');
  }
  return { run, project: requireProject(store, run.projectId), base, result, tree: result.tree };
};
