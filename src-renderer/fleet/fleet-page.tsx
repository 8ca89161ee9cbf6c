import type { ReactElement } from 'react';
import { useAway } from '../client/connection.ts';
import { useFleet } from '../client/fleet-store.ts';
import { moment } from '../ui/format.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { Stale } from '../ui/stale.tsx';
import { DiskPanel } from './disk-panel.tsx';
import { EnginePanel } from './engine-panel.tsx';
import { MachineStrip } from './machine-strip.tsx';
import { RunsTable } from './runs-table.tsx';
import { SnapshotsPanel } from './snapshots-panel.tsx';
import { useMeasurement } from './use-measurement.ts';
import './fleet.css';

/** What runs where, and what it weighs, as long as somebody looks. */
export const FleetPage = (): ReactElement => {
  const measurement = useMeasurement();
  const away = useAway();
  const isUp = useFleet((fleet) => fleet.engine.state === 'up');
  return (
    <div className="fleet-page">
      <EnginePanel />
      {away && <Stale>{measurement === null ? 'Nothing was read yet; the service is not answering' : `As read at ${moment(measurement.at)}; the service is not answering`}</Stale>}
      {measurement !== null && <MachineStrip measurement={measurement} />}
      {measurement === null && !away && <Skeleton lines={2} label="Reading the machine" />}
      <section className="stack" aria-labelledby="fleet-containers">
        <div className="row">
          <h2 id="fleet-containers">Containers and runs</h2>
          {!away && !isUp && <span className="muted">Containers cannot be seen while the engine is away.</span>}
        </div>
        {measurement === null && !away ? <Skeleton lines={4} label="Reading the containers" /> : <RunsTable containers={isUp && measurement !== null ? measurement.containers : []} />}
      </section>
      <DiskPanel />
      <SnapshotsPanel />
    </div>
  );
};
