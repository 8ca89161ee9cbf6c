import { describe, expect, it } from 'vitest';
import type { FleetMessage, FleetUpdate } from '../../src-main/contract/fleet.ts';
import { createPartJoiner, inParts, wholeUpdates } from '../../src-main/domain/fleet-parts.ts';
import { manyBriefs } from '../renderer/support/many-briefs.ts';

type Snapshot = Extract<FleetUpdate, { kind: 'snapshot' }>;

const snapshotOf = (briefs: number): Snapshot => ({ kind: 'snapshot', sequence: 7, service: 'a', state: manyBriefs(briefs) });

/** As the wire does it: nothing of the one end is in the other. */
const sent = (messages: Iterable<FleetMessage>): FleetMessage[] => structuredClone([...messages]);

describe('a fleet in parts', () => {
  for (const count of [0, 1, 499, 500, 501, 1_700])
    it(`is whole again after its travel: ${count} briefs`, () => {
      const snapshot = snapshotOf(count);
      const join = createPartJoiner();
      const whole = sent(inParts(snapshot)).map((message) => join(message));
      expect(whole.pop()).toEqual(snapshot);
      expect(whole.every((each) => each === null)).toBe(true);
    });

  it('keeps the text of a run whose brief was edited since', () => {
    const snapshot = snapshotOf(40);
    const run = snapshot.state.runs[3]!;
    const brief = snapshot.state.briefs.find(({ currentRun }) => currentRun === run.id)!;
    brief.text = { ...brief.text, goal: 'Edited since' };
    run.order = { ...run.order, environment: { ...run.order.environment, setup: 'make' } };
    const join = createPartJoiner();
    const whole = sent(inParts(snapshot)).map((message) => join(message)).at(-1) as Snapshot;
    expect(whole.state.runs[3]!.order).toEqual(run.order);
    expect(whole.state.runs[3]!.order.text.goal).not.toBe('Edited since');
  });

  it('says once what runs were ordered alike', () => {
    const part = [...inParts(snapshotOf(500))].find((message) => message.kind === 'part');
    expect(part?.runs.length).toBeGreaterThan(100);
    expect(part?.shared.length).toBeLessThan(10);
  });

  it('is forgotten with a stream that was cut in it', async () => {
    const cut = sent(inParts(snapshotOf(1_200))).slice(0, 2);
    const delta: FleetMessage = { kind: 'delta', sequence: 8, changes: [] };
    const seen: FleetUpdate[] = [];
    const stream = async function* (messages: FleetMessage[]) {
      yield* messages;
    };
    for await (const update of wholeUpdates(stream(cut))) seen.push(update);
    for await (const update of wholeUpdates(stream([...sent(inParts(snapshotOf(3))), delta]))) seen.push(update);
    expect(seen.map(({ kind }) => kind)).toEqual(['snapshot', 'delta']);
    expect((seen[0] as Snapshot).state.briefs).toHaveLength(3);
  });
});
