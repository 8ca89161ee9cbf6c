import { useEffect, useState } from 'react';
import type { BriefId } from '../../../src-main/contract/ids.ts';
import type { Waiting } from './queue-order.ts';
import { afterDeciding, useQueue } from './queue-session.ts';

/** Where to go after a decision on a brief: known before the decision takes it out of the queue. */
export const useNextWaiting = (id: BriefId): Waiting | null => {
  const queue = useQueue();
  const [next, setNext] = useState(() => afterDeciding(queue, id));
  const isWaiting = queue.some((each) => each.brief.id === id);
  useEffect(() => {
    if (isWaiting) setNext(afterDeciding(queue, id));
  }, [isWaiting, queue, id]);
  return next;
};
