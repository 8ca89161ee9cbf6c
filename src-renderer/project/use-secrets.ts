import { useCallback, useEffect, useState } from 'react';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { SecretFacts, SecretGiven } from '../../src-main/contract/secret.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { newCommandId } from '../client/ids.ts';

/** What may be known of a project's secrets: never a value. */
export interface KnownSecrets {
  readonly keptBy: 'keychain' | 'keyFile';
  readonly secrets: readonly SecretFacts[];
}

export interface Secrets {
  /** null: not known yet. */
  readonly known: KnownSecrets | null;
  /** Why they could not be listed. */
  readonly fault: Fault | null;
  readonly look: () => void;
  /** Counts at once, for every run that begins after it. Answers with the refusal, or null. */
  readonly set: (name: string, given: SecretGiven) => Promise<Fault | null>;
  readonly remove: (name: string) => Promise<Fault | null>;
}

/** A project's secrets at the service. */
export const useSecrets = (projectId: ProjectId): Secrets => {
  const [state, setState] = useState<{ known: KnownSecrets | null; fault: Fault | null }>({ known: null, fault: null });
  const [looked, setLooked] = useState(0);
  useEffect(() => {
    const giveUp = new AbortController();
    api.secrets.list({ projectId }, { signal: giveUp.signal }).then(
      (known) => setState({ known, fault: null }),
      (error: unknown) => {
        if (!giveUp.signal.aborted) setState({ known: null, fault: faultOf(error) });
      },
    );
    return () => giveUp.abort();
  }, [projectId, looked]);
  const look = useCallback(() => setLooked((times) => times + 1), []);
  const settled = async (work: Promise<unknown>): Promise<Fault | null> => {
    try {
      await work;
      look();
      return null;
    } catch (error) {
      return faultOf(error);
    }
  };
  return {
    ...state,
    look,
    set: (name, given) => settled(api.secrets.set({ commandId: newCommandId(), projectId, name, given })),
    remove: (name) => settled(api.secrets.remove({ commandId: newCommandId(), projectId, name })),
  };
};
