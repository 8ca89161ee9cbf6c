import { useEffect, useRef, useState, type ReactElement } from 'react';
import { useActions } from '../client/actions.ts';
import { useFleet } from '../client/fleet-store.ts';
import { goTo, useRoute } from '../client/route.ts';
import { Empty } from '../ui/empty.tsx';
import { ReviewIcon } from '../ui/icons.tsx';
import { useNow } from '../ui/use-now.ts';
import { QueueRow } from './queue/queue-row.tsx';
import { lookedAt, useQueue } from './queue/queue-session.ts';
import { loadEditor } from './review-tab.tsx';
import './review.css';

/** All results that wait for a decision: as the window is opened, what nobody has looked at first, then the oldest; that order stays. */
export const QueuePage = (): ReactElement => {
  const route = useRoute();
  const project = route.place === 'review' ? (route.project ?? null) : null;
  const projects = useFleet((fleet) => fleet.projects);
  const queue = useQueue(project);
  const [active, setActive] = useState<string | null>(lookedAt);
  // Ages are told to the minute: the rows are not drawn anew every second.
  const now = Math.floor(useNow(true) / 30_000) * 30_000;
  const box = useRef<HTMLUListElement>(null);
  const at = Math.max(0, queue.findIndex(({ brief }) => brief.id === active));
  const current = queue[at];

  // What is opened next needs it.
  useEffect(loadEditor, []);
  // Enter opens the first at once, or the one that was looked at last.
  useEffect(() => box.current?.querySelector<HTMLElement>('[aria-current=true]')?.focus(), []);
  const move = (by: 1 | -1) => (): void => {
    const next = queue[at + by];
    if (!next) return;
    setActive(next.brief.id);
    box.current?.querySelector<HTMLElement>(`[data-waiting="${next.brief.number}"]`)?.focus();
  };
  const open = (id: string): void => goTo({ place: 'brief', id, tab: 'review', run: null, queue: true });
  const section = 'Review queue';
  useActions([
    { title: 'Go to the next result', section, keys: 'j', run: move(1) },
    { title: 'Go to the previous result', section, keys: 'k', run: move(-1) },
    { title: 'Go down', section, keys: 'ArrowDown', hidden: true, run: move(1) },
    { title: 'Go up', section, keys: 'ArrowUp', hidden: true, run: move(-1) },
    ...(current ? [{ title: 'Review the result', section, keys: 'o', run: () => open(current.brief.id) }] : []),
  ]);

  if (queue.length === 0) {
    return (
      <Empty title="Nothing waits for you" icon={<ReviewIcon size={22} />} actions={<a className="button" href="#/board">Go to the board</a>}>
        Results come here when runs are done.
      </Empty>
    );
  }
  const unseen = queue.filter(({ run }) => !run.seen).length;
  return (
    <div className="queue">
      <p className="queue-head muted">
        {queue.length} waiting for a decision{unseen > 0 && `, ${unseen} not seen yet`}. What is new comes first, then the oldest; the order stays while you go through it, and what arrives comes last. <kbd>↵</kbd> opens{' '}
        {active === null || at === 0 ? 'the first' : `#${current?.brief.number ?? ''}`} and goes on from there.
      </p>
      <ul ref={box} aria-label="Results waiting for a decision">
        {queue.map((each, index) => (
          <QueueRow key={each.brief.id} waiting={each} project={projects[each.brief.projectId]} now={now} current={index === at} onFocus={setActive} />
        ))}
      </ul>
    </div>
  );
};
