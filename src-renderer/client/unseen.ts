import { useAway } from './connection.ts';
import { useFleet } from './fleet-store.ts';

/** Why nobody knows what containers do right now, in words; null while they are watched. Runs go on either way. */
export const useUnseen = (): string | null => {
  const away = useAway();
  const isDown = useFleet((fleet) => fleet.engine.state === 'down');
  return away ? 'service away' : isDown ? 'engine away' : null;
};
