import { NETWORK_OFF } from '../../../src-main/contract/network.ts';
import { createHash } from 'node:crypto';
import { briefText, type Brief, type BriefText } from '../../../src-main/contract/brief.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { BlobId, BriefId, CommitId, ProjectId, RunId, TreeId } from '../../../src-main/contract/ids.ts';
import type { Project } from '../../../src-main/contract/project.ts';
import type { CheckOutcome, Result } from '../../../src-main/contract/result.ts';
import type { Run, RunState, Turn } from '../../../src-main/contract/run.ts';
import { settings } from '../../../src-main/contract/settings.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const idOf = (prefix: string, seed: string): string =>
  `${prefix}_${Array.from(createHash('sha256').update(seed).digest().subarray(0, 12), (byte) => ALPHABET[byte % 32]).join('')}`;
export const objectOf = <Id extends CommitId | TreeId | BlobId>(seed: string): Id => createHash('sha1').update(seed).digest('hex') as Id;

export const projectIdOf = (name: string): ProjectId => idOf('prj', name) as ProjectId;
export const briefIdOf = (number: number): BriefId => idOf('brf', String(number)) as BriefId;
export const runIdOf = (number: number, attempt = 1): RunId => idOf('run', `${number}.${attempt}`) as RunId;

/** A moment that all canned data is told from. */
export const NOW = Date.now();

export const cannedProject = (name: string): Project => ({
  id: projectIdOf(name),
  name,
  path: `/home/ada/code/${name}`,
  environment: { ...DEFAULT_ENVIRONMENT, setup: name === 'api' ? 'npm ci' : '', lockFiles: name === 'api' ? ['package-lock.json'] : [] },
  colour: name === 'api' ? 0 : 3,
  addedAt: NOW - 86_400_000,
});

export const cannedBrief = (number: number, project: string, text: Partial<BriefText>, more: Partial<Brief> = {}): Brief => ({
  id: briefIdOf(number),
  projectId: projectIdOf(project),
  number,
  text: briefText.parse({ ...text, runsWith: { command: 'npx prettier --write src', ...text.runsWith } }),
  rank: number,
  currentRun: null,
  decision: null,
  createdAt: NOW - 3_600_000,
  changedAt: NOW - 3_600_000,
  ...more,
});

export const cannedResult = (number: number, more: Partial<Result> = {}): Result => ({
  outcome: 'done',
  commit: objectOf(`result commit ${number}`),
  tree: objectOf(`result tree ${number}`),
  files: 5,
  additions: 41,
  deletions: 12,
  findings: [],
  paths: [],
  ...more,
});

export const cannedOutcome = (number: number, check: number, side: 'base' | 'result', exitCode: number, text: BriefText): CheckOutcome => ({
  check,
  command: text.checks[check]?.command ?? '',
  side,
  tree: objectOf(`${side} tree ${number}`),
  expect: text.checks[check]?.expect ?? 'passes',
  exitCode,
  timedOut: false,
  startedAt: NOW - 60_000,
  durationMs: 4_200 + check * 900,
  log: { from: 900, to: 1_400 },
  kept: [],
});

export const cannedTurn = (number: number, more: Partial<Turn> = {}): Turn => ({
  number: 1,
  base: {
    commit: objectOf(`base commit ${number}`),
    tree: objectOf(`base tree ${number}`),
    choice: { kind: 'head' },
    originCommit: objectOf(`origin ${number}`),
    description: 'main at 1a2b3c4',
    notes: [],
  },
  snapshot: null,
  work: { exitCode: 0, outOfMemory: false, timedOut: false },
  result: null,
  checks: [],
  ...more,
});

export const cannedRun = (brief: Brief, state: RunState, more: Partial<Run> = {}): Run => {
  const run: Run = {
    id: runIdOf(brief.number),
    briefId: brief.id,
    projectId: brief.projectId,
    attempt: 1,
    order: { text: brief.text, environment: DEFAULT_ENVIRONMENT, network: NETWORK_OFF },
    state,
    turns: [cannedTurn(brief.number)],
    times: { queued: NOW - 300_000, preparing: NOW - 290_000, settingUp: NOW - 286_000, working: NOW - 250_000 },
    queuedAt: NOW - 300_000,
    endedAt: state.name === 'reviewable' || state.name === 'failed' ? NOW - 30_000 : null,
    excluded: [],
    excludedHunks: {},
    comments: [],
    viewed: {},
    criteriaMet: [],
    landed: [],
    seen: false,
    ...more,
  };
  brief.currentRun = run.id;
  return run;
};

const CHECKS = [
  { command: 'npm test', timeoutSeconds: 600, expect: 'passes' as const, keep: [] },
  { command: 'npm run test:retry', timeoutSeconds: 120, expect: 'failsThenPasses' as const, keep: [] },
];

/** A board with a card for each thing that a card can say. */
export const cannedFleet = (): FleetState => {
  const briefs: Brief[] = [];
  const add = (brief: Brief): Brief => {
    briefs.push(brief);
    return brief;
  };
  add(cannedBrief(21, 'api', { goal: 'Fix the parser for nested quotes', checks: CHECKS }));
  add(cannedBrief(22, 'api', { goal: 'Replace moment by the platform’s own date functions, in every place where only a format is needed and no time zone' }));
  add(cannedBrief(23, 'sample', { goal: 'Sort the imports' }));
  const bump = add(cannedBrief(17, 'api', { goal: 'Bump dependencies' }));
  const rename = add(cannedBrief(18, 'sample', { goal: 'Rename colour to color' }));
  const retries = add(cannedBrief(12, 'api', { goal: 'Add retries to the HTTP client', checks: CHECKS, timeBudgetMinutes: 30 }));
  const setup = add(cannedBrief(14, 'sample', { goal: 'Add licence headers', timeBudgetMinutes: 10 }));
  const typos = add(cannedBrief(9, 'api', { goal: 'Typo sweep', checks: CHECKS }));
  const failed = add(cannedBrief(8, 'api', { goal: 'Migrate the tests to the new runner' }));
  const none = add(cannedBrief(7, 'sample', { goal: 'Remove trailing whitespace' }));
  const landed = add(cannedBrief(5, 'api', { goal: 'Format the sources', checks: CHECKS.slice(0, 1) }, { decision: 'landed' }));

  const finding = (kind: 'outOfScope' | 'note', path: string | null, message: string) => ({ kind, path, message });
  const runs = [
    cannedRun(bump, { name: 'queued' }),
    cannedRun(rename, { name: 'queued' }),
    cannedRun(retries, { name: 'working', container: 'c1' }),
    cannedRun(setup, { name: 'settingUp' }),
    cannedRun(typos, { name: 'reviewable' }, {
      times: { queued: NOW - 300_000, preparing: NOW - 290_000, settingUp: NOW - 286_000, sealing: NOW - 262_000, working: NOW - 260_000, collecting: NOW - 60_000, checking: NOW - 58_000 },
      turns: [
        cannedTurn(9, {
          result: cannedResult(9, {
            findings: [finding('outOfScope', 'docs/guide.md', 'docs/guide.md is outside of the scope.'), finding('note', null, 'The command wrote 3 files that git ignores; they were left out.')],
          }),
          checks: [
            cannedOutcome(9, 0, 'base', 0, typos.text),
            cannedOutcome(9, 0, 'result', 0, typos.text),
            cannedOutcome(9, 1, 'base', 1, typos.text),
            cannedOutcome(9, 1, 'result', 0, typos.text),
          ],
        }),
      ],
    }),
    cannedRun(failed, { name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 1, outOfMemory: false } }),
    cannedRun(none, { name: 'reviewable' }, { turns: [cannedTurn(7, { result: cannedResult(7, { outcome: 'noChanges', files: 0, additions: 0, deletions: 0 }) })] }),
    cannedRun(landed, { name: 'reviewable' }, {
      seen: true,
      turns: [cannedTurn(5, { result: cannedResult(5), checks: [cannedOutcome(5, 0, 'base', 0, landed.text), cannedOutcome(5, 0, 'result', 0, landed.text)] })],
    }),
  ];
  return {
    projects: [cannedProject('api'), cannedProject('sample')],
    briefs,
    runs,
    progress: [
      { runId: retries.currentRun!, logLength: 0, logEnded: false, lastLine: 'src/http/retry.ts: 3 call sites rewritten', workedMs: 250_000, touched: { files: 3, paths: ['src/http/retry.ts', 'src/http/client.ts', 'test/retry.test.ts'] } },
      { runId: setup.currentRun!, logLength: 0, logEnded: false, lastLine: 'added 214 packages in 9s', workedMs: 0, touched: null },
    ],
    waiting: {
      [bump.currentRun!]: { kind: 'slots', message: 'Every slot is taken; next in line' },
      [rename.currentRun!]: { kind: 'memory', message: 'Waiting for 1 GiB of memory' },
    },
    pauses: [],
    engine: { state: 'up', source: 'Docker', version: '28.5', cpus: 8, memoryBytes: 16 * 2 ** 30, architecture: 'x86_64' },
    slots: { used: 2, total: 2 },
    settings: settings.parse({ tourDone: true }),
    overlaps: {},
    warm: {},
    setupTries: [],
  };
};
