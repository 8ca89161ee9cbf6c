import type { Fault } from '../../contract/fault.ts';
import type { SecretUse } from '../../contract/secret.ts';
import type { CommittedBase } from '../../contract/result.ts';
import type { Older, Run } from '../../contract/run.ts';
import { AGENT_UID, AGENT_USER, ROOT_USER, WORKSPACE, containerName, networkName, ownLabels, setupSpec, type ContainerSpec } from '../../domain/container-spec.ts';
import { EngineFailure, type ExecRequest, type ExitFacts } from '../../ports/container-engine.ts';
import { NO_NETWORK, type WorkNetwork } from '../network/work-network.ts';
import { Refusal, refuse } from '../refusal.ts';
import { recordRun } from '../runs/record-run.ts';
import { IN_THE_WAY, SECRETS_FOLDER, SECRETS_FOLDER_BYTES, clearScript, layOutScript, setupCommand } from '../seal/setup-scripts.ts';
import { redactingSink } from '../seal/redacting-sink.ts';
import { revealFor } from '../seal/reveal-for.ts';
import { servicesLeft, withServices } from '../services/with-services.ts';
import { removeLeftover } from './ahead.ts';
import { hasSetup } from './environment-snapshot.ts';
import { logSink } from './observe.ts';
import { snapshotTarget } from './prepare.ts';
import { note, specRequest, type Step, type StepContext } from './step.ts';
import { DELETIONS, planWorkspace, type WorkspaceMove } from './workspace.ts';
import { watchWritten } from './written-watch.ts';

/** Secrets are laid out and cleared by a few small programs. */
const SMALL_SCRIPT_MS = 60_000;

type Process = Pick<ExecRequest, 'user' | 'environment'>;

/** Runs a small script of Drydock's own in setup's container; answers what it said, line by line. */
const runSmall = async ({ engine, signal }: StepContext, container: string, script: string, { user, environment }: Process): Promise<{ exit: ExitFacts; lines: string[] }> => {
  let said = '';
  const request = { command: ['/bin/sh', '-c', script], user, workingDirectory: '/', environment, signal: AbortSignal.any([signal, AbortSignal.timeout(SMALL_SCRIPT_MS)]) };
  const exit = await engine.exec(container, request, (stream, bytes) => {
    if (stream === 'stdout' && said.length < 65_536) said += Buffer.from(bytes).toString();
  });
  return { exit, lines: said.split('\n').filter((line) => line !== '') };
};

const layOut = async (context: StepContext, container: string, files: readonly SecretUse[], secrets: ReadonlyMap<string, string>, process: Process): Promise<void> => {
  if (files.length === 0) return;
  const values = Object.fromEntries(files.map(({ name }, at) => [`DRYDOCK_FILE_${at}`, secrets.get(name) ?? '']));
  const { exit, lines } = await runSmall(context, container, layOutScript(files), { ...process, environment: { ...process.environment, ...values } });
  if (exit.exitCode === IN_THE_WAY) refuse('invalid', `The image has a file at ${lines.at(-1) ?? 'a place'} where a secret is to be laid.`, 'Give the secret another path in the environment, or take the file out of the image.');
  if (exit.exitCode !== 0) refuse('invalid', `The secret files could not be laid out in the container (status ${exit.exitCode}).`, "Look at the secrets' paths in the environment: their folders must be writable for whom setup runs as.");
};

/** What setup runs: its own script, or maintenance on what an older snapshot holds. */
const scriptOf = (run: Run): { readonly name: 'Setup' | 'Maintenance'; readonly script: string } =>
  run.state.name === 'settingUp' && run.state.upon !== undefined ? { name: 'Maintenance', script: run.order.environment.maintenance } : { name: 'Setup', script: run.order.environment.setup };

/** Runs the script to its end, or to the end of its time or space. */
const runScript = async (context: StepContext, run: Run, container: string, secrets: ReadonlyMap<string, string>, process: Process): Promise<ExitFacts> => {
  const { deps, engine, signal } = context;
  const { setupTimeoutSeconds, limits } = run.order.environment;
  const { name, script } = scriptOf(run);
  let isOver = false;
  let spent: Fault | null = null;
  const stopWatching = watchWritten({
    engine,
    clock: deps.clock,
    container,
    most: limits.writtenBytes,
    onOver: () => (isOver = true),
    writers: context.writers,
    onSpent: (fault) => (spent = fault),
  });
  const overtime = AbortSignal.timeout(setupTimeoutSeconds * 1000);
  const output = redactingSink(logSink(context, run, 'setup'), secrets);
  const exit = await engine
    .exec(
      container,
      {
        command: setupCommand(script),
        ...process,
        workingDirectory: WORKSPACE,
        signal: AbortSignal.any([signal, overtime]),
      },
      output.sink,
    )
    .catch(async (error: unknown) => {
      if (signal.aborted) throw error;
      if (!overtime.aborted) {
        const facts = await engine.inspect(container);
        // Removed by hand: how that shows depends on the moment; below it is seen as what it is.
        if (facts?.state !== 'running') return { exitCode: 137, outOfMemory: false };
        throw error;
      }
      note(context, `${name} took longer than its ${setupTimeoutSeconds} s and was stopped.`);
      return { exitCode: 124, outOfMemory: false };
    })
    .finally(stopWatching);
  if (spent !== null) throw new Refusal(spent);
  await output.end();
  await context.log.flush();
  if (isOver) refuse('tooLarge', `${name} was stopped: it had written more than the environment's ${limits.writtenBytes} bytes.`, 'Raise the limit of written bytes, or make it write less.');
  return exit;
};

/** A bridge of its own that leads out, with the environment's services in it where a script may use them. */
const openSetupNetwork = async (context: StepContext, run: Run, secrets: ReadonlyMap<string, string>): Promise<WorkNetwork> => {
  const bridge = networkName(run.id, run.turns.length);
  await context.engine.createNetwork(bridge, ownLabels(context.deps.owner, run.id));
  const network: WorkNetwork = { ...NO_NETWORK, network: { bridge }, secrets };
  return hasSetup(run.order.environment) ? withServices(context, run, 'setup', network, false) : network;
};

/** Puts the base into a container that never ran: all of it, or what an older snapshot has otherwise. Resolves to what is left to do once it runs. */
const putWorkspace = async (context: StepContext, container: string, base: CommittedBase, upon: Older | undefined): Promise<WorkspaceMove | null> => {
  const { deps, engine, project } = context;
  if (upon === undefined) {
    await engine.put(container, '/', await deps.depot.archive(project, base.tree, { prefix: WORKSPACE.slice(1), uid: AGENT_UID }));
    return null;
  }
  const move = await planWorkspace(context, upon, base.tree);
  await move.putInto(container);
  return move;
};

/** Deletes what the base no longer has, and the list of it, so that neither is in what is sealed. */
const finishMove = async (context: StepContext, container: string, move: WorkspaceMove | null, process: Process): Promise<void> => {
  if (move === null || !move.deletes) return;
  const { exit } = await runSmall(context, container, move.command('true'), process);
  if (exit.exitCode === 0) await runSmall(context, container, `rm -f -- '${DELETIONS.files}' '${DELETIONS.folders}'`, { ...process, user: ROOT_USER });
  else refuse('invalid', 'What the base no longer has could not be deleted from an older snapshot.', 'Run again.');
};

/** Whether a failure is of maintenance, or of what it runs on: setup from the beginning may do without. */
const isOfMaintenance = (error: unknown): error is Refusal | EngineFailure =>
  (error instanceof Refusal && (error.fault.code === 'tooLarge' || error.fault.code === 'invalid')) || (error instanceof EngineFailure && error.fault.kind === 'noSuchImage');

/** Gives maintenance up, once: from here on there is no older snapshot. */
const beginAgain = async (context: StepContext, run: Run, container: string, because: string): Promise<void> => {
  note(context, `${because} The environment is set up from the beginning.`);
  await context.engine.remove(container);
  await servicesLeft(context, run, 'setup').end('close');
  recordRun(context.deps, run, { kind: 'setUp', because });
};

/**
 * Setup: online, the script by exec, so that secrets are given to this one process only, as its variables or as files in memory. It begins
 * again from the beginning when it was cut off, in a new container. Maintenance is the same with another script, on what an older snapshot
 * holds; when that fails, setup runs after all.
 */
export const setUp: Step = async (context, run) => {
  const upon = run.state.name === 'settingUp' ? run.state.upon : undefined;
  try {
    await setUpIn(context, run, upon);
  } catch (error) {
    if (upon === undefined || !isOfMaintenance(error)) throw error;
    const because = error instanceof Refusal ? error.fault.message : 'The snapshot that maintenance was to run on is gone.';
    await beginAgain(context, run, containerName(run.id, run.turns.length, 'setup'), because);
  }
};

const setUpIn = async (context: StepContext, run: Run, upon: Older | undefined): Promise<void> => {
  const { deps, engine, project, builds } = context;
  const { environment } = run.order;
  const { key, image, base } = await snapshotTarget(context, run);
  builds.begin(key, run.id);
  const secrets = await revealFor(deps, project, environment);
  const tmpfs = !environment.secrets.some(({ file }) => file !== null) ? null : { folder: SECRETS_FOLDER, bytes: SECRETS_FOLDER_BYTES };
  const request = { ...specRequest(context, run, 'setup', upon?.image ?? image), workingDirectory: '' };
  const leftover = setupSpec(request, tmpfs, 'none');
  if ((await engine.inspect(leftover.name)) !== null) {
    note(context, 'Setup was cut off; it begins again.');
    await removeLeftover(engine, leftover);
  }
  const network = await openSetupNetwork(context, run, secrets);
  try {
    const spec = setupSpec(request, tmpfs, network.network);
    const container = await engine.create(spec);
    const move = await putWorkspace(context, container, base, upon);
    if (hasSetup(environment)) await runSetup(context, run, container, spec, secrets, move);
    else recordRun(deps, run, { kind: 'seal', deleted: [] });
  } finally {
    // Its services are removed with its container: by the seal, or with the run.
    await network.end('leave');
  }
};

const runSetup = async (context: StepContext, run: Run, container: string, spec: ContainerSpec, secrets: ReadonlyMap<string, string>, move: WorkspaceMove | null): Promise<void> => {
  const { deps, engine } = context;
  const { environment } = run.order;
  const files = environment.secrets.filter(({ file }) => file !== null);
  await engine.start(container);
  const process = { user: environment.setupAsRoot ? ROOT_USER : AGENT_USER, environment: spec.environment };
  await finishMove(context, container, move, process);
  await layOut(context, container, files, secrets, process);
  const variables = Object.fromEntries(environment.secrets.flatMap(({ name, file }) => (file === null ? [[name, secrets.get(name) ?? '']] : [])));
  const exit = await runScript(context, run, container, secrets, { ...process, environment: { ...process.environment, ...variables } });
  if ((await engine.inspect(container))?.state !== 'running') {
    // Removed or killed by hand: that status says nothing about the script.
    note(context, 'The setup container was ended from outside.');
    recordRun(deps, run, { kind: 'loseContainer' });
  } else if (exit.exitCode === 0) {
    const { lines } = secrets.size === 0 ? { lines: [] } : await runSmall(context, container, clearScript(files), process);
    recordRun(deps, run, { kind: 'seal', deleted: lines.slice(0, 256) });
  } else if (run.state.name === 'settingUp' && run.state.upon !== undefined) await beginAgain(context, run, container, `Maintenance ended with status ${exit.exitCode}.`);
  else recordRun(deps, run, { kind: 'fail', reason: { kind: 'commandFailed', exitCode: exit.exitCode, outOfMemory: exit.outOfMemory } });
};
