import type { ReactElement } from 'react';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { Environment } from '../../src-main/contract/project.ts';
import { LinesField, NumberField, TextField } from '../ui/field.tsx';
import { Switch } from '../ui/switch.tsx';
import type { EnvironmentDraft, Mistakes } from './environment-draft.ts';
import { HeadersSection } from './headers-section.tsx';
import { NetworkSection } from './network-section.tsx';
import { SecretsSection } from './secrets-section.tsx';
import { ServicesSection } from './services-section.tsx';
import type { Secrets } from './use-secrets.ts';
import { WarmSection } from './warm-section.tsx';

const GIB = 2 ** 30;

interface EnvironmentFormProps {
  readonly project: ProjectId;
  readonly draft: EnvironmentDraft;
  readonly mistakes: Mistakes;
  readonly secrets: Secrets;
  readonly onChange: (draft: EnvironmentDraft) => void;
  /** May come after an answer of the service: made from what is typed by then. */
  readonly onUses: (change: (uses: Environment['secrets']) => Environment['secrets']) => void;
}

/** How the project's containers are made: image, setup, variables, services, secrets, network, limits. */
export const EnvironmentForm = ({ project, draft, mistakes, secrets, onChange, onUses }: EnvironmentFormProps): ReactElement => {
  const { environment } = draft;
  const set = (change: Partial<Environment>): void => onChange({ ...draft, environment: { ...environment, ...change } });
  const limit = (change: Partial<Environment['limits']>): void => set({ limits: { ...environment.limits, ...change } });
  const { limits } = environment;
  const names = [...new Set([...(secrets.known?.secrets ?? []), ...environment.secrets].map(({ name }) => name))].toSorted();
  return (
    <>
      <section className="environment-section" aria-label="Image and setup">
        <h2>Image and setup</h2>
        <TextField
          label="Image"
          mono
          value={environment.image ?? ''}
          placeholder="drydock/base"
          mistake={mistakes.image}
          hint="Empty: Drydock’s own base image. An image of yours must be on this machine."
          onChange={(image) => set({ image: image.trim() || null })}
        />
        <TextField
          label="Setup script"
          mono
          lines
          value={environment.setup}
          placeholder="e.g. npm ci"
          mistake={mistakes.setup}
          hint="Runs once with the internet on, before any work. What it leaves is sealed as a snapshot and used again. Empty: the image is used as it is."
          onChange={(setup) => set({ setup })}
        />
        <Switch label="Run setup as root of its container" hint="To install packages of the image’s distribution. The work never runs as root." on={environment.setupAsRoot} onChange={(setupAsRoot) => set({ setupAsRoot })} />
        <div className="environment-pair">
          <LinesField label="Lock files" mono value={environment.lockFiles} placeholder="e.g. package-lock.json" mistake={mistakes.lockFiles} hint="One a line. When one changes, setup runs again." onChange={(lockFiles) => set({ lockFiles })} />
          <NumberField label="Setup timeout, minutes" min={0.1} max={1440} step="any" value={environment.setupTimeoutSeconds / 60} hint="30 by default." onChange={(value) => set({ setupTimeoutSeconds: Math.max(1, Math.round(value * 60)) })} />
        </div>
      </section>
      <section className="environment-section" aria-label="Variables">
        <TextField
          label="Variables"
          mono
          lines
          value={draft.variables}
          placeholder="e.g. NODE_ENV=test"
          mistake={mistakes.variables}
          hint="NAME=value, one a line. Not for secrets: the work can read them."
          onChange={(variables) => onChange({ ...draft, variables })}
        />
      </section>
      <ServicesSection services={draft.services} onChange={(services) => onChange({ ...draft, services })} />
      <SecretsSection secrets={secrets} uses={environment.secrets} inject={environment.inject} onUses={onUses} />
      <NetworkSection network={environment.network} mistake={mistakes.network} onChange={(network) => set({ network })} />
      <HeadersSection inject={environment.inject} secrets={names} onChange={(inject) => set({ inject })} />
      <section className="environment-section" aria-label="Limits">
        <h2>Limits</h2>
        <p className="hint">What one container may use at most. Nothing is set aside for it.</p>
        <div className="environment-limits">
          <NumberField label="CPUs" min={0.25} max={256} step="any" value={limits.cpus} hint="2 by default" onChange={(cpus) => limit({ cpus })} />
          <NumberField label="Memory, GiB" min={0.0625} max={4096} step="any" value={limits.memoryBytes / GIB} hint="4 by default" onChange={(value) => limit({ memoryBytes: Math.round(value * GIB) })} />
          <NumberField label="Processes" min={16} max={65_536} value={limits.processes} hint="512 by default" onChange={(value) => limit({ processes: Math.round(value) })} />
          <NumberField label="Written, GiB" min={0.01} max={65_536} step="any" value={limits.writtenBytes / GIB} hint="10 by default" onChange={(value) => limit({ writtenBytes: Math.round(value * GIB) })} />
        </div>
      </section>
      <WarmSection project={project} environment={environment} onChange={(warm) => set({ warm })} />
    </>
  );
};
