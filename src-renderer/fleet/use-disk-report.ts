import { useState } from 'react';
import type { DiskReport } from '../../src-main/contract/disk.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { useFleet } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { bytes, count } from '../ui/format.ts';
import { showDone, showFault } from '../ui/toast.tsx';
import { useLookedUp } from './use-looked-up.ts';

export interface DiskLook {
  /** null before the first answer. */
  readonly report: DiskReport | null;
  readonly fault: Fault | null;
  readonly isFreeing: boolean;
  readonly reload: () => void;
  readonly free: (report: DiskReport) => void;
}

const askForReport = (signal: AbortSignal): Promise<DiskReport> => api.disk.report({}, { signal });

/** What is held on disks and may go; looked at again when a run sets up or ends, and when the budget or the floor is another. */
export const useDiskReport = (): DiskLook => {
  const [isFreeing, setFreeing] = useState(false);
  const moment = useFleet(({ engine, slots, pauses, settings }) => [engine.state, slots.used, pauses.length, settings.snapshotBudgetGib, settings.keepLogsDays, settings.freeSpaceGib].join(' '));
  const { value: report, fault, reload } = useLookedUp(askForReport, moment);
  const free = ({ steps }: DiskReport): void => {
    setFreeing(true);
    api.disk
      .free({ commandId: newCommandId(), steps: steps.map(({ id }) => id) })
      .then(
        ({ freedBytes, left }) => showDone(`${bytes(freedBytes)} are free again.`, left > 0 ? `${count(left, 'thing')} could not go: used or needed by now.` : ''),
        (error: unknown) => showFault(faultOf(error)),
      )
      .finally(() => {
        setFreeing(false);
        reload();
      });
  };
  return { report, fault, isFreeing, reload, free };
};
