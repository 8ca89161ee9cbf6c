import type { Brief } from '../../src-main/contract/brief.ts';
import { api } from '../client/api.ts';
import { takeBrief } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { backToCard } from './current.ts';
import { offerUndo } from './offer-undo.ts';
import { oneByOne, tellFailures } from './one-by-one.ts';
import { spotsOf, wholeBoard, type Spot } from './spots.ts';

/** A deleted brief again: a new one with the same text, in the backlog; where it stood there before, at its place. The focus goes to it. */
const createAgain = async ({ brief, column, next }: Spot): Promise<void> => {
  const again = await api.briefs.create({ commandId: newCommandId(), projectId: brief.projectId, text: brief.text });
  takeBrief(again);
  backToCard(again.id);
  if (column === 'backlog' && next !== null) await api.briefs.move({ commandId: newCommandId(), briefId: again.id, to: 'backlog', before: next });
};

/** Deletes briefs, tells once which could not be, and offers to bring their texts back. */
export const removeCards = async (briefs: readonly Brief[]): Promise<void> => {
  const spots = spotsOf(briefs, wholeBoard());
  const failed = await oneByOne(briefs, async (brief) => {
    await api.briefs.remove({ commandId: newCommandId(), briefId: brief.id });
  });
  tellFailures(failed, briefs.length, 'is not deleted', 'are not deleted');
  const gone = spots.filter((spot) => !failed.some(({ brief }) => brief.id === spot.brief.id));
  offerUndo(gone.map(({ brief }) => brief), 'deleted', async () => {
    const refused = await oneByOne(gone.map(({ brief }) => brief), async (brief) => {
      const spot = gone.find((each) => each.brief.id === brief.id);
      if (spot) await createAgain(spot);
    });
    tellFailures(refused, gone.length, 'stays deleted', 'stay deleted');
  });
};
