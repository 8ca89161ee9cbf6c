import { useEffect, useState } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { Environment, Project } from '../../src-main/contract/project.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeProject } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showOffer } from '../ui/toast.tsx';
import { draftOf, keepEnvironment, keptEnvironment, readDraft, type EnvironmentDraft, type KeptDraft } from './environment-draft.ts';
import { sameEnvironment } from '../client/environment-changes.ts';

export type Saving = { readonly kind: 'idle' } | { readonly kind: 'saving' } | { readonly kind: 'saved' } | { readonly kind: 'failed'; readonly fault: Fault };

/** A project's environment while it is edited: kept here until it is saved on purpose. */
export const useEnvironmentDraft = (project: Project) => {
  const { id, environment: saved } = project;
  const [kept, setKept] = useState<KeptDraft | null>(() => keptEnvironment(id));
  const [saving, setSaving] = useState<Saving>({ kind: 'idle' });
  const shown = kept?.draft ?? draftOf(saved);
  const { environment, mistakes, wrong } = readDraft(shown);
  const isWrong = wrong > 0;
  const isDirty = kept !== null && (!sameEnvironment(environment, saved) || isWrong);
  const from = kept?.from ?? saved;
  const isChangedElsewhere = isDirty && saving.kind !== 'saving' && !sameEnvironment(from, saved);

  useEffect(() => keepEnvironment(id, kept), [id, kept]);

  const change = (draft: EnvironmentDraft): void => {
    // What is on its way stays so: it is the one to be compared with what is typed meanwhile.
    setSaving((now) => (now.kind === 'saving' ? now : { kind: 'idle' }));
    setKept({ draft, from: isDirty ? from : saved });
  };
  const drop = (): void => {
    setSaving({ kind: 'idle' });
    setKept(null);
  };
  const send = async (over: Environment): Promise<void> => {
    if (!isDirty || isWrong || saving.kind === 'saving') return;
    const sent = shown;
    setSaving({ kind: 'saving' });
    // Kept at once: a reload while it is on its way must not make a conflict of what was decided already.
    setKept({ draft: sent, from: over });
    try {
      const answer = await api.projects.setEnvironment({ commandId: newCommandId(), projectId: id, environment, from: over });
      takeProject(answer);
      // What was typed while it was on its way stays, and is made from what the service has now.
      setKept((now) => (now === null || now.draft === sent ? null : { ...now, from: answer.environment }));
      setSaving({ kind: 'saved' });
    } catch (error) {
      const fault = faultOf(error);
      const theirs = fault.code === 'refusedByState' ? await projectNow(id) : null;
      if (theirs) takeProject(theirs);
      // The notice of the page says what was met and lets choose.
      setSaving(theirs ? { kind: 'idle' } : { kind: 'failed', fault });
    }
  };
  return {
    shown,
    environment,
    mistakes,
    wrong,
    isWrong,
    isDirty,
    isChangedElsewhere,
    saving,
    change,
    drop,
    /** Saves what was typed, unless the environment was changed elsewhere: then one of the two has to be chosen. */
    save: async (): Promise<void> => (isChangedElsewhere ? undefined : send(from)),
    /** Ends a conflict: what was typed here is saved over theirs. */
    keepMine: (): Promise<void> => send(saved),
    /** Ends a conflict: theirs is shown. What was typed here is offered once more. */
    takeTheirs: (): void => {
      const mine = shown;
      drop();
      showOffer('The other version was taken.', { title: 'Bring mine back', run: () => setKept({ draft: mine, from: saved }) });
    },
  };
};

/** The project as the service has it now; null when that cannot be said. */
const projectNow = (id: string): Promise<Project | null> =>
  api.projects.list({}).then(
    (projects) => projects.find((project) => project.id === id) ?? null,
    () => null,
  );
