import type { RunState } from '../../src-main/contract/run.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { useAway } from './connection.ts';
import { useFleet } from './fleet-store.ts';

/** Why nobody knows what containers do right now, in words; null while they are watched. Runs go on either way. */
export const useUnseen = (): string | null => {
  const away = useAway();
  const isDown = useFleet((fleet) => fleet.engine.state === 'down');
  return away ? 'service away' : isDown ? 'engine away' : null;
};

/** The sign of a run without its colour, as long as nobody knows whether it still holds. */
export const signAsSeen = <Sign extends { readonly tone: string }>(sign: Sign, state: RunState, unseen: string | null): Sign | (Omit<Sign, 'tone'> & { readonly tone: 'grey' }) =>
  unseen === null || hasEnded(state) ? sign : { ...sign, tone: 'grey' };
