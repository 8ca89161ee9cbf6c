import { briefId, runId, type RunId } from '../contract/ids.ts';
import type { HistoryPage } from '../contract/endpoints.ts';
import type { Brief } from '../contract/brief.ts';
import type { Run } from '../contract/run.ts';
import type { DrydockClient } from '../wire/client/connection.ts';
import { CommandFailure } from './failure.ts';

/** Runs that one question to the history gives: the most that the contract allows. */
const PAGE = 500;

export interface FoundRun {
  readonly brief: Brief;
  readonly run: Run;
}

/**
 * The run that a person means by `12` or `#12` (a brief's current or latest run), by a run's or brief's id, or by the
 * beginning of a run's id that no other run has.
 *
 * @throws CommandFailure notFound, or invalid when it could be several.
 */
export async function findRun(client: DrydockClient, name: string): Promise<FoundRun> {
  const brief = await findBrief(client, name);
  if (brief !== null) return { brief, run: await latestRun(client, brief) };
  const exact = runId.safeParse(name);
  const id = exact.success ? exact.data : await byPrefix(client, name);
  const run = await client.runs.get({ runId: id });
  return { run, brief: await client.briefs.get({ briefId: run.briefId }) };
}

/** The brief that a number or a brief's id names; null when it is the name of something else. */
export async function findBrief(client: DrydockClient, name: string): Promise<Brief | null> {
  const number = /^#?(\d{1,9})$/.exec(name)?.[1];
  if (number !== undefined && Number(number) > 0) return client.briefs.find({ number: Number(number) });
  const id = briefId.safeParse(name);
  return id.success ? client.briefs.get({ briefId: id.data }) : null;
}

async function latestRun(client: DrydockClient, brief: Brief): Promise<Run> {
  if (brief.currentRun !== null) return client.runs.get({ runId: brief.currentRun });
  const runs = await client.runs.ofBrief({ briefId: brief.id });
  const latest = runs.toSorted((left, right) => right.attempt - left.attempt)[0];
  if (latest !== undefined) return latest;
  throw new CommandFailure({
    code: 'refusedByState',
    message: `#${brief.number} has not been launched yet.`,
    next: 'Drag it to Queued on the board, or submit it with `drydock run`.',
  });
}

async function byPrefix(client: DrydockClient, name: string): Promise<RunId> {
  const prefix = name.startsWith('run_') ? name : `run_${name}`;
  const found = await startingWith(client, prefix);
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first.runId;
  if (first === undefined) {
    throw new CommandFailure({ code: 'notFound', message: `No run is called ${name}.`, next: '`drydock status` lists what there is.' });
  }
  const some = found.slice(0, 5).map((entry) => `${entry.runId} (#${entry.number})`);
  throw new CommandFailure({ code: 'invalid', message: `${name} could be ${some.join(', ')}.`, next: 'Write more of it.' });
}

type Entry = HistoryPage['runs'][number];

/** Every run of the history whose id begins so. A page always holds all the runs of its last moment, so none falls between two. */
async function startingWith(client: DrydockClient, prefix: string): Promise<Entry[]> {
  const found: Entry[] = [];
  let before: number | undefined;
  for (;;) {
    const { runs } = await client.history.query({ limit: PAGE, ...(before === undefined ? {} : { before }) });
    found.push(...runs.filter((entry) => entry.runId.startsWith(prefix)));
    if (runs.length < PAGE) return found;
    before = runs.at(-1)?.queuedAt;
  }
}
