import { brief, briefText, type Brief } from '../../src-main/contract/brief.ts';
import { briefId, commandId, landingId, projectId, runId } from '../../src-main/contract/ids.ts';
import { landing, type Landing } from '../../src-main/contract/landing.ts';
import { project, type Project } from '../../src-main/contract/project.ts';
import { run, type Run } from '../../src-main/contract/run.ts';

/** Ids that tests can name: the number in the alphabet of ids. */
const part = (number: number): string => number.toString(10).padStart(12, '0');

export const sampleProjectId = (number: number) => projectId.parse(`prj_${part(number)}`);
export const sampleBriefId = (number: number) => briefId.parse(`brf_${part(number)}`);
export const sampleRunId = (number: number) => runId.parse(`run_${part(number)}`);
export const sampleLandingId = (number: number) => landingId.parse(`lnd_${part(number)}`);
export const sampleCommandId = (number: number) => commandId.parse(`cmd_${part(number)}`);

const environment = {
  image: null,
  setup: '',
  lockFiles: [],
  variables: {},
  limits: { cpus: 1, memoryBytes: 2 ** 30, processes: 256, writtenBytes: 2 ** 30 },
  setupTimeoutSeconds: 600,
};

export const sampleProject = (number: number): Project =>
  project.parse({ id: sampleProjectId(number), name: `project ${number}`, path: `/projects/${number}`, environment, addedAt: 1_000 });

export const sampleBrief = (number: number, goal = `goal ${number}`, ofProject = 1): Brief =>
  brief.parse({
    id: sampleBriefId(number),
    projectId: sampleProjectId(ofProject),
    number,
    text: briefText.parse({ goal, runsWith: { command: 'true' } }),
    rank: number,
    currentRun: null,
    decision: null,
    createdAt: 1_000 + number,
    changedAt: 1_000 + number,
  });

export interface RunChoice {
  readonly queuedAt?: number;
  readonly endedAt?: number | null;
  readonly state?: Run['state'];
  readonly ofProject?: number;
  readonly attempt?: number;
}

/** A run of the brief, queued unless the choice says that it has ended. */
export const sampleRun = (number: number, of: Brief, choice: RunChoice = {}): Run =>
  run.parse({
    id: sampleRunId(number),
    briefId: of.id,
    projectId: of.projectId,
    attempt: choice.attempt ?? 1,
    order: { text: of.text, environment },
    state: choice.state ?? { name: 'queued' },
    turns: [{ number: 1, base: null, snapshot: null, work: null, result: null, checks: [] }],
    times: { queued: choice.queuedAt ?? 2_000 + number },
    queuedAt: choice.queuedAt ?? 2_000 + number,
    endedAt: choice.endedAt ?? null,
    excluded: [],
    landed: [],
    seen: false,
  });

export const sampleLanding = (number: number, of: Run, state: Landing['state'] = 'intended'): Landing =>
  landing.parse({
    id: sampleLandingId(number), runId: of.id, target: { kind: 'branch', name: 'drydock/1' }, tree: 'a'.repeat(40), token: 't', state, at: 5_000,
  });
