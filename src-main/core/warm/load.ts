import type { ProjectId } from '../../contract/ids.ts';
import type { Run } from '../../contract/run.ts';
import type { Load } from '../../domain/warm.ts';
import type { Deps } from '../deps.ts';
import type { SupervisorView } from '../supervisor/supervisor.ts';

/** Whether the engine has a start before it: work that has begun leaves it idle. */
const isBeginning = ({ state }: Run): boolean => state.name === 'preparing' || state.name === 'settingUp' || state.name === 'sealing' || (state.name === 'working' && state.container === null);

/** What the machine is doing, as seen by work for a project that can wait. */
export const loadFor = ({ store, engines, freeMemory }: Pick<Deps, 'store' | 'engines' | 'freeMemory'>, { pauses, slots, waiting }: SupervisorView, project: ProjectId): Load => {
  const unended = store.unendedRuns();
  // One that is held back by others or by a pause asks for nothing yet. One without a reason has not been looked at.
  const isInLine = ({ id, state }: Run): boolean => state.name === 'queued' && !['behind', 'paused', 'engine'].includes(waiting[id]?.kind ?? '');
  return {
    engineUp: engines.engine() !== null,
    slots,
    inLine: unended.filter(isInLine).length,
    beginning: unended.filter(isBeginning).length,
    paused: pauses.some(({ projectId }) => projectId === null || projectId === project),
    freeMemory: freeMemory(),
  };
};
