import type { Pause, WaitingReason } from '../contract/fleet.ts';
import type { ProjectId, RunId } from '../contract/ids.ts';

/** 1 CPU and 1 GiB are reserved for each run; its limits are not reservations. */
const RESERVED_MEMORY = 2 ** 30;

/** How many runs may be under way at once on an engine. At least 1. `chosen` is the user's own number, or null. */
export const slotsOf = (engine: { cpus: number; memoryBytes: number } | null, chosen: number | null): number => {
  if (chosen !== null) return chosen;
  if (engine === null) return 1;
  return Math.max(1, Math.min(Math.floor(engine.cpus), Math.floor(engine.memoryBytes / RESERVED_MEMORY)));
};

export interface QueuedRun {
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
}): Schedule => {
  const start: RunId[] = [];
  const waiting: Record<string, WaitingReason> = {};
  const inOrder = input.queued.toSorted((a, b) => a.rank - b.rank || a.queuedAt - b.queuedAt);
  for (const run of inOrder) {
    const pause = input.pauses.find((each) => each.projectId === null || each.projectId === run.projectId);
    if (pause) waiting[run.id] = { kind: 'paused', message: pause.fault.message };
    else if (!input.engineUp) waiting[run.id] = { kind: 'engine', message: 'Waits for the container engine.' };
    else if (input.used + start.length < input.total) start.push(run.id);
    else {
      const ahead = inOrder.slice(0, inOrder.indexOf(run)).filter((each) => !start.includes(each.id)).length;
      waiting[run.id] =
        ahead === 0
          ? { kind: 'slots', message: `All ${input.total} ${input.total === 1 ? 'slot is' : 'slots are'} in use.` }
          : { kind: 'next', message: `${ahead} ahead of it in the queue.` };
    }
  }
  return { start, waiting };
};
