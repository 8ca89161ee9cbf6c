import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { goTo } from './route.ts';

/** What is added to the word that a brief runs again, and what is offered about it. */
export interface Unheeded {
  readonly words: string;
  readonly offer: { readonly title: string; readonly run: () => void };
}

/** Where a run of the brief as it reads now passes over what was said of the last one: a script reads no comments, and its command is the same. null: it does not. */
export const unheededComments = (brief: Brief | undefined, last: Run | undefined): Unheeded | null => {
  if (!brief || !last || last.comments.length === 0) return null;
  const { mode, command } = brief.text.runsWith;
  if (mode !== 'script' || command !== last.order.text.runsWith.command) return null;
  return {
    words: 'A script does not read comments: with the same command it does the same.',
    offer: { title: 'Edit the command', run: () => goTo({ place: 'brief', id: brief.id, tab: 'brief', run: null }) },
  };
};
