import { useEffect, useState } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Project } from '../../src-main/contract/project.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { draftOf, keepEnvironment, keptEnvironment, readDraft, type EnvironmentDraft } from './environment-draft.ts';

export type Saving = { readonly kind: 'idle' } | { readonly kind: 'saving' } | { readonly kind: 'saved' } | { readonly kind: 'failed'; readonly fault: Fault };

/** A project's environment while it is edited: kept here until it is saved on purpose. */
export const useEnvironmentDraft = (project: Project) => {
  const { id } = project;
  const [draft, setDraft] = useState<EnvironmentDraft | null>(() => keptEnvironment(id));
  const [from, setFrom] = useState(() => JSON.stringify(project.environment));
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const saved = JSON.stringify(project.environment);
  const shown = draft ?? draftOf(project.environment);
  const { environment, mistakes } = readDraft(shown);
  const isDirty = draft !== null && (JSON.stringify(environment) !== saved || Object.keys(mistakes).length > 0);

  useEffect(() => keepEnvironment(id, draft), [id, draft]);

  const change = (next: EnvironmentDraft | null): void => {
    if (!isDirty) setFrom(saved);
    setSaving({ kind: 'idle' });
    setDraft(next);
  };
  const save = async (): Promise<void> => {
    if (!isDirty || Object.keys(mistakes).length > 0) return;
    const sent = draft;
    setSaving({ kind: 'saving' });
    try {
      const answer = await api.projects.setEnvironment({ commandId: newCommandId(), projectId: id, environment });
      takeProject(answer);
      setFrom(JSON.stringify(answer.environment));
      // What was typed while it was on its way stays.
      setDraft((now) => (now === sent ? null : now));
      setSaving({ kind: 'saved' });
    } catch (error) {
      setSaving({ kind: 'failed', fault: faultOf(error) });
    }
  };
  return { shown, environment, mistakes, isDirty, isChangedElsewhere: isDirty && saving.kind !== 'saving' && from !== saved, saving, change, save };
};
