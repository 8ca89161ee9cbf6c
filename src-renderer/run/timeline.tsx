import type { ReactElement } from 'react';
import type { Run } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { clock, moment } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';

const STEPS = ['queued', 'preparing', 'settingUp', 'sealing', 'working', 'collecting', 'checking'] as const;
const WORD = {
  queued: 'Queued',
  preparing: 'Preparing',
  settingUp: 'Setup',
  sealing: 'Sealing',
  working: 'Work',
  collecting: 'Collecting',
  checking: 'Checks',
} as const;

/** The phases of a run in their order, each with the time it took. */
export const Timeline = ({ run }: { readonly run: Run }): ReactElement => {
  const ended = hasEnded(run.state);
  const now = useNow(!ended);
  const failedIn = 'phase' in run.state && ended ? run.state.phase : null;
  const begun = STEPS.flatMap((name) => {
    const at = run.times[name];
    return at === undefined ? [] : [{ name, at }];
  }).sort((a, b) => a.at - b.at);
  return (
    <ol className="timeline" aria-label="Phases">
      {begun.map(({ name, at }, index) => {
        const until = begun[index + 1]?.at ?? run.endedAt ?? now;
        const active = !ended && index === begun.length - 1;
        return (
          <li key={name} className={active ? 'active' : failedIn === name ? 'failed' : ''} title={moment(at)} aria-current={active ? 'step' : undefined}>
            <span>{WORD[name]}</span> <span className="muted">{clock(until - at)}</span>
          </li>
        );
      })}
    </ol>
  );
};
