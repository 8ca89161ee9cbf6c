import type { Brief } from '../contract/brief.ts';
import type { FleetMessage, FleetUpdate, LightRun } from '../contract/fleet.ts';
import type { Run, RunOrder } from '../contract/run.ts';

/** Briefs and runs of one part: what is written and read in a few milliseconds. */
const PART = 500;

type Part = Extract<FleetMessage, { kind: 'part' }>;
type Shared = Part['shared'];

/** Runs of one project were mostly ordered alike, and as their briefs still say: that is sent once. */
const lighten = (texts: ReadonlyMap<string, string>, runs: readonly Run[]): { runs: LightRun[]; shared: Shared } => {
  const shared: Shared = [];
  const places = new Map<string, number>();
  const placeOf = ({ environment, network }: RunOrder): number => {
    const key = JSON.stringify([environment, network]);
    const place = places.get(key) ?? shared.push({ environment, network }) - 1;
    places.set(key, place);
    return place;
  };
  const light = runs.map((run): LightRun => {
    const asInBrief = texts.get(run.id) === JSON.stringify(run.order.text);
    return { ...run, order: { text: asInBrief ? null : run.order.text, shared: placeOf(run.order) } };
  });
  return { runs: light, shared };
};

/** A snapshot as it travels: neither end is held up by a long one, and one reads while the other writes. Deltas travel as they are. */
export function* inParts(update: FleetUpdate): Generator<FleetMessage, void> {
  if (update.kind === 'delta') return yield update;
  const { briefs, runs } = update.state;
  const texts = new Map<string, string>();
  const rest = Math.max(Math.ceil(briefs.length / PART), Math.ceil(runs.length / PART));
  for (let part = 0; part < rest; part += 1) {
    const some = briefs.slice(part * PART, (part + 1) * PART);
    for (const { currentRun, text } of some) if (currentRun !== null) texts.set(currentRun, JSON.stringify(text));
    yield { kind: 'part', briefs: some, ...lighten(texts, runs.slice(part * PART, (part + 1) * PART)) };
  }
  yield { ...update, state: { ...update.state, briefs: [], runs: [] } };
}

const wholeRuns = (parts: readonly Part[], briefs: readonly Brief[]): Run[] => {
  const texts = new Map(briefs.map(({ currentRun, text }) => [currentRun, text]));
  return parts.flatMap(({ runs, shared }) =>
    runs.flatMap((run) => {
      const text = run.order.text ?? texts.get(run.id);
      const rest = shared[run.order.shared];
      return text === undefined || rest === undefined ? [] : [{ ...run, order: { text, ...rest } }];
    }),
  );
};

/** Puts the parts of each snapshot together again; null: it is not whole yet. One for each stream: a part is of the snapshot that follows it there. */
export const createPartJoiner = (): ((message: FleetMessage) => FleetUpdate | null) => {
  let parts: Part[] = [];
  return (message) => {
    if (message.kind === 'part') {
      parts.push(message);
      return null;
    }
    if (message.kind === 'delta' || parts.length === 0) return message;
    const briefs = parts.flatMap((part) => part.briefs);
    const state = { ...message.state, briefs, runs: wholeRuns(parts, briefs) };
    parts = [];
    return { ...message, state };
  };
};

/** The whole updates of one stream. */
export async function* wholeUpdates(messages: AsyncIterable<FleetMessage>): AsyncGenerator<FleetUpdate, void> {
  const join = createPartJoiner();
  for await (const message of messages) {
    const update = join(message);
    if (update !== null) yield update;
  }
}
