import type { Brief } from '../../src-main/contract/brief.ts';
import type { Run } from '../../src-main/contract/run.ts';

/** Whether a run of the brief as it reads now would pass over what was said of the last one: a script reads no comments, and its command is the same. */
export const passesOverComments = (brief: Brief, last: Run): boolean =>
  last.comments.length > 0 && brief.text.runsWith.mode === 'script' && brief.text.runsWith.command === last.order.text.runsWith.command;
