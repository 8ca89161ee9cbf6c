import type { ReactElement } from 'react';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { Environment } from '../../src-main/contract/project.ts';
import { obstacleToWarm } from '../../src-main/domain/warm.ts';
import { useFleet } from '../client/fleet-store.ts';
import { NumberField } from '../ui/field.tsx';

interface WarmSectionProps {
  readonly project: ProjectId;
  readonly environment: Environment;
  readonly onChange: (warm: number) => void;
}

/** How many containers are made ahead, and how many of them wait now. */
export const WarmSection = ({ project, environment, onChange }: WarmSectionProps): ReactElement => {
  const waiting = useFleet((fleet) => fleet.warm[project] ?? 0);
  const obstacle = environment.warm === 0 ? null : obstacleToWarm(environment);
  return (
    <section className="environment-section" aria-label="Warm containers">
      <h2>Warm containers</h2>
      <p className="hint">Made ahead, with the workspace of the base in them, and not started: a run that fits starts at once. Thrown away when the base, the environment or the network changes.</p>
      <div className="environment-limits">
        <NumberField label="Made ahead" min={0} max={4} value={environment.warm} hint={obstacle === null ? `${waiting} ${waiting === 1 ? 'waits' : 'wait'} now` : `None is made: ${obstacle}`} onChange={(value) => onChange(Math.round(value))} />
      </div>
    </section>
  );
};
