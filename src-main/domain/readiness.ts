import type { BriefText } from '../contract/brief.ts';
import type { Readiness } from '../contract/endpoints.ts';
import type { Internet } from '../contract/network.ts';
import { assertNever } from './assert-never.ts';

type Item = Readiness['items'][number];

const item = (name: string, ok: boolean, missing: string, present = 'Set.'): Item => ({ name, ok, message: ok ? present : missing });

/** An item that lacks nothing, and is to be looked at all the same where `warning` is set. */
const advice = (name: string, message: string, warning: boolean): Item => ({ name, ok: true, ...(warning && { warning }), message });

/** Time guidance of the product: under 5 minutes it could have been a prompt, over 2 hours it should be split. */
export const budgetAdvice = (minutes: number): Item => {
  if (minutes < 5) return advice('Time budget', 'Under 5 minutes: this could have been a prompt.', true);
  if (minutes <= 30) return advice('Time budget', '5 to 30 minutes: as long as a brief is best.', false);
  return advice('Time budget', minutes <= 120 ? 'Over 30 minutes: watch the scope.' : 'Over 2 hours: split it.', true);
};

/** What may leave the machine while the run works. */
const INTERNET: Readonly<Record<Internet, string>> = {
  off: 'Off while it works.',
  allowlist: "The hosts of the environment's allow-list, by name; what else it asks for is refused and listed.",
  full: 'Everything, unseen and unlimited: what it reads can be sent anywhere.',
};

/** Without these a run could not even start; whatever else is missing is only advised. */
const ESSENTIAL = new Set(['Command', 'Agent', 'Variants']);

/** What keeps a brief from being launched at all, in a sentence; null when nothing does. */
export const obstacleToLaunch = (text: BriefText): string | null => {
  const missing = readinessOf(text).items.find((each) => !each.ok && ESSENTIAL.has(each.name));
  return missing === undefined ? null : `${missing.name}: ${missing.message}`;
};

/** Whether a brief has what its mode needs, item by item. It may be launched unready. */
export const readinessOf = (text: BriefText): Readiness => {
  const { mode, command, internet, variants } = text.runsWith;
  const budget = budgetAdvice(text.timeBudgetMinutes);
  const network = advice('Internet', INTERNET[internet], internet === 'full');
  const goal = item('Goal', text.goal.trim() !== '', 'Say in one sentence what the user will see.');
  const checks = item('Checks', text.checks.length > 0, 'Without a check nothing but your eyes proves the result.', `${text.checks.length} set.`);
  const items = ((): Item[] => {
    switch (mode) {
      case 'script':
        return [item('Command', command.trim() !== '', 'Script mode needs the command to run.'), network, budget];
      case 'code':
        return [
          goal,
          checks,
          item('Scope', text.scope.inPlay.length > 0, 'Name the globs in play.'),
          item('Stop condition', text.stopCondition.trim() !== '', 'Say when the agent should stop.'),
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
