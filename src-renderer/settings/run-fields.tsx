import type { ReactElement } from 'react';
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

/** How long runs should be, as the guide to writing briefs says it. */
const guidance = (minutes: number): string => {
  if (minutes < 5) return 'Very short: hardly worth a brief.';
  if (minutes <= 30) return 'The sweet spot for a brief.';
  if (minutes <= 120) return 'Long: watch the scope.';
  return 'Over two hours: better split into several briefs.';
};

const TimeBudget = (): ReactElement => {
  const minutes = useFleet((fleet) => fleet.settings.timeBudgetMinutes);
  return (
    <div className="stack">
      <span className="row">
        <Stepper quiet label="Time budget in minutes" value={minutes} min={1} max={10_080} onChange={(timeBudgetMinutes) => changeSettings({ timeBudgetMinutes })} />
        minutes
      </span>
      <span className="hint">{guidance(minutes)}</span>
    </div>
  );
};

export const RUN_FIELDS: readonly SettingsField[] = [
  { section: 'runs', title: 'Runs at once', hint: 'How many slots there are. Automatic reserves one core and 1 GiB of memory for each run.', also: 'slots parallel concurrency queue workers limit', Control: Slots },
  { section: 'runs', title: 'Time budget', hint: 'What a new brief gets for its work. Time in which the machine sleeps does not count.', also: 'timeout duration limit minutes default deadline', Control: TimeBudget },
];
