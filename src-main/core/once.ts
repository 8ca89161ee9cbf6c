import type { CommandId } from '../contract/ids.ts';
import type { Change } from '../ports/run-store.ts';
import type { Deps } from './deps.ts';

/** What a command changes, and its answer, to be committed together with its receipt. */
export interface Outcome<T> {
  readonly answer: T;
  readonly change: Omit<Change, 'at' | 'receipt'>;
}

/**
 * Runs a client's command once: a repeat with the same id gets the stored answer, also while the first is still under way. The
 * change and the receipt are one transaction.
 */
export type Once = <T>(command: CommandId, act: () => Outcome<T> | Promise<Late<T>>) => Promise<T>;

/**
 * What comes after waiting decides on what is stored at the very moment it is committed: between a promise's answer and its reader
 * other commands are committed.
 */
export type Late<T> = () => Outcome<T>;

export const createOnce = ({ store, clock }: Pick<Deps, 'store' | 'clock'>): Once => {
  const underWay = new Map<CommandId, Promise<unknown>>();
  const keep = <T>(command: CommandId, { answer, change }: Outcome<T>): T => {
    store.commit({ at: clock.now(), ...change, receipt: { command, answer } });
    return answer;
  };
  return <T>(command: CommandId, act: () => Outcome<T> | Promise<Late<T>>): Promise<T> => {
    const known = underWay.get(command);
    if (known !== undefined) return known as Promise<T>;
    const receipt = store.receipt(command);
    if (receipt !== null) return Promise.resolve(receipt.answer as T);
    const acting = (async () => {
      const acted = act();
      // Decided and committed in one go: two launches of one brief at once must not both find it in the backlog.
      return keep(command, acted instanceof Promise ? (await acted)() : acted);
    })();
    underWay.set(command, acting);
    const forget = (): void => void underWay.delete(command);
    acting.then(forget, forget);
    return acting;
  };
};

/** The answer of a command that has nothing to say. */
export type Nothing = Record<string, never>;
export const DONE: Nothing = {};
