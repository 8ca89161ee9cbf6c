import type { FleetState } from '../contract/fleet.ts';
import type { Run } from '../contract/run.ts';
import { hasEnded } from '../domain/columns.ts';
import { recheckOf } from '../domain/recheck.ts';
import { visibleText } from '../domain/visible-text.ts';
import { reasonInWords, stateInWords } from '../domain/words.ts';

/** Something that a person may want to be told of while they look elsewhere. */
export interface News {
  readonly kind: 'ready' | 'failed' | 'attention';
  /** One line. */
  readonly text: string;
  /** Where it is to be seen: a hash of the window's. */
  readonly route: string;
}

type Seen = Pick<FleetState, 'briefs' | 'runs' | 'pauses'>;

/** Longest line: systems cut at about as many characters, and a goal may be a page. */
const LONGEST = 140;

/** What has happened between two pictures of the fleet. Only what was seen under way can end: a first picture is no news. */
export function newsBetween(before: Seen, after: Seen): News[] {
  return [...endings(before, after), ...newPauses(before, after)];
}

function endings(before: Seen, after: Seen): News[] {
  if (before.runs === after.runs) return [];
  const earlier = new Map(before.runs.map((run) => [run.id, run]));
  return after.runs.flatMap((run): News[] => {
    const then = earlier.get(run.id);
    // Checks of a selection that a person asked for end in front of that person.
    if (then === undefined || then.state === run.state || hasEnded(then.state) || recheckOf(then.state) !== null) return [];
    if (run.state.name === 'reviewable') return [{ kind: 'ready', text: line(after, run, ''), route: `#/brief/${run.briefId}/review?run=${run.id}` }];
    if (!hasEnded(run.state) || run.state.name === 'cancelled') return [];
    const why = run.state.name === 'failed' ? reasonInWords(run.state.reason) : `${stateInWords(run.state)}.`;
    return [{ kind: 'failed', text: line(after, run, why), route: `#/brief/${run.briefId}/activity?run=${run.id}` }];
  });
}

function line({ briefs }: Seen, run: Run, why: string): string {
  const number = briefs.find((brief) => brief.id === run.briefId)?.number;
  const goal = run.order.text.goal.split('\n', 1)[0] ?? '';
  return cut(`${number === undefined ? '' : `#${number} `}${goal}${why === '' ? '' : ` — ${why}`}`);
}

function newPauses(before: Seen, after: Seen): News[] {
  if (before.pauses === after.pauses) return [];
  const known = new Set(before.pauses.map(({ projectId, since }) => `${projectId} ${since}`));
  return after.pauses
    .filter(({ projectId, since }) => !known.has(`${projectId} ${since}`))
    .map(({ projectId, fault }) => ({ kind: 'attention', text: cut(fault.message), route: projectId === null ? '#/board' : `#/board?project=${projectId}` }));
}

function cut(text: string): string {
  const characters = Array.from(visibleText(text.replace(/\s+/g, ' ').trim()));
  return characters.length <= LONGEST ? characters.join('') : `${characters.slice(0, LONGEST - 1).join('')}…`;
}
