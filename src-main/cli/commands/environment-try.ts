import type { Command } from 'commander';
import type { FleetState } from '../../contract/fleet.ts';
import type { Run } from '../../contract/run.ts';
import type { SetupTry } from '../../contract/setup-try.ts';
import { hasEnded } from '../../domain/columns.ts';
import { wholeUpdates } from '../../domain/fleet-parts.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { stateInWords } from '../../domain/words.ts';
import { newCommandId } from '../../wire/client/command-id.ts';
import { afterUpdate } from '../../wire/client/fleet-picture.ts';
import { attachShell } from '../attach-shell.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { CommandFailure, EXIT, wrongUse } from '../failure.ts';
import { findProject } from '../find-project.ts';
import { createPrinter, createPull } from '../print-log.ts';
import { oneLine } from '../sanitise.ts';
import { tellCuts } from '../tell-cuts.ts';

interface Try {
  readonly shell?: true;
  readonly discard?: true;
}

/** `drydock env try`: sets the environment in use up and seals it, before a brief needs it. */
export function addEnvironmentTry(line: CommandLine, env: Command): void {
  env
    .command('try [project]')
    .description('set the environment up and seal it, before a brief needs it')
    .option('--shell', 'then open a shell in what was sealed: no secret, and the network of the work')
    .option('--discard', 'at the end forget what was sealed')
    .action(withService<Try>(line, tryEnvironment));
}

async function tryEnvironment(task: Task<Try>, name = '.'): Promise<number> {
  const { client, options, output, surroundings } = task;
  const terminal = options.shell ? surroundings.terminal() : null;
  if (options.shell && (terminal === null || output.isJson)) throw wrongUse('A shell needs a terminal.', 'Leave --shell away, or run it at a terminal without --json.');
  const project = await findProject(client, surroundings.cwd, name);
  const projectId = project.id;
  const begun = await client.setupTries.start({ commandId: newCommandId(), projectId });
  try {
    const ended = await follow(task, begun);
    if (ended === null) return EXIT.interrupted;
    await tell(task, ended);
    const isSealed = ended.run.state.name === 'reviewable';
    if (terminal !== null && isSealed) await attachShell(task, ended.run.id, terminal);
    return isSealed ? EXIT.done : EXIT.runFailed;
  } finally {
    await client.setupTries.stop({ commandId: newCommandId(), projectId }).catch(() => {});
    // What was sealed is found by the next brief; the try itself has been told here.
    await client.setupTries.end({ commandId: newCommandId(), projectId, keep: options.discard !== true }).catch(() => {});
  }
}

/** Its log on stdout and its phases on stderr, to its end; null: it is gone. Ctrl-C stops it. */
async function follow(task: Task<Try>, { projectId, run: { id } }: SetupTry): Promise<SetupTry | null> {
  const { client, output, surroundings } = task;
  const printer = createPrinter(task);
  const pull = output.isJson ? async () => false : createPull(task, id, 1, printer.slice);
  const leave = new AbortController();
  const stopTelling = tellCuts(task);
  const stop = surroundings.onInterrupt(() => {
    client.setupTries.stop({ commandId: newCommandId(), projectId }).catch(() => leave.abort());
  });
  let picture: FleetState | null = null;
  let said = '';
  let length = -1;
  try {
    for await (const update of wholeUpdates(await client.fleet.watch({}, { signal: leave.signal }))) {
      picture = afterUpdate(picture, update);
      const now = picture?.setupTries.find((each) => each.run.id === id);
      if (picture !== null && now === undefined) return null;
      if (now === undefined || picture === null) continue;
      if (picture.engine.state === 'down') throw new CommandFailure(picture.engine.fault);
      const words = stateInWords(now.run.state);
      if (words !== said && !hasEnded(now.run.state)) await output.note(words);
      said = words;
      const grown = picture.progress.find((each) => each.runId === id)?.logLength ?? -1;
      if (grown !== length || hasEnded(now.run.state)) await pull();
      length = grown;
      if (isOver(now)) return now;
    }
    return null;
  } catch (error) {
    if (leave.signal.aborted) return null;
    throw error;
  } finally {
    await printer.end();
    stopTelling();
    stop();
    leave.abort();
  }
}

/** A failure comes with its explanation, a moment later. */
const isOver = ({ run, failure }: SetupTry): boolean => hasEnded(run.state) && ((run.state.name !== 'failed' && run.state.name !== 'lost') || failure !== null);

/** How long each of its phases took, as `setup 12.4 s`. */
const timesInWords = ({ times, endedAt }: Run): string => {
  const begun = ([['preparing', 'preparing'], ['settingUp', 'setup'], ['sealing', 'sealing']] as const).flatMap(([phase, word]) => (times[phase] === undefined ? [] : [{ word, at: times[phase] }]));
  return begun.map(({ word, at }, index) => `${word} ${(((begun[index + 1]?.at ?? endedAt ?? at) - at) / 1000).toFixed(1)} s`).join(', ');
};

async function tell({ output }: Task<Try>, { projectId, run, failure }: SetupTry): Promise<void> {
  const { snapshot } = currentTurn(run);
  const isSealed = run.state.name === 'reviewable';
  const what = isSealed ? (snapshot?.tree === null ? 'Nothing to set up: the image is used as it is' : snapshot?.reused ? 'Sealed already: nothing was run' : 'Sealed') : stateInWords(run.state);
  await output.line(`${output.paint(isSealed ? 'green' : 'red', what)} (${timesInWords(run)})`);
  const receipt = snapshot?.receipt;
  if (receipt) await output.line(`Receipt   ${receipt.files} files searched for ${receipt.secrets.map(oneLine).join(', ')}: nothing found; ${receipt.deleted.length} hiding places cleared`);
  if (failure !== null) {
    if (failure.command !== null) await output.line(`Command   line ${failure.line}: ${oneLine(failure.command)}`);
    if (failure.exitCode !== null) await output.line(`Status    ${failure.exitCode}`);
    await output.line(`Because   ${oneLine(failure.cause)}`);
    await output.note(`Next: ${oneLine(failure.next)}`);
  } else if (isSealed) await output.note('The next brief of the same environment starts from this.');
  await output.data({ ok: isSealed, projectId, state: run.state, snapshot, times: run.times, endedAt: run.endedAt, failure });
}
