import type { Clock } from '../../../ports/surroundings.ts';

/** Waits for work no longer than a time, and no longer than somebody wants it. What comes later goes to `late`. */
export const within = async <T>(clock: Clock, ms: number, signal: AbortSignal, work: Promise<T>, late: (value: T) => void = () => {}): Promise<T> => {
  const given = Promise.withResolvers<never>();
  let over = false;
  const giveUp = (why: string): void => {
    over = true;
    given.reject(new Error(why));
  };
  const onAbort = (): void => giveUp('nobody waits for it any more');
  const stop = clock.after(ms, () => giveUp('it took too long'));
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  work.then(
    (value) => {
      if (over) late(value);
    },
    () => {},
  );
  try {
    return await Promise.race([work, given.promise]);
  } finally {
    stop();
    signal.removeEventListener('abort', onAbort);
  }
};
