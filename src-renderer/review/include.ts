import type { Run } from '../../src-main/contract/run.ts';
import { api } from '../client/api.ts';
import { faultOf } from '../client/fault-of.ts';
import { takeRun } from '../client/fleet-store.ts';
import { newCommandId } from '../client/ids.ts';
import { showFault } from '../ui/toast.tsx';

/** Takes paths into the result or out of it: shown at once, taken back when it is refused. */
export const setIncluded = async (run: Run, paths: readonly string[], included: boolean): Promise<void> => {
  const others = run.excluded.filter((path) => !paths.includes(path));
  takeRun({ ...run, excluded: included ? others : [...others, ...paths] });
  try {
    takeRun(await api.runs.setIncluded({ commandId: newCommandId(), runId: run.id, paths: [...paths], included }));
  } catch (error) {
    takeRun(run);
    showFault(faultOf(error));
  }
};
