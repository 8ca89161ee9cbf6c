import type { Brief } from '../../src-main/contract/brief.ts';
import type { EngineStatus, FleetChange, FleetUpdate, Overlap, Pause, WaitingReason } from '../../src-main/contract/fleet.ts';
import type { Project } from '../../src-main/contract/project.ts';
import type { Progress, Run } from '../../src-main/contract/run.ts';
import type { SetupTry } from '../../src-main/contract/setup-try.ts';
import type { Settings } from '../../src-main/contract/settings.ts';
import { assertNever } from '../../src-main/domain/assert-never.ts';

export type ById<T> = Readonly<Record<string, T>>;

/** The live picture as the window holds it: things by id, and the number of the last update. */
export interface Fleet {
  readonly loaded: boolean;
  readonly sequence: number;
  readonly projects: ById<Project>;
  readonly briefs: ById<Brief>;
  readonly runs: ById<Run>;
  readonly progress: ById<SeenProgress>;
  readonly waiting: ById<WaitingReason>;
  readonly pauses: readonly Pause[];
  readonly engine: EngineStatus;
  readonly slots: { readonly used: number; readonly total: number };
  readonly settings: Settings;
  readonly overlaps: ById<readonly Overlap[]>;
  /** By project. */
  readonly setupTries: ById<SetupTry>;
  /** By project: containers that were made ahead and wait. */
  readonly warm: ById<number>;
}

/** Progress and when it came, so that time can be shown passing between two of them. */
export type SeenProgress = Progress & { readonly seenAt: number };

export const EMPTY_FLEET: Fleet = {
  loaded: false,
  sequence: -1,
  projects: {},
  briefs: {},
  runs: {},
  progress: {},
  waiting: {},
  pauses: [],
  engine: { state: 'connecting' },
  slots: { used: 0, total: 0 },
  settings: { slots: null, theme: 'system', notify: { ready: true, failed: true, attention: true }, onQuit: 'ask', timeBudgetMinutes: 60, snapshotBudgetGib: 20, keepLogsDays: 30, freeSpaceGib: null, readWarnings: [], tourDone: true },
  overlaps: {},
  setupTries: {},
  warm: {},
};

const byId = <T extends { id: string }>(things: readonly T[]): ById<T> => Object.fromEntries(things.map((thing) => [thing.id, thing]));

type Draft = { -readonly [K in keyof Fleet]: Fleet[K] };
type Table = 'projects' | 'briefs' | 'runs' | 'progress' | 'overlaps' | 'setupTries';

/** Copies each table once per update, not once per change: a batch may hold hundreds. */
const tablesOf = (draft: Draft) => {
  const copied = new Set<Table>();
  return <K extends Table>(name: K): Record<string, Fleet[K][string]> => {
    if (!copied.has(name)) {
      draft[name] = { ...draft[name] };
      copied.add(name);
    }
    return draft[name] as Record<string, Fleet[K][string]>;
  };
};

const applyChange = (draft: Draft, table: ReturnType<typeof tablesOf>, change: FleetChange, now: number): void => {
  switch (change.kind) {
    case 'project':
      table('projects')[change.project.id] = change.project;
      break;
    case 'projectRemoved':
      delete table('projects')[change.id];
      break;
    case 'brief':
      table('briefs')[change.brief.id] = change.brief;
      break;
    case 'briefRemoved':
      delete table('briefs')[change.id];
      break;
    case 'run':
      table('runs')[change.run.id] = change.run;
      break;
    case 'runRemoved':
      delete table('runs')[change.id];
      delete table('progress')[change.id];
      break;
    case 'progress':
      table('progress')[change.progress.runId] = { ...change.progress, seenAt: now };
      break;
    case 'waiting':
      draft.waiting = change.waiting;
      break;
    case 'pauses':
      draft.pauses = change.pauses;
      break;
    case 'engine':
      draft.engine = change.engine;
      break;
    case 'slots':
      draft.slots = change.slots;
      break;
    case 'settings':
      draft.settings = change.settings;
      break;
    case 'warm':
      draft.warm = change.warm;
      break;
    case 'overlap':
      table('overlaps')[change.id] = change.overlaps;
      break;
    case 'setupTry':
      table('setupTries')[change.setupTry.projectId] = change.setupTry;
      break;
    case 'setupTryRemoved':
      delete table('setupTries')[change.id];
      break;
    default:
      assertNever(change);
  }
};

/** The picture after an update. A repeated or older delta changes nothing. */
export const applyUpdate = (fleet: Fleet, update: FleetUpdate, now: number): Fleet => {
  if (update.kind === 'snapshot') {
    const { projects, briefs, runs, progress, setupTries, ...rest } = update.state;
    return {
      ...rest,
      loaded: true,
      sequence: update.sequence,
      projects: byId(projects),
      briefs: byId(briefs),
      runs: byId(runs),
      progress: Object.fromEntries(progress.map((each) => [each.runId, { ...each, seenAt: now }])),
      setupTries: Object.fromEntries(setupTries.map((each) => [each.projectId, each])),
    };
  }
  if (!fleet.loaded || update.sequence <= fleet.sequence) return fleet;
  const draft: Draft = { ...fleet, sequence: update.sequence };
  const table = tablesOf(draft);
  for (const change of update.changes) applyChange(draft, table, change, now);
  return draft;
};
