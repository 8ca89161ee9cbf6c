import type { FleetState } from '../contract/fleet.ts';
import type { Evidence } from '../contract/result.ts';
import type { Run } from '../contract/run.ts';
import { hasEnded } from '../domain/columns.ts';
import { stateInWords } from '../domain/words.ts';
import { wholeUpdates } from '../domain/fleet-parts.ts';
import { afterUpdate } from '../wire/client/fleet-picture.ts';
import type { Task } from './command-line.ts';
import { isSuccess, runInWords, sidesInWords, verdictInWords } from './describe.ts';
import { CommandFailure, EXIT } from './failure.ts';
import { oneLine } from './sanitise.ts';
import { tellCuts } from './tell-cuts.ts';

/**
 * Follows a run to its end, its state on stderr, and prints the outcome.
 *
 * @returns exit status: done, or runFailed when the run or one of its checks failed.
 * @throws CommandFailure when it cannot start: no engine, a paused queue. It stays queued.
 */
export async function waitForRun({ client, output, service, surroundings }: Task<unknown>, number: number, run: Run): Promise<number> {
  const leave = new AbortController();
  const stopTelling = tellCuts({ service, output });
  let isTold = false;
  const stop = surroundings.onInterrupt(() => {
    if (isTold) return leave.abort();
    isTold = true;
    const where = service.isOurs ? 'Its container goes on by itself; Drydock collects the result when it runs again.' : 'The run goes on.';
    void output.note(`${where} Cancel it with: drydock cancel ${number}. Press Ctrl-C again to leave.`);
  });
  try {
    const ended = await follow(run, wholeUpdates(await client.fleet.watch({}, { signal: leave.signal })), output.note);
    if (ended === null) return EXIT.interrupted;
    const evidence = ended.state.name === 'reviewable' ? await client.runs.evidence({ runId: ended.id }) : null;
    return await tell({ output }, number, ended, evidence);
  } catch (error) {
    if (leave.signal.aborted) return EXIT.interrupted;
    throw error;
  } finally {
    stopTelling();
    stop();
  }
}

type Updates = AsyncIterable<Parameters<typeof afterUpdate>[1]>;

async function follow(run: Run, updates: Updates, note: (text: string) => Promise<void>): Promise<Run | null> {
  let picture: FleetState | null = null;
  let said = '';
  for await (const update of updates) {
    picture = afterUpdate(picture, update);
    const now = picture?.runs.find((other) => other.id === run.id);
    if (picture === null || now === undefined) continue;
    if (hasEnded(now.state)) return now;
    requireStartable(picture, now);
    const waiting = picture.waiting[run.id];
    const line = now.state.name === 'queued' && waiting ? `Queued: ${oneLine(waiting.message)}` : stateInWords(now.state);
    if (line !== said) await note(line);
    said = line;
  }
  return null;
}

/** A queue that stands still for a reason only a person can remove is not waited for. */
function requireStartable(picture: FleetState, run: Run): void {
  if (run.state.name !== 'queued') return;
  const pause = picture.pauses.find((each) => each.projectId === null || each.projectId === run.projectId);
  const fault = picture.engine.state === 'down' ? picture.engine.fault : pause?.fault;
  if (fault !== undefined) throw new CommandFailure({ ...fault, message: `${fault.message} The brief stays queued.` });
}

async function tell({ output }: Pick<Task<unknown>, 'output'>, number: number, run: Run, evidence: Evidence | null): Promise<number> {
  const ok = isSuccess(run, evidence);
  await output.line(`#${number} ${output.paint(ok ? 'green' : 'red', runInWords(run))}`);
  for (const item of evidence?.items ?? []) {
    await output.line(`  ${output.paint(item.verdict === 'passed' ? 'green' : 'red', verdictInWords(item.verdict))}  ${oneLine(item.command)}  (${sidesInWords(item)})`);
  }
  const result = run.turns.at(-1)?.result ?? null;
  for (const finding of result?.findings ?? []) await output.line(`  ${finding.kind === 'note' ? 'note   ' : 'finding'}  ${oneLine(finding.message)}`);
  await output.data({ ok, number, briefId: run.briefId, runId: run.id, state: run.state, result, checks: evidence?.items ?? [] });
  await output.note(nextStep(number, run));
  return ok ? EXIT.done : EXIT.runFailed;
}

/** What a person does now. */
function nextStep(number: number, run: Run): string {
  if (run.turns.at(-1)?.result?.outcome === 'done') {
    const first = run.state.name === 'reviewable' ? `drydock diff ${number}` : `drydock logs ${number}, drydock diff ${number}`;
    return `Next: ${first}, then drydock land ${number} --branch NAME, or drydock retry ${number}`;
  }
  return `Next: drydock logs ${number}, then drydock retry ${number}`;
}
