import type { ReactElement } from 'react';
import { useConnection } from '../client/connection.ts';
import { useFleet } from '../client/fleet-store.ts';
import { EngineIcon } from '../ui/icons.tsx';

/** The engine and the slots, always in view; more about them is on the fleet's page. */
export const Status = (): ReactElement => {
  const engine = useFleet((fleet) => fleet.engine);
  const slots = useFleet((fleet) => fleet.slots);
  const connection = useConnection((state) => state.state);
  const word = engine.state === 'up' ? `${engine.source} ${engine.version}` : engine.state === 'down' ? 'Engine down' : 'Looking for the engine…';
  const tone = engine.state === 'up' ? 'green' : engine.state === 'down' ? 'red' : 'grey';
  return (
    <a className="status" href="#/fleet" data-testid="engine" data-state={engine.state} data-connection={connection}>
      <span className={`tag tone-${tone}`} title={word}>
        <EngineIcon />
        <span className="engine-word ellipsis">{word}</span>
      </span>
      <span className="tag" data-testid="slots">
        slots {slots.used}/{slots.total}
      </span>
    </a>
  );
};
