import type { ReactElement } from 'react';
import { budgetAdvice } from '../../src-main/domain/readiness.ts';
import { changeSettings } from '../client/change-settings.ts';
import { useFleet } from '../client/fleet-store.ts';
import { AutomaticNumber } from '../ui/automatic-number.tsx';
import { bytes } from '../ui/format.ts';
import { Stepper } from '../ui/stepper.tsx';
import type { SettingsField } from './field.ts';

const Slots = (): ReactElement => {
  const chosen = useFleet((fleet) => fleet.settings.slots);
  const slots = useFleet((fleet) => fleet.slots);
  const engine = useFleet((fleet) => fleet.engine);
  return (
    <div className="stack">
      <AutomaticNumber label="Runs at once" value={chosen} automatic={slots.total} min={1} max={64} onChange={(next) => changeSettings({ slots: next })} />
      <span className="hint">
        {chosen === null && engine.state === 'up' && `${slots.total} right now, from ${engine.cpus} cores and ${bytes(engine.memoryBytes)}.`}
        {chosen === null && engine.state !== 'up' && 'Known when the engine is.'}
        {chosen !== null && engine.state === 'up' && chosen > engine.cpus && `More than the engine's ${engine.cpus} cores: runs will slow each other down.`}
      </span>
    </div>
  );
};

const TimeBudget = (): ReactElement => {
  const minutes = useFleet((fleet) => fleet.settings.timeBudgetMinutes);
  return (
    <div className="stack">
      <span className="row">
        <Stepper quiet label="Time budget in minutes" value={minutes} min={1} max={10_080} onChange={(timeBudgetMinutes) => changeSettings({ timeBudgetMinutes })} />
        minutes
      </span>
      <span className="hint">{budgetAdvice(minutes).message}</span>
    </div>
  );
};

const SnapshotBudget = (): ReactElement => {
  const budget = useFleet((fleet) => fleet.settings.snapshotBudgetGib);
  return (
    <div className="stack">
      <span className="row">
        <Stepper quiet label="Disk for snapshots in GiB" value={budget} min={1} max={100_000} onChange={(snapshotBudgetGib) => changeSettings({ snapshotBudgetGib })} />
        GiB
      </span>
      <span className="hint">Beyond it those used longest ago go by themselves.</span>
    </div>
  );
};

const KeepLogs = (): ReactElement => {
  const days = useFleet((fleet) => fleet.settings.keepLogsDays);
  return (
    <span className="row">
      <Stepper quiet label="Days that logs are kept" value={days} min={0} max={36_500} onChange={(keepLogsDays) => changeSettings({ keepLogsDays })} />
      days
    </span>
  );
};

/** What automatic comes to on a disk that is not small. */
const AUTOMATIC_FLOOR = 5;

const FreeSpace = (): ReactElement => {
  const chosen = useFleet((fleet) => fleet.settings.freeSpaceGib);
  return (
    <div className="stack">
      <AutomaticNumber label="Free space in GiB" value={chosen} automatic={AUTOMATIC_FLOOR} min={0} max={100_000} onChange={(freeSpaceGib) => changeSettings({ freeSpaceGib })} />
      <span className="hint">{chosen === null ? '5 GiB, or a twentieth of the disk where that is less.' : chosen === 0 ? 'The queue never waits for space: runs fail when the disk is full.' : `Below ${chosen} GiB the queue waits; below a fifth of it whatever writes most is stopped.`}</span>
    </div>
  );
};

export const RUN_FIELDS: readonly SettingsField[] = [
  { section: 'runs', title: 'Runs at once', hint: 'How many slots there are. Automatic reserves one core and 1 GiB of memory for each run.', also: 'slots parallel concurrency queue workers limit', Control: Slots },
  { section: 'runs', title: 'Time budget', hint: 'What a new brief gets for its work. Time in which the machine sleeps does not count.', also: 'timeout duration limit minutes default deadline', Control: TimeBudget },
  { section: 'disk', title: 'Disk for snapshots', hint: 'What sealed environments may take together. Those that a run uses, or a result in Review is checked in, always stay.', also: 'budget cache eviction space size limit images', Control: SnapshotBudget },
  { section: 'disk', title: 'Keep logs', hint: 'How long the log of a landed run, or of a removed brief, is kept. Logs of results that are not decided always stay.', also: 'retention history days clean up delete', Control: KeepLogs },
  { section: 'disk', title: 'Free space', hint: 'How much of the disk stays free: with less the queue waits, and goes on by itself when there is space again.', also: 'low disk full floor pause watchdog', Control: FreeSpace },
];
