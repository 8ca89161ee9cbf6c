import type { Brief, Column } from '../../contract/brief.ts';
import type { BriefId, CommandId } from '../../contract/ids.ts';
import { columnOf } from '../../domain/columns.ts';
import type { Deps } from '../deps.ts';
import type { Once, Outcome } from '../once.ts';
import { refuse } from '../refusal.ts';
import { requireBrief, requireRun } from '../require.ts';
import { runChange } from '../runs/run-change.ts';
import { columnNow, placeCard } from './card-order.ts';
import { withKeptComments } from './kept-comments.ts';
import { queueRun } from './launch-brief.ts';
import { stopRecheck } from './stop-recheck.ts';

const say = (from: Column, to: Column): never =>
  refuse(
    'refusedByState',
    to === 'running' || to === 'review'
      ? `A card goes to ${to === 'running' ? 'Running' : 'Review'} by itself.`
      : `A card in ${from} cannot be moved to ${to}.`,
    to === 'running' ? 'Drop it on Queued to launch it.' : 'Open the brief to see what can be done with it.',
  );

/** The brief in its new place, changed in nothing but `fields`, with the cards that make room for it. */
const moveTo = (deps: Deps, brief: Brief, column: Column, before: BriefId | null, fields: Partial<Brief> = {}): [Brief, ...Brief[]] => {
  const { rank, moved } = placeCard(deps, brief, column, before);
  return [withKeptComments(deps.store, { ...brief, ...fields, rank, changedAt: deps.clock.now() }), ...moved];
};

const only = (briefs: [Brief, ...Brief[]], type: string, data: unknown = {}): Outcome<Brief> => ({
  answer: briefs[0],
  change: { events: [{ subject: briefs[0].id, type, data }], briefs },
});

/** What `outcome` says, and the end of a check that looks at the result which leaves Review. */
const leaving = (deps: Deps, brief: Brief, outcome: Outcome<Brief>): Outcome<Brief> => {
  const { events, runs } = stopRecheck(deps, brief);
  return runs.length === 0 ? outcome : { ...outcome, change: { ...outcome.change, events: [...events, ...outcome.change.events], runs } };
};

/** Back to the backlog: a queued or running run is cancelled (asked once), a finished one is set aside with its result kept. */
const toBacklog = (deps: Deps, brief: Brief, from: Column, input: MoveInput): Outcome<Brief> => {
  const placed = (fields?: Partial<Brief>) => moveTo(deps, brief, 'backlog', input.before, fields);
  if (from === 'backlog') return only(placed(), 'briefMoved');
  if (from === 'done') return only(placed({ currentRun: null, decision: null }), 'briefReopened');
  if (from === 'review' || brief.currentRun === null) return leaving(deps, brief, only(placed({ currentRun: null }), 'resultRejected', { run: brief.currentRun }));
  if (from === 'running' && !input.confirmed) refuse('refusedByState', 'The run is under way; cancelling it loses its work.', 'Stop the run, if what it has done may be lost.');
  const { after, events } = runChange(requireRun(deps.store, brief.currentRun), { kind: 'cancel' }, deps.clock.now());
  const briefs = placed();
  return { answer: briefs[0], change: { events, briefs, runs: [after] } };
};

/** The way back from a decision against a result: it waits again. What never came back cannot wait, and what was landed is decided. */
const toReview = (deps: Deps, brief: Brief, from: Column, input: MoveInput): Outcome<Brief> => {
  if (from === 'review') return only(moveTo(deps, brief, 'review', input.before), 'briefMoved');
  const last = deps.store.runsOfBrief(brief.id).at(-1);
  const waited = last !== undefined && columnOf({ decision: null, currentRun: last.id }, last) === 'review';
  if (!waited || from === 'queued' || from === 'running' || brief.decision === 'landed') return say(from, 'review');
  return only(moveTo(deps, brief, 'review', input.before, { currentRun: last.id, decision: null }), 'briefReopened');
};

export interface MoveInput {
  readonly commandId: CommandId;
  readonly briefId: BriefId;
  readonly to: Column;
  readonly before: BriefId | null;
  readonly confirmed: boolean;
}

/** A drag is a command: what it means follows from where the card is and where it is dropped. */
export const moveBrief = (deps: Deps, once: Once, input: MoveInput): Promise<Brief> =>
  once(input.commandId, (): Outcome<Brief> => {
    const brief = requireBrief(deps.store, input.briefId);
    const from = columnNow(deps, brief);
    switch (input.to) {
      case 'queued': {
        if (from === 'queued') return only(moveTo(deps, brief, 'queued', input.before), 'briefMoved');
        if (from === 'running' || from === 'done') return say(from, input.to);
        const queued = queueRun(deps, brief, input.before);
        return { answer: queued.brief, change: queued.change };
      }
      case 'backlog':
        return toBacklog(deps, brief, from, input);
      case 'done':
        if (from === 'done') return only(moveTo(deps, brief, 'done', input.before), 'briefMoved');
        if (from !== 'review' && from !== 'backlog') return say(from, input.to);
        return leaving(deps, brief, only(moveTo(deps, brief, 'done', input.before, { decision: 'closed' }), 'briefClosed'));
      case 'review':
        return toReview(deps, brief, from, input);
      default:
        return from === input.to ? only(moveTo(deps, brief, from, input.before), 'briefMoved') : say(from, input.to);
    }
  });
