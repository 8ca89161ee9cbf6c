import type { FleetState } from '../../contract/fleet.ts';
import { columnOf } from '../../domain/columns.ts';
import { wholeUpdates } from '../../domain/fleet-parts.ts';
import { afterUpdate } from '../../wire/client/fleet-picture.ts';
import { withService, type CommandLine, type Task } from '../command-line.ts';
import { engineLookedFor } from '../engine-looked-for.ts';
import { EXIT } from '../failure.ts';
import { createRedraw } from '../redraw.ts';
import { fleetTable } from '../fleet-table.ts';
import { AWAY } from '../tell-cuts.ts';

/** `drydock status`: the dashboard of the fleet. */
export function addStatus(line: CommandLine): void {
  line.program
    .command('status')
    .description('what waits, runs and is to be reviewed')
    .option('--watch', 'go on, redrawn in place')
    .action(withService<{ watch?: true }>(line, status));
}

async function status({ client, output, options, service, surroundings }: Task<{ watch?: true }>): Promise<number> {
  // One that runs elsewhere has looked already.
  if (service.isOurs) await engineLookedFor(client);
  const leave = new AbortController();
  const stop = surroundings.onInterrupt(() => leave.abort());
  const redraw = createRedraw(output.out);
  let picture: FleetState | null = null;
  const stopTelling = service.onChange?.((isUp) => {
    // Part of the picture, so that the next one takes its place.
    if (!isUp && !output.isJson && picture !== null) void redraw([...fleetTable(picture, output, Date.now()), AWAY]);
  });
  try {
    for await (const update of wholeUpdates(await client.fleet.watch({}, { signal: leave.signal }))) {
      picture = afterUpdate(picture, update);
      if (picture === null) continue;
      if (output.isJson) await output.data(asData(picture));
      else await redraw(fleetTable(picture, output, Date.now()));
      if (!options.watch) break;
    }
  } catch (error) {
    if (!leave.signal.aborted) throw error;
  } finally {
    stopTelling?.();
    stop();
    leave.abort();
  }
  return EXIT.done;
}

function asData(state: FleetState): Record<string, unknown> {
  const briefs = state.briefs.map((brief) => {
    const run = state.runs.find((each) => each.id === brief.currentRun) ?? null;
    return {
      number: brief.number,
      briefId: brief.id,
      projectId: brief.projectId,
      goal: brief.text.goal,
      column: columnOf(brief, run),
      runId: run?.id ?? null,
      state: run?.state ?? null,
      waiting: (run && state.waiting[run.id]) ?? null,
      progress: state.progress.find((each) => each.runId === run?.id) ?? null,
    };
  });
  return { ok: true, engine: state.engine, slots: state.slots, pauses: state.pauses, briefs };
}
