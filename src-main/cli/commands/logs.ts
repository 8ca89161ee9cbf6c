import type { RunId } from '../../contract/ids.ts';
import { hasEnded } from '../../domain/columns.ts';
import { wholeUpdates } from '../../domain/fleet-parts.ts';
import { afterUpdate } from '../../wire/client/fleet-picture.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { asFault, EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { createPrinter, createPull } from '../print-log.ts';
import { tellCuts } from '../tell-cuts.ts';

/** `drydock logs ID`: a turn's log, byte for byte; on a terminal with its control characters made visible. */
export function addLogs(line: CommandLine): void {
  line.program
    .command('logs <id>')
    .description("a run's log, as its containers wrote it")
    .option('--follow', 'go on until the run ends')
    .action(withService<{ follow?: true }>(line, logs));
}

async function logs(task: Task<{ follow?: true }>, id = ''): Promise<number> {
  const { client, options, output } = task;
  const { run } = await findRun(client, id);
  const turn = run.turns.length;
  const printer = createPrinter(task);
  const pull = createPull(task, run.id, turn, printer.slice);
  if (!options.follow || hasEnded(run.state)) await pull();
  else await follow(task, run.id, pull);
  await printer.end();
  if (printer.isEmpty()) await output.note('The log is empty: no container of this run has written anything.');
  await output.data({ ok: true, runId: run.id, turn, end: true });
  return EXIT.done;
}

/** Pulls whenever the fleet says that the log grew, until it or its run has ended. */
async function follow(task: Task<unknown>, runId: RunId, pull: () => Promise<boolean>): Promise<void> {
  const leave = new AbortController();
  const stopTelling = tellCuts(task);
  const stop = task.surroundings.onInterrupt(() => leave.abort());
  try {
    // Watching again waits for the connection, and begins with a picture of everything.
    while ((await watchAndPull(task, runId, pull, leave.signal)) === 'cut');
  } catch (error) {
    if (!leave.signal.aborted) throw error;
  } finally {
    stopTelling();
    stop();
    leave.abort();
  }
}

async function watchAndPull({ client }: Task<unknown>, runId: RunId, pull: () => Promise<boolean>, signal: AbortSignal): Promise<'over' | 'cut'> {
  let picture: ReturnType<typeof afterUpdate> = null;
  let length = -1;
  for await (const update of wholeUpdates(await client.fleet.watch({}, { signal }))) {
    picture = afterUpdate(picture, update);
    const run = picture?.runs.find((each) => each.id === runId);
    const progress = picture?.progress.find((each) => each.runId === runId);
    const isOver = run === undefined || hasEnded(run.state);
    if (!isOver && progress?.logLength === length && !progress.logEnded) continue;
    length = progress?.logLength ?? length;
    try {
      if ((await pull()) || isOver) return 'over';
    } catch (error) {
      // Pulls go by offset: one that was cut off is asked again.
      if (asFault(error).code === 'serviceUnavailable') return 'cut';
      throw error;
    }
  }
  return 'over';
}
