import type { RunId } from '../../contract/ids.ts';
import type { LogSlice } from '../../contract/log.ts';
import { hasEnded } from '../../domain/columns.ts';
import { afterUpdate } from '../../wire/client/fleet-picture.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { asFault, EXIT } from '../failure.ts';
import { findRun } from '../find-run.ts';
import { createTerminalFilter } from '../sanitise.ts';
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

/** Reads what is there since the last time; true when the log has ended. The terminal's pace is the service's pace. */
function createPull({ client }: Task<unknown>, runId: RunId, turn: number, print: (slice: LogSlice) => Promise<void>) {
  let offset = 0;
  return async (): Promise<boolean> => {
    for (;;) {
      const slice = await client.runs.log({ runId, turn, offset });
      const size = Buffer.byteLength(slice.bytes, 'base64');
      if (size > 0) await print(slice);
      offset += size;
      if (size === 0 || offset >= slice.length) return slice.ended;
    }
  };
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
  for await (const update of await client.fleet.watch({}, { signal })) {
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

function createPrinter({ output }: Task<unknown>) {
  let isEmpty = true;
  const filter = output.out.isTTY ? createTerminalFilter() : null;
  return {
    isEmpty: () => isEmpty,
    async slice(slice: LogSlice): Promise<void> {
      isEmpty = false;
      if (output.isJson) return output.data({ offset: slice.offset, bytes: slice.bytes, marks: slice.marks });
      const bytes = Buffer.from(slice.bytes, 'base64');
      await output.out.write(filter === null ? bytes : filter.push(bytes));
    },
    async end(): Promise<void> {
      if (!output.isJson && filter !== null && !isEmpty) await output.out.write(filter.end());
    },
  };
}
