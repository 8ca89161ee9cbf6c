import type { ReactElement } from 'react';
import { useConnection } from '../client/connection.ts';
import { isDiskLow, useDisk } from '../client/disk.ts';
import { useFleet } from '../client/fleet-store.ts';
import { EngineIcon, WarningIcon } from '../ui/icons.tsx';

/** Whether little disk is left, as far as anybody has looked or been stopped by it. */
const useDiskLow = (): boolean => {
  const seen = useDisk(({ disk }) => isDiskLow(disk));
  const stopped = useFleet((fleet) => fleet.pauses.some((pause) => pause.fault.code === 'diskFull'));
  return seen || stopped;
};

/** The engine and the slots, always in view; more about them is on the fleet's page. */
export const Status = (): ReactElement => {
  const engine = useFleet((fleet) => fleet.engine);
  const slots = useFleet((fleet) => fleet.slots);
  const connection = useConnection((state) => state.state);
  const diskLow = useDiskLow();
  const word = engine.state === 'up' ? `${engine.source} ${engine.version}` : engine.state === 'down' ? 'Engine down' : 'Looking for the engine…';
  // Without the service nobody knows: no colour says otherwise.
  const tone = connection === 'lost' ? 'grey' : engine.state === 'up' ? 'green' : engine.state === 'down' ? 'red' : 'grey';
  return (
    <a className="status" href="#/fleet" title="Go to the fleet" data-testid="engine" data-state={engine.state} data-connection={connection}>
      {diskLow && (
        <span className="tag tone-amber">
          <WarningIcon />
          Disk low
        </span>
      )}
      <span className={`tag tone-${tone}`}>
        <EngineIcon />
        <span className="engine-word ellipsis">{word}</span>
      </span>
      <span className="tag" data-testid="slots">
        slots {slots.used}/{slots.total}
      </span>
    </a>
  );
};
