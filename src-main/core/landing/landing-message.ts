import type { Brief } from '../../contract/brief.ts';
import type { Run } from '../../contract/run.ts';

/** Longest first line of a commit message that tools show whole (a convention of git's own documentation: 50 aimed at, 72 at most). */
const SUBJECT = 72;

/** The message a landing proposes: the goal, and where it came from. */
export const landingMessage = (run: Run, brief: Pick<Brief, 'number'>): string => {
  const { goal } = run.order.text;
  const first = goal.split('\n')[0]?.trim() || `Result of brief #${brief.number}`;
  const subject = first.length <= SUBJECT ? first : `${first.slice(0, SUBJECT - 1)}…`;
  const rest = goal.trim() === subject ? '' : `\n\n${goal.trim()}`;
  return `${subject}${rest}\n\nDrydock-Brief: #${brief.number}\nDrydock-Run: ${run.id}\n`;
};
