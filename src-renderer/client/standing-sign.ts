import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { standingOf, type Standing } from '../../src-main/domain/run-standing.ts';
import { signOf, type RunSign } from './run-sign.ts';

/** What was decided about a result, as colour, shape and word. */
export const DECIDED: Readonly<Record<'landed' | 'closed' | 'sentBack', RunSign>> = {
  landed: { tone: 'green', shape: 'check', word: 'Landed' },
  closed: { tone: 'grey', shape: 'dash', word: 'Closed' },
  sentBack: { tone: 'grey', shape: 'undo', word: 'Sent back' },
};

export const isDecided = (standing: Standing): standing is keyof typeof DECIDED => Object.hasOwn(DECIDED, standing);

/** Where a run stands, a decision about its result before everything else. */
export const standingSign = (run: Run, brief: Brief): RunSign => {
  const standing = standingOf({ id: run.id, state: run.state.name, isLanded: run.landed.length > 0 }, brief);
  return isDecided(standing) ? DECIDED[standing] : signOf(run);
};
