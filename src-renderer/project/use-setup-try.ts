import { useState } from 'react';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import type { Environment } from '../../src-main/contract/project.ts';
import type { SetupTry } from '../../src-main/contract/setup-try.ts';
import { hasEnded } from '../../src-main/domain/columns.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeSetupTry, useSetupTry } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault } from '../ui/toast.tsx';

export interface TriedSetup {
  /** undefined: none is there. */
  readonly tried: SetupTry | undefined;
  readonly isGoing: boolean;
  /** Waits for an answer of the service. */
  readonly busy: boolean;
  readonly start: () => void;
  readonly stop: () => void;
  /** Takes it away; without `keep` what it sealed goes too. */
  readonly end: (keep: boolean) => void;
}

/** The try of a project's environment; what is tried is what the form says. */
export const useTriedSetup = (projectId: ProjectId, environment: Environment): TriedSetup => {
  const tried = useSetupTry(projectId);
  const [busy, setBusy] = useState(false);
  const ask = (work: Promise<unknown>): void => {
    setBusy(true);
    work.catch((error: unknown) => showFault(faultOf(error))).finally(() => setBusy(false));
  };
  return {
    tried,
    busy,
    isGoing: tried !== undefined && !hasEnded(tried.run.state),
    start: () => ask(api.setupTries.start({ commandId: newCommandId(), projectId, environment }).then(takeSetupTry)),
    stop: () => ask(api.setupTries.stop({ commandId: newCommandId(), projectId })),
    end: (keep) => ask(api.setupTries.end({ commandId: newCommandId(), projectId, keep })),
  };
};
