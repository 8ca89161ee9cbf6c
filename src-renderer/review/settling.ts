import { create } from 'zustand';
import type { RunId } from '../../src-main/contract/ids.ts';

/** By run: changes of its selection that the service has not answered yet. */
const useUnanswered = create<Readonly<Record<RunId, number>>>(() => ({}));

const count = (run: RunId, by: 1 | -1): void => useUnanswered.setState((state) => ({ [run]: (state[run] ?? 0) + by }));

/** Whether the service has the selection that the window shows: only then what it says of the selection is about this one. */
export const useSettled = (run: RunId): boolean => useUnanswered((state) => (state[run] ?? 0) === 0);

const last = new Map<RunId, Promise<unknown>>();

/** Sends the commands on one run in the order in which they were given: checks asked for after a change are checks of that change. */
export const inOrder = <Answer>(run: RunId, send: () => Promise<Answer>): Promise<Answer> => {
  count(run, 1);
  const sent = (last.get(run) ?? Promise.resolve()).then(send, send);
  last.set(run, sent);
  const answered = (): void => {
    count(run, -1);
    if (last.get(run) === sent) last.delete(run);
  };
  sent.then(answered, answered);
  return sent;
};
