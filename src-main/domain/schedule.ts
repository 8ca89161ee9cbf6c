import type { Pause, WaitingReason } from '../contract/fleet.ts';
import type { ProjectId, RunId } from '../contract/ids.ts';
import { behindOthers, type QueuedBehind } from './behind.ts';

/** 1 CPU and 1 GiB are reserved for each run; its limits are not reservations. */
const RESERVED_MEMORY = 2 ** 30;

/** How many runs may be under way at once on an engine. At least 1. `chosen` is the user's own number, or null. */
export const slotsOf = (engine: { cpus: number; memoryBytes: number } | null, chosen: number | null): number => {
  if (chosen !== null) return chosen;
  if (engine === null) return 1;
  return Math.max(1, Math.min(Math.floor(engine.cpus), Math.floor(engine.memoryBytes / RESERVED_MEMORY)));
};

export interface QueuedRun extends QueuedBehind {
  readonly id: RunId;
  readonly projectId: ProjectId;
  /** Place in the Queued column: smaller goes first. */
  readonly rank: number;
  readonly queuedAt: number;
}

export interface Schedule {
  readonly start: readonly RunId[];
  readonly waiting: Readonly<Record<string, WaitingReason>>;
}

/** Which queued runs start now, and why each other one waits. */
export const schedule = (input: {
  readonly queued: readonly QueuedRun[];
  readonly used: number;
  readonly total: number;
  readonly engineUp: boolean;
  readonly pauses: readonly Pause[];
  /** Numbers of briefs whose work has started and has not ended. */
  readonly underWay: ReadonlySet<number>;
}): Schedule => {
  const start: RunId[] = [];
  const waiting: Record<string, WaitingReason> = {};
  const inOrder = input.queued.toSorted((a, b) => a.rank - b.rank || a.queuedAt - b.queuedAt);
  const behind = behindOthers(inOrder, input.underWay);
  let ahead = 0;
  for (const run of inOrder) {
    const pause = input.pauses.find((each) => each.projectId === null || each.projectId === run.projectId);
    const others = behind.get(run.number);
    if (pause) waiting[run.id] = { kind: 'paused', message: pause.fault.message };
    else if (!input.engineUp) waiting[run.id] = { kind: 'engine', message: 'Waits for the container engine.' };
    else if (others !== undefined) waiting[run.id] = { kind: 'behind', message: others };
    else if (input.used + start.length < input.total) start.push(run.id);
    else if (ahead === 0) waiting[run.id] = { kind: 'slots', message: `All ${input.total} ${input.total === 1 ? 'slot is' : 'slots are'} in use.` };
    else waiting[run.id] = { kind: 'next', message: `${ahead} ahead of it in the queue.` };
    // One that is held back by others lets those below it pass.
    if (waiting[run.id] !== undefined && waiting[run.id]?.kind !== 'behind') ahead += 1;
  }
  return { start, waiting };
};
