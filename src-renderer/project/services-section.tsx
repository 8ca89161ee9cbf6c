import type { ReactElement } from 'react';
import { Button } from '../ui/button.tsx';
import { LinesField, NumberField, TextField } from '../ui/field.tsx';
import { CloseIcon, PlusIcon } from '../ui/icons.tsx';
import { NEW_SERVICE, serviceMistakes, type ServiceDraft } from './service-draft.ts';
import './rule.css';

/** As many as an environment may have. */
const MOST = 8;

interface ServiceRowProps {
  readonly service: ServiceDraft;
  readonly number: number;
  readonly before: readonly ServiceDraft[];
  readonly onChange: (service: ServiceDraft) => void;
  readonly onRemove: () => void;
}

const ServiceRow = ({ service, number, before, onChange, onRemove }: ServiceRowProps): ReactElement => {
  const set = (change: Partial<ServiceDraft>): void => onChange({ ...service, ...change });
  const mistakes = serviceMistakes(service, before);
  return (
    <div className="rule" role="group" aria-label={`Service ${number}`}>
      <div className="service-fields">
        <TextField label="Name" mono autoFocus={service.name === '' && service.image === ''} value={service.name} placeholder="e.g. postgres" mistake={mistakes.name} untouched={service.name === ''} hint="In the run’s log." onChange={(name) => set({ name })} />
        <TextField label="Image" mono value={service.image} placeholder="e.g. postgres:17" mistake={mistakes.image} untouched={service.image === ''} hint="Started as it says itself." onChange={(image) => set({ image: image.trim() })} />
        <Button look="icon" aria-label={`Remove service ${number}`} onClick={onRemove}>
          <CloseIcon />
        </Button>
      </div>
      <TextField label="Variables" mono lines value={service.variables} placeholder="e.g. POSTGRES_PASSWORD=only-for-tests" mistake={mistakes.variables} hint="NAME=value, one a line. Not for secrets: the work can read what the server knows." onChange={(variables) => set({ variables })} />
      <div className="environment-pair">
        <TextField label="Health command" mono lines value={service.health} placeholder="e.g. pg_isready --host 127.0.0.1" mistake={mistakes.health} hint="Run in its container until it ends with 0. Empty: ready when it has started." onChange={(health) => set({ health })} />
        <NumberField label="Ready within, seconds" min={1} max={600} value={service.readyWithinSeconds} hint="60 by default" onChange={(seconds) => set({ readyWithinSeconds: Math.round(seconds) })} />
      </div>
      <details className="environment-fold">
        <summary>Command</summary>
        <LinesField label="Words of its command" mono value={service.command ?? []} placeholder={'postgres\n-c\nfsync=off'} hint="One a line, for the image’s entrypoint. Empty: as the image says." onChange={(words) => set({ command: words.length === 0 ? null : words })} />
      </details>
    </div>
  );
};

interface ServicesSectionProps {
  readonly services: readonly ServiceDraft[];
  readonly onChange: (services: ServiceDraft[]) => void;
}

/** Throwaway servers beside setup, work and each check. */
export const ServicesSection = ({ services, onChange }: ServicesSectionProps): ReactElement => (
  <section className="environment-section" aria-label="Services">
    <h2>Services</h2>
    <p className="hint">A service is a server that the project needs, such as PostgreSQL or Redis. Setup, the work and each check have one of their own, made afresh and thrown away with them; it listens at 127.0.0.1 and the port that its image uses, as in 127.0.0.1:5432.</p>
    {services.map((service, at) => (
      <ServiceRow
        // Rows have no other name than their place: what is typed in one must not move it.
        key={at}
        number={at + 1}
        service={service}
        before={services.slice(0, at)}
        onChange={(next) => onChange(services.map((each, place) => (place === at ? next : each)))}
        onRemove={() => onChange(services.filter((_, place) => place !== at))}
      />
    ))}
    <div>
      <Button disabled={services.length >= MOST} onClick={() => onChange([...services, NEW_SERVICE])}>
        <PlusIcon /> Service
      </Button>
    </div>
  </section>
);
