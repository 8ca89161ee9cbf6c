import type { ReactElement } from 'react';
import { useConnection } from '../client/connection.ts';
import { useFleet } from '../client/fleet-store.ts';
import { moment } from '../ui/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { EnginePanel } from './engine-panel.tsx';
import { MachineStrip } from './machine-strip.tsx';
import { RunsTable } from './runs-table.tsx';
import { SnapshotsPanel } from './snapshots-panel.tsx';
import { useMeasurement } from './use-measurement.ts';
import './fleet.css';

/** What runs where, and what it weighs, as long as somebody looks. */
export const FleetPage = (): ReactElement => {
  const measurement = useMeasurement();
  const away = useConnection((connection) => connection.state !== 'up');
  const isUp = useFleet((fleet) => fleet.engine.state === 'up');
  return (
    <div className="fleet-page">
      <EnginePanel />
      {measurement === null ? <Skeleton lines={2} label="Reading the machine" /> : <MachineStrip measurement={measurement} />}
      <section className="stack" aria-labelledby="fleet-containers">
        <div className="row">
          <h2 id="fleet-containers">Containers and runs</h2>
          {away && measurement !== null && <span className="tone-amber">as read at {moment(measurement.at)}; the service is not answering</span>}
          {!away && !isUp && <span className="muted">Containers cannot be seen while the engine is away.</span>}
        </div>
        {measurement === null ? <Skeleton lines={4} label="Reading the containers" /> : <RunsTable containers={isUp ? measurement.containers : []} />}
      </section>
      <SnapshotsPanel />
    </div>
  );
};
