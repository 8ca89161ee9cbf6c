import type { ReactElement } from 'react';
import type { Environment } from '../../src-main/contract/project.ts';
import { Field, LinesField, NumberField, TextField } from '../ui/field.tsx';
import { VariablesField } from './variables-field.tsx';

const GIB = 2 ** 30;

/** How the project's containers are made: image, setup, variables, limits. */
export const EnvironmentForm = ({ environment, onChange }: { readonly environment: Environment; readonly onChange: (environment: Environment) => void }): ReactElement => {
  const set = (change: Partial<Environment>): void => onChange({ ...environment, ...change });
  const limit = (change: Partial<Environment['limits']>): void => set({ limits: { ...environment.limits, ...change } });
  const { limits } = environment;
  return (
    <>
      <TextField label="Setup script" mono lines value={environment.setup} placeholder="npm ci" hint="Runs once with the internet on, before the work. Its result is kept as a snapshot and used again." onChange={(setup) => set({ setup })} />
      <LinesField label="Lock files" mono value={environment.lockFiles} placeholder="package-lock.json" hint="One a line. When one changes, setup runs again." onChange={(lockFiles) => set({ lockFiles })} />
      <VariablesField variables={environment.variables} onChange={(variables) => set({ variables })} />
      <Field label="Image" hint="Empty: Drydock’s own base image.">
        {(id, describedBy) => (
          <input id={id} aria-describedby={describedBy} className="input mono" value={environment.image ?? ''} onChange={(event) => set({ image: event.target.value.trim() || null })} />
        )}
      </Field>
      <div className="environment-limits">
        <NumberField label="CPUs" min={0.25} max={256} step="any" value={limits.cpus} onChange={(cpus) => limit({ cpus })} />
        <NumberField label="Memory, GiB" min={0.0625} max={4096} step="any" value={limits.memoryBytes / GIB} onChange={(value) => limit({ memoryBytes: Math.round(value * GIB) })} />
        <NumberField label="Processes" min={16} max={65_536} value={limits.processes} onChange={(value) => limit({ processes: Math.round(value) })} />
        <NumberField label="Written, GiB" min={0.01} max={65_536} step="any" value={limits.writtenBytes / GIB} onChange={(value) => limit({ writtenBytes: Math.round(value * GIB) })} />
        <NumberField label="Setup timeout, minutes" min={0.1} max={1440} step="any" value={environment.setupTimeoutSeconds / 60} onChange={(value) => set({ setupTimeoutSeconds: Math.max(1, Math.round(value * 60)) })} />
      </div>
    </>
  );
};
