import type { ReactElement } from 'react';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { useActions } from '../../client/actions.ts';
import { hrefOf, goTo } from '../../client/route.ts';
import { titleOf } from '../../client/run-sign.ts';
import { ChevronRightIcon, BackIcon } from '../../ui/icons.tsx';
import type { Waiting } from './queue-order.ts';

const routeOf = ({ brief }: Waiting) => ({ place: 'brief' as const, id: brief.id, tab: 'review' as const, run: null, queue: true });

/** Goes to a result of the queue; null: it is empty, which its page says. */
export const goToWaiting = (next: Waiting | null): void => goTo(next ? routeOf(next) : { place: 'review' }, true);

/** Where one is in the queue, with the way to the next and the one before. */
export const QueueStrip = ({ queue, briefId }: { readonly queue: readonly Waiting[]; readonly briefId: string }): ReactElement => {
  const at = queue.findIndex(({ brief }) => brief.id === briefId);
  const next = queue[at + 1] ?? null;
  const previous = at > 0 ? (queue[at - 1] ?? null) : null;
  useActions([
    // In the list of keys also at the ends of the queue.
    { title: 'Go to the next result of the queue', section: 'Review', keys: 'J', early: true, ...(!next && { told: true, hidden: true }), run: () => goToWaiting(next) },
    { title: 'Go to the previous result of the queue', section: 'Review', keys: 'K', early: true, ...(!previous && { told: true, hidden: true }), run: () => goToWaiting(previous) },
  ]);
  const step = (to: Waiting | null, name: string, inside: ReactElement): ReactElement =>
    to ? (
      <a className="button quiet icon" href={hrefOf(routeOf(to))} aria-label={name} title={`${name}: ${visibleText(titleOf(to.brief.text))}`}>
        {inside}
      </a>
    ) : (
      <span className="button quiet icon off" aria-hidden="true">
        {inside}
      </span>
    );
  return (
    <nav className="queue-strip" aria-label="Review queue">
      {step(previous, 'Previous result', <BackIcon />)}
      <span data-testid="queue-place">{at < 0 ? `Decided; ${queue.length} waiting` : `${at + 1} of ${queue.length}`}</span>
      {step(next, 'Next result', <ChevronRightIcon />)}
      <span className="muted grow ellipsis">{next ? `Next: ${visibleText(titleOf(next.brief.text))}` : at >= 0 && queue.length > 0 ? 'The last of the queue' : ''}</span>
      <span className="muted keys" aria-hidden="true">
        <kbd>⇧J</kbd> next <kbd>⇧K</kbd> previous
      </span>
    </nav>
  );
};
