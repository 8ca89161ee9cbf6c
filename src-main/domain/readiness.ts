import type { BriefText } from '../contract/brief.ts';
import type { Readiness } from '../contract/endpoints.ts';
import type { Internet } from '../contract/network.ts';
import { assertNever } from './assert-never.ts';

type Item = Readiness['items'][number];

/** Each message is a sentence of its own: what is there, or what to do. */
const item = (name: string, ok: boolean, missing: string, present: string): Item => ({ name, ok, message: ok ? present : missing });

/** An item that lacks nothing, and is to be looked at all the same where `warning` is set. */
const advice = (name: string, message: string, warning: boolean): Item => ({ name, ok: true, ...(warning && { warning }), message });

/** Time guidance of the product: under 5 minutes it could have been a prompt, over 2 hours it should be split. */
export const budgetAdvice = (minutes: number): Item => {
  if (minutes < 5) return advice('Time budget', 'This is under 5 minutes: it could have been a prompt.', true);
  if (minutes <= 30) return advice('Time budget', 'This is 5 to 30 minutes, as long as a brief is best.', false);
  return advice('Time budget', minutes <= 120 ? 'This is over 30 minutes: watch the scope.' : 'This is over 2 hours: split the brief.', true);
};

/** What may leave the machine while the run works. */
const INTERNET: Readonly<Record<Internet, string>> = {
  off: 'The work reaches nothing.',
  allowlist: 'The work reaches the hosts of the environment’s allow-list, by name; what else it asks for is refused and listed.',
  full: 'The work reaches everything, unseen and unlimited: what it reads, it can send anywhere.',
};

/** Without these a run could not even start; whatever else is missing is only advised. */
const ESSENTIAL = new Set(['Command', 'Agent', 'Variants']);

/** The first thing that keeps a brief from being launched at all; null when nothing does. */
export const missingForLaunch = (text: BriefText): Item | null => readinessOf(text).items.find((each) => !each.ok && ESSENTIAL.has(each.name)) ?? null;

/** The same in a sentence. */
export const obstacleToLaunch = (text: BriefText): string | null => {
  const missing = missingForLaunch(text);
  return missing === null ? null : `${missing.name}: ${missing.message}`;
};

/**
 * Whether a brief has what its mode needs, item by item. It may be launched unready. Of a time budget up to the usual one of the settings, in
 * minutes, nobody is warned: it was chosen for every brief.
 */
export const readinessOf = (text: BriefText, usualMinutes = 0): Readiness => {
  const { mode, command, internet, variants } = text.runsWith;
  const advised = budgetAdvice(text.timeBudgetMinutes);
  const budget = text.timeBudgetMinutes > 30 && text.timeBudgetMinutes <= usualMinutes ? advice('Time budget', 'This is within the usual time of your settings.', false) : advised;
  const network = advice('Internet', INTERNET[internet], internet === 'full');
  const goal = item('Goal', text.goal.trim() !== '', 'Say in one sentence what the user will see.', 'It says what the user will see.');
  const checks = item('Checks', text.checks.length > 0, 'Add a command that shows whether the result is right: without one, only your eyes do.', text.checks.length === 1 ? 'One command shows whether the result is right.' : `${text.checks.length} commands show whether the result is right.`);
  const items = ((): Item[] => {
    switch (mode) {
      case 'script':
        return [item('Command', command.trim() !== '', 'Write the command that does the work.', 'A command does the work.'), network, budget];
      case 'code':
        return [
          goal,
          checks,
          item('Scope', text.scope.inPlay.length > 0, 'Name the globs in play.', 'It says what may be changed.'),
          item('Stop condition', text.stopCondition.trim() !== '', 'Say when the agent should stop.', 'It says when the agent should stop.'),
          { name: 'Agent', ok: false, message: 'No coding agent is set up. Use script mode.' },
          network,
          budget,
        ];
      case 'ask':
        return [goal, { name: 'Agent', ok: false, message: 'No agent is set up that could answer. Use script mode.' }, network, budget];
      default:
        return assertNever(mode);
    }
  })();
  // One attempt where several were asked for would be a silent change of the brief.
  if (variants > 1) items.push({ name: 'Variants', ok: false, message: `${variants} are asked for, and several attempts at once are not run yet. Set it to 1.` });
  return { ready: items.every((each) => each.ok), items };
};
