import type { ReactElement, ReactNode } from 'react';
import type { Measurement } from '../../src-main/contract/live.ts';
import { changeSettings } from '../client/change-settings.ts';
import { isDiskLow } from '../client/disk.ts';
import { useFleet } from '../client/fleet-store.ts';
import { AutomaticNumber } from '../ui/automatic-number.tsx';
import { bytes } from '../ui/format.ts';
import { Meter } from '../ui/meter.tsx';

interface GaugeProps {
  readonly title: string;
  readonly words: ReactNode;
  readonly children: ReactNode;
}

const Gauge = ({ title, words, children }: GaugeProps): ReactElement => (
  <div className="gauge">
    <h3>{title}</h3>
    <div className="gauge-words">{words}</div>
    {children}
  </div>
);

const sum = (values: readonly (number | null)[]): number => values.reduce<number>((total, value) => total + (value ?? 0), 0);

interface UseProps {
  readonly title: string;
  readonly used: number;
  readonly of: number | null;
  readonly unit: (value: number) => string;
  readonly after?: string;
}

const Use = ({ title, used, of, unit, after = '' }: UseProps): ReactElement => {
  if (of === null) return <Gauge title={title} words={<span className="muted">not known</span>}>{null}</Gauge>;
  const text = `${unit(used)} of ${unit(of)}${after}`;
  return (
    <Gauge title={title} words={<><strong>{unit(used)}</strong> <span className="muted">of {unit(of)}{after}</span></>}>
      <Meter label={title} value={used} max={of} text={text} />
    </Gauge>
  );
};

const cores = (value: number): string => String(Number(value.toFixed(1)));

const Disk = ({ disk }: { readonly disk: Measurement['disk'] }): ReactElement => {
  if (disk.totalBytes === 0) return <Gauge title="Disk" words={<span className="muted">could not be read</span>}>{null}</Gauge>;
  const low = isDiskLow(disk);
  return (
    <Gauge title="Disk" words={<><strong className={low ? 'tone-amber' : undefined}>{bytes(disk.freeBytes)} free</strong> <span className="muted">of {bytes(disk.totalBytes)}</span></>}>
      <Meter label="Disk" value={disk.totalBytes - disk.freeBytes} max={disk.totalBytes} text={`${bytes(disk.freeBytes)} free of ${bytes(disk.totalBytes)}`} tightFrom={low ? 0 : 2} />
      {low && <p className="hint">Little is left: a run may write up to 10 GiB. Free some space, or remove snapshots below.</p>}
    </Gauge>
  );
};

const Slots = (): ReactElement => {
  const slots = useFleet((fleet) => fleet.slots);
  const chosen = useFleet((fleet) => fleet.settings.slots);
  const waiting = useFleet((fleet) => Object.keys(fleet.waiting).length);
  return (
    <Gauge title="Slots" words={<><strong>{slots.used} of {slots.total}</strong> <span className="muted">in use{waiting > 0 ? `, ${waiting} waiting` : ''}</span></>}>
      <AutomaticNumber label="Runs at once" value={chosen} automatic={slots.total} min={1} max={64} onChange={(next) => changeSettings({ slots: next })} />
    </Gauge>
  );
};

/** What all runs together take of the machine, and how many may run at once. */
export const MachineStrip = ({ measurement }: { readonly measurement: Measurement }): ReactElement => {
  const { containers, machine, disk } = measurement;
  return (
    <section className="gauges" aria-label="Machine">
      <Use title="CPU" used={sum(containers.map(({ cpus }) => cpus))} of={machine?.cpus ?? null} unit={cores} after=" cores" />
      <Use title="Memory" used={sum(containers.map(({ memoryBytes }) => memoryBytes))} of={machine?.memoryBytes ?? null} unit={bytes} />
      <Disk disk={disk} />
      <Slots />
    </section>
  );
};
