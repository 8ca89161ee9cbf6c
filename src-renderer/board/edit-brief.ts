import type { Brief } from '../../src-main/contract/brief.ts';
import { wantMissing } from '../client/missing-first.ts';
import { goTo } from '../client/route.ts';

/** Opens the brief itself, to be written on. */
export const editBrief = (brief: Brief): void => {
  wantMissing(brief.id);
  goTo({ place: 'brief', id: brief.id, tab: 'brief', run: null });
};
