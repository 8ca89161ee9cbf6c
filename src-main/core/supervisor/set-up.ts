import { AGENT_UID, AGENT_USER, WORKSPACE, setupSpec } from '../../domain/container-spec.ts';
import { refuse } from '../refusal.ts';
import { removeLeftover } from './ahead.ts';
import { recordRun } from '../runs/record-run.ts';
import { logSink } from './observe.ts';
import { hasSetup } from './environment-snapshot.ts';
import { snapshotTarget } from './prepare.ts';
import { watchWritten } from './written-watch.ts';
import { note, specRequest, type Step } from './step.ts';

/**
 * Setup: online, as the agent user, the script by exec, where later a secret can be given to this one process only. It begins
 * again from the beginning when it was cut off, in a new container.
 */
export const setUp: Step = async (context, run) => {
  const { deps, engine, project, signal, builds } = context;
  const { environment } = run.order;
  const { key, image, base } = await snapshotTarget(context, run);
  builds.begin(key, run.id);
  const spec = setupSpec({ ...specRequest(context, run, 'setup', image), workingDirectory: '' });
  if ((await engine.inspect(spec.name)) !== null) {
    note(context, 'Setup was cut off; it begins again.');
    await removeLeftover(engine, spec);
  }
  const container = await engine.create(spec);
  await engine.put(container, '/', await deps.depot.archive(project, base.tree, { prefix: WORKSPACE.slice(1), uid: AGENT_UID }));
  if (!hasSetup(run.order.environment)) {
    recordRun(deps, run, { kind: 'seal' });
    return;
  }
  await engine.start(container);
  let isOver = false;
  const most = environment.limits.writtenBytes;
  const stopWatching = watchWritten({ engine, clock: deps.clock, container, most, onOver: () => (isOver = true) });
  const overtime = AbortSignal.timeout(environment.setupTimeoutSeconds * 1000);
  const exit = await engine
    .exec(
      container,
      {
        command: ['/bin/sh', '-c', 'if command -v bash >/dev/null 2>&1; then exec bash -euo pipefail -c "$1" 2>&1; else exec /bin/sh -eu -c "$1" 2>&1; fi', 'drydock', environment.setup],
        user: AGENT_USER,
        workingDirectory: WORKSPACE,
        environment: spec.environment,
        signal: AbortSignal.any([signal, overtime]),
      },
      logSink(context, run, 'setup'),
    )
    .catch(async (error: unknown) => {
      if (signal.aborted) throw error;
      if (!overtime.aborted) {
        const facts = await engine.inspect(container);
        // Removed by hand: how that shows depends on the moment; below it is seen as what it is.
        if (facts?.state !== 'running') return { exitCode: 137, outOfMemory: false };
        throw error;
      }
      note(context, `Setup took longer than its ${environment.setupTimeoutSeconds} s and was stopped.`);
      return { exitCode: 124, outOfMemory: false };
    })
    .finally(stopWatching);
  await context.log.flush();
  if (isOver) refuse('tooLarge', `Setup was stopped: it had written more than the environment's ${most} bytes.`, 'Raise the limit of written bytes, or make setup write less.');
  if ((await engine.inspect(container))?.state !== 'running') {
    // Removed or killed by hand: that status says nothing about the script.
    note(context, 'The setup container was ended from outside.');
    recordRun(deps, run, { kind: 'loseContainer' });
  } else if (exit.exitCode === 0) recordRun(deps, run, { kind: 'seal' });
  else recordRun(deps, run, { kind: 'fail', reason: { kind: 'commandFailed', exitCode: exit.exitCode, outOfMemory: exit.outOfMemory } });
};
