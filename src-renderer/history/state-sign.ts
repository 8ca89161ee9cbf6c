import type { RunStateName } from '../../src-main/contract/run.ts';
import type { Standing } from '../../src-main/domain/run-standing.ts';
import type { RunSign } from '../client/run-sign.ts';
import { DECIDED, isDecided } from '../client/standing-sign.ts';
import { visibleText } from '../../src-main/domain/visible-text.ts';

const UNDER_WAY = { tone: 'accent', shape: 'play' } as const;
const BROKEN = { tone: 'red', shape: 'cross' } as const;

const SIGNS: Readonly<Record<RunStateName, RunSign>> = {
  queued: { tone: 'grey', shape: 'clock', word: 'Queued' },
  preparing: { ...UNDER_WAY, word: 'Preparing' },
  settingUp: { ...UNDER_WAY, word: 'Setting up' },
  sealing: { ...UNDER_WAY, word: 'Setting up' },
  working: { ...UNDER_WAY, word: 'Working' },
  collecting: { ...UNDER_WAY, word: 'Collecting' },
  checking: { ...UNDER_WAY, word: 'Checking' },
  reviewable: { tone: 'amber', shape: 'eye', word: 'Ready' },
  failed: { ...BROKEN, word: 'Failed' },
  timedOut: { ...BROKEN, word: 'Timed out' },
  lost: { ...BROKEN, word: 'Lost' },
  cancelling: { tone: 'grey', shape: 'stop', word: 'Cancelling' },
  cancelled: { tone: 'grey', shape: 'stop', word: 'Cancelled' },
};

const isKnown = (state: string): state is RunStateName => Object.hasOwn(SIGNS, state);

/** A run's state, by its name alone, as colour, shape and word. A name of another version is shown as it is. */
export const stateSign = (state: string): RunSign => (isKnown(state) ? SIGNS[state] : { tone: 'grey', shape: 'circle', word: visibleText(state) });

/** Where a run stands: a decision about it before its state. */
export const standingSignOf = (standing: Standing): RunSign => (isDecided(standing) ? DECIDED[standing] : stateSign(standing));

/** Where runs stand, as a person filters by it. */
export const STATE_GROUPS = [
  { id: 'underway', title: 'Under way', states: ['queued', 'preparing', 'settingUp', 'sealing', 'working', 'collecting', 'checking', 'cancelling'] },
  { id: 'ready', title: 'Ready', states: ['reviewable'] },
  { id: 'landed', title: 'Landed', states: ['landed'] },
  { id: 'closed', title: 'Closed', states: ['closed'] },
  { id: 'sentback', title: 'Sent back', states: ['sentBack'] },
  { id: 'failed', title: 'Failed', states: ['failed', 'lost'] },
  { id: 'timedout', title: 'Timed out', states: ['timedOut'] },
  { id: 'cancelled', title: 'Cancelled', states: ['cancelled'] },
] as const satisfies readonly { readonly id: string; readonly title: string; readonly states: readonly (RunStateName | keyof typeof DECIDED)[] }[];
export type StateGroup = (typeof STATE_GROUPS)[number]['id'];

const ENDED: readonly string[] = ['reviewable', 'failed', 'timedOut', 'lost', 'cancelled'] satisfies RunStateName[];
/** Whether a run in this state can be run again: another one may follow it. */
export const isEnded = (state: string): boolean => ENDED.includes(state);
