import type { BriefText } from '../contract/brief.ts';
import type { Readiness } from '../contract/endpoints.ts';
import { assertNever } from './assert-never.ts';

type Item = Readiness['items'][number];

const item = (name: string, ok: boolean, missing: string, present = 'Set.'): Item => ({ name, ok, message: ok ? present : missing });

/** Time guidance of the product: under 5 minutes it could have been a prompt, over 2 hours it should be split. */
const budgetHint = (minutes: number): string => {
  if (minutes < 5) return 'Under 5 minutes: this could have been a prompt.';
  if (minutes <= 30) return '5 to 30 minutes: the sweet spot.';
  if (minutes <= 120) return 'Over 30 minutes: watch the scope.';
  return 'Over 2 hours: split it.';
};

/** Without these a run could not even start; whatever else is missing is only advised. */
const ESSENTIAL = new Set(['Command', 'Agent', 'Internet']);

/** What keeps a brief from being launched at all, in a sentence; null when nothing does. */
export const obstacleToLaunch = (text: BriefText): string | null => {
  const missing = readinessOf(text).items.find((each) => !each.ok && ESSENTIAL.has(each.name));
  return missing === undefined ? null : `${missing.name}: ${missing.message}`;
};

/** Whether a brief has what its mode needs, item by item. It may be launched unready. */
export const readinessOf = (text: BriefText): Readiness => {
  const { mode, command, internet } = text.runsWith;
  const budget: Item = { name: 'Time budget', ok: true, message: budgetHint(text.timeBudgetMinutes) };
  const network: Item = {
    name: 'Internet',
    ok: internet === 'off',
    message: internet === 'off' ? 'Off while the command works.' : 'Only "off" can be enforced here yet, so a run with internet does not start.',
  };
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
  return { ready: items.every((each) => each.ok), items };
};
