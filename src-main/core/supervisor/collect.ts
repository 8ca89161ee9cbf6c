import { containerName } from '../../domain/container-spec.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { collectTurn } from '../collect/collect-turn.ts';
import { recordRun } from '../runs/record-run.ts';
import { requireReady } from './work.ts';
import { note, type Step } from './step.ts';

/** Collect: what the agent left becomes verified git objects in the depot; only then does its container go. */
export const collect: Step = async (context, run) => {
  const { deps, engine, project } = context;
  const { base } = requireReady(run);
  const turn = currentTurn(run).number;
  const container = containerName(run.id, turn, 'work');
  if ((await engine.inspect(container)) === null) {
    recordRun(deps, run, { kind: 'loseContainer' });
    return;
  }
  await engine.stop(container, 2);
  const collected = await collectTurn(
    { engine, depot: deps.depot, toolkit: deps.toolkit },
    {
      project,
      run: run.id,
      turn,
      owner: deps.owner,
      container,
      base,
      scope: run.order.text.scope,
      environment: run.order.environment,
      message: run.order.text.goal || `Result of ${run.id}`,
    },
  );
  await deps.depot.keep(project, `results/${run.id}/${turn}`, collected.commit);
  for (const finding of collected.findings) note(context, `Finding: ${finding.message}`);
  recordRun(deps, run, {
    kind: 'takeResult',
    result: { outcome: collected.tree === base.tree ? 'noChanges' : 'done', ...collected },
  });
  await engine.remove(container);
};
