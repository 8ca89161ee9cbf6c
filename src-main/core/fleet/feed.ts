import type { FleetChange, FleetState, FleetUpdate } from '../../contract/fleet.ts';
import type { Change } from '../../ports/run-store.ts';

/** Deltas held for clients that come back. Beyond it they get a snapshot, so the number only trades memory for bytes sent. */
const HELD = 2_000;
/** Deltas a slow client may be behind before it is given a new snapshot instead. */
const MOST_BEHIND = 1_000;

type Delta = Extract<FleetUpdate, { kind: 'delta' }>;

/** Where a client was: the service that numbered it, and the last number it saw. */
export interface FeedPosition {
  readonly service: string;
  readonly sequence: number;
}

/** The live picture of the fleet: a snapshot, then numbered deltas; a client that comes back gets what it missed. */
export interface FleetFeed {
  readonly service: string;
  tell(changes: readonly FleetChange[]): void;
  watch(from: FeedPosition | null, signal: AbortSignal): AsyncGenerator<FleetUpdate, void>;
}

/** `service` names this process's numbering: numbers of another one mean nothing here. */
export const createFleetFeed = (service: string, read: () => FleetState): FleetFeed => {
  let sequence = 0;
  const held: Delta[] = [];
  const wakers = new Set<() => void>();

  const tell = (changes: readonly FleetChange[]): void => {
    if (changes.length === 0) return;
    sequence += 1;
    held.push({ kind: 'delta', sequence, changes: [...changes] });
    if (held.length > HELD) held.splice(0, held.length - HELD);
    for (const wake of wakers) wake();
  };

  const firstHeld = (): number => held[0]?.sequence ?? sequence + 1;

  const canResume = (from: FeedPosition): boolean =>
    from.service === service && from.sequence <= sequence && from.sequence + 1 >= firstHeld() && sequence - from.sequence <= MOST_BEHIND;

  async function* watch(from: FeedPosition | null, signal: AbortSignal): AsyncGenerator<FleetUpdate, void> {
    let at = from !== null && canResume(from) ? from.sequence : -1;
    let wake: () => void = () => {};
    const waker = (): void => wake();
    wakers.add(waker);
    signal.addEventListener('abort', waker);
    try {
      while (!signal.aborted) {
        if (at < 0 || !canResume({ service, sequence: at })) {
          at = sequence;
          yield { kind: 'snapshot', sequence, service, state: read() };
        } else if (at < sequence) {
          const delta = held[at + 1 - firstHeld()];
          if (delta === undefined) at = -1;
          else {
            at = delta.sequence;
            yield delta;
          }
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      wakers.delete(waker);
      signal.removeEventListener('abort', waker);
    }
  }

  return { service, tell, watch };
};

/** What a commit changed, in the words of the feed. */
export const changesOf = (change: Change): FleetChange[] => [
  ...(change.projects ?? []).map((project): FleetChange => ({ kind: 'project', project })),
  ...(change.briefs ?? []).map((brief): FleetChange => ({ kind: 'brief', brief })),
  ...(change.runs ?? []).map((run): FleetChange => ({ kind: 'run', run })),
  ...(change.removedBriefs ?? []).map((id): FleetChange => ({ kind: 'briefRemoved', id })),
  ...(change.removedProjects ?? []).map((id): FleetChange => ({ kind: 'projectRemoved', id })),
];
