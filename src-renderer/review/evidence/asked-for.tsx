import type { ReactElement } from 'react';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleLines, visibleText } from '../../../src-main/domain/visible-text.ts';

/** Characters from which a text may have to be scrolled, by key too. */
const SCROLLED = 300;

const list = (globs: readonly string[]): string => globs.map(visibleText).join(', ');

/** What a run was asked for, in the words that it was launched with. Its checks and what a person is to judge have places of their own. */
export const AskedFor = ({ run }: { readonly run: Run }): ReactElement => {
  const { goal, context, scope, constraints, stopCondition, runsWith } = run.order.text;
  const isScript = runsWith.mode === 'script';
  const parts = [
    { title: 'Goal', text: visibleLines(goal.trim()) },
    { title: 'Context', text: visibleLines(context.trim()) },
    { title: 'In play', text: list(scope.inPlay), mono: true },
    { title: 'Off limits', text: list(scope.offLimits), mono: true },
    { title: 'Constraints', text: visibleLines(constraints.trim()) },
    { title: 'Stop condition', text: visibleLines(stopCondition.trim()) },
    isScript
      ? { title: 'Command', text: visibleLines(runsWith.command.trim()), mono: true }
      : { title: 'Agent', text: [runsWith.agent, runsWith.model].filter((each) => each !== '').map(visibleText).join(', ') },
    { title: 'Base', text: visibleText(run.turns.at(-1)?.base?.description ?? '') },
  ].filter(({ text }) => text !== '');
  return (
    <dl className="asked-for">
      {parts.map(({ title, text, mono = false }) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd className={mono ? 'mono literal' : ''} dir={mono ? undefined : 'auto'} {...(text.length > SCROLLED && { tabIndex: 0 })}>
            {text}
          </dd>
        </div>
      ))}
    </dl>
  );
};
