import type { FleetChange, FleetState, FleetUpdate } from '../../contract/fleet.ts';

/** The fleet after an update: a snapshot replaces the picture, a delta changes it. Deltas before a snapshot are nothing. */
export function afterUpdate(picture: FleetState | null, update: FleetUpdate): FleetState | null {
  if (update.kind === 'snapshot') return update.state;
  return picture && update.changes.reduce(afterChange, picture);
}

function afterChange(state: FleetState, change: FleetChange): FleetState {
  switch (change.kind) {
    case 'project':
      return { ...state, projects: put(state.projects, change.project, (item) => item.id) };
    case 'projectRemoved':
      return { ...state, projects: state.projects.filter((item) => item.id !== change.id) };
    case 'brief':
      return { ...state, briefs: put(state.briefs, change.brief, (item) => item.id) };
    case 'briefRemoved':
      return { ...state, briefs: state.briefs.filter((item) => item.id !== change.id) };
    case 'run':
      return { ...state, runs: put(state.runs, change.run, (item) => item.id) };
    case 'runRemoved':
      return { ...state, runs: state.runs.filter((item) => item.id !== change.id) };
    case 'progress':
      return { ...state, progress: put(state.progress, change.progress, (item) => item.runId) };
    case 'waiting':
      return { ...state, waiting: change.waiting };
    case 'pauses':
      return { ...state, pauses: change.pauses };
    case 'engine':
      return { ...state, engine: change.engine };
    case 'slots':
      return { ...state, slots: change.slots };
    case 'settings':
      return { ...state, settings: change.settings };
    case 'warm':
      return { ...state, warm: change.warm };
    case 'overlap':
      return { ...state, overlaps: { ...state.overlaps, [change.id]: change.overlaps } };
    case 'setupTry':
      return { ...state, setupTries: put(state.setupTries, change.setupTry, (item) => item.projectId) };
    case 'setupTryRemoved':
      return { ...state, setupTries: state.setupTries.filter((item) => item.projectId !== change.id) };
    default:
      return change satisfies never;
  }
}

/** The list with the item in place of the one with its key, or behind the others. */
function put<T>(items: readonly T[], item: T, keyOf: (item: T) => string): T[] {
  const at = items.findIndex((other) => keyOf(other) === keyOf(item));
  return at < 0 ? [...items, item] : items.with(at, item);
}
