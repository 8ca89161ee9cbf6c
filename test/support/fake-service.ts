import { NETWORK_OFF } from '../../src-main/contract/network.ts';
import { implement, withEventMeta, type AnyRouter } from '@orpc/server';
import { briefText, type Brief, type BriefText } from '../../src-main/contract/brief.ts';
import { contract, type EnvironmentFileReading } from '../../src-main/contract/endpoints.ts';
import type { Fault } from '../../src-main/contract/fault.ts';
import type { DiskReport } from '../../src-main/contract/disk.ts';
import type { KeptSnapshot } from '../../src-main/contract/live.ts';
import type { FleetChange, FleetState, FleetUpdate } from '../../src-main/contract/fleet.ts';
import type { BriefId, BlobId, CommitId, LandingId, ProjectId, RunId, ShellId, TreeId } from '../../src-main/contract/ids.ts';
import type { LandingPreview, LandingTarget } from '../../src-main/contract/landing.ts';
import type { Project } from '../../src-main/contract/project.ts';
import type { EvidenceItem, FileChange, Hunk, Result } from '../../src-main/contract/result.ts';
import type { Run, RunState } from '../../src-main/contract/run.ts';
import type { SecretFacts } from '../../src-main/contract/secret.ts';
import { settings } from '../../src-main/contract/settings.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';

export const ids = {
  project: 'prj_000000000001' as ProjectId,
  brief: 'brf_000000000001' as BriefId,
  run: 'run_abc000000001' as RunId,
  other: 'run_abd000000002' as RunId,
  tried: 'run_try000000001' as RunId,
  tree: 'a'.repeat(40) as TreeId,
  commit: 'b'.repeat(40) as CommitId,
  blob: 'c'.repeat(40) as BlobId,
  landing: 'lnd_000000000001' as LandingId,
  shell: 'shl_000000000001' as ShellId,
};

export const project: Project = { id: ids.project, name: 'shop', path: '/repos/shop', environment: DEFAULT_ENVIRONMENT, colour: 0, addedAt: 0 };

export const result: Result = { outcome: 'done', commit: ids.commit, tree: ids.tree, files: 1, additions: 2, deletions: 1, findings: [], paths: [] };

export function makeRun(state: RunState, text: BriefText, id = ids.run): Run {
  const isReady = state.name === 'reviewable';
  return {
    id,
    briefId: ids.brief,
    projectId: ids.project,
    attempt: 1,
    order: { text, environment: DEFAULT_ENVIRONMENT, network: NETWORK_OFF },
    state,
    turns: [{ number: 1, base: null, snapshot: null, work: null, result: isReady ? result : null, checks: [] }],
    times: {},
    queuedAt: 0,
    endedAt: isReady ? 1 : null,
    excluded: [],
    excludedHunks: {},
    comments: [],
    viewed: {},
    criteriaMet: [],
    landed: [],
    seen: false,
  };
}

export function makeCheck(command: string, verdict: EvidenceItem['verdict']): EvidenceItem {
  return { check: 0, command, expect: 'passes', verdict, base: null, result: null };
}

/** A service with canned answers behind the real contract: what the command line says to it, and what it makes of the answers. */
export class FakeService {
  /** Names of the calls that were made, with their inputs. */
  readonly calls: { name: string; input: unknown }[] = [];
  snapshots: readonly KeptSnapshot[] = [];
  disk: DiskReport = {
    at: 0, spaces: [], holds: { snapshots: { count: 0, bytes: 0 }, images: { count: 0, bytes: 0 }, logs: { count: 0, bytes: 0 }, projects: { count: 0, bytes: 0 }, containers: { count: 0, bytes: 0 } },
    budgetBytes: 20 * 2 ** 30, overBudgetBytes: 0, summary: '', freesBytes: 0, steps: [],
  };

  /** What the fleet says after the snapshot; each test writes its own story. */
  changes: FleetChange[][] = [];
  text: BriefText = briefText.parse({ goal: 'Fix the parser', runsWith: { mode: 'script', command: 'npm run fix' } });
  state: RunState = { name: 'reviewable' };
  evidence: EvidenceItem[] = [];
  selection: Pick<Run, 'excluded' | 'excludedHunks'> = { excluded: [], excludedHunks: {} };
  files: FileChange[] = [];
  hunks: Hunk[] = [];
  history: RunId[] = [ids.run, ids.other];
  log = Buffer.from('one\n\x1b[31mred\x1b[0m\x1b]0;title\x07\n\xff\xfe\n', 'latin1');
  patch = 'diff --git a/x b/x\n+\x1b]0;evil\x07\n';
  conflicts: string[] = [];
  engine: FleetState['engine'] = { state: 'up', source: 'docker', version: '20.10', cpus: 2, memoryBytes: 2 ** 32, architecture: 'x86_64' };
  fault: Fault | null = null;
  isTrying = false;
  isRepositoryKnown = true;
  environment = DEFAULT_ENVIRONMENT;
  secretsKeptBy: 'keychain' | 'keyFile' = 'keychain';
  secrets: SecretFacts[] = [
    { projectId: ids.project, name: 'NPM_TOKEN', source: { kind: 'stored' }, version: 'v1', changedAt: 0, lastUsedAt: 86_400_000 },
    { projectId: ids.project, name: 'KEY', source: { kind: 'command', command: 'pass \x1b]0;evil\x07' }, version: 'v2', changedAt: 0, lastUsedAt: null },
    { projectId: ids.project, name: 'OLD', source: { kind: 'stored' }, version: 'damaged', changedAt: 0, lastUsedAt: null, damaged: true },
  ];
  environmentText = '# An environment\nsetup: "\x1b]0;evil\x07"\n';
  environmentReading: EnvironmentFileReading = {
    file: { ...DEFAULT_ENVIRONMENT, setup: 'make' },
    blob: ids.blob,
    dockerfile: null,
    problems: ['limits.cpus: yours holds'],
    differs: true,
    needsApproval: [{ field: 'setup', message: 'setup is another script' }],
    diff: '-setup: ""\n+setup: make\n',
    dockerfileDiff: '',
  };

  get brief(): Brief {
    return {
      id: ids.brief, projectId: ids.project, number: 12, text: this.text, rank: 1, currentRun: ids.run, decision: null, createdAt: 0, changedAt: 0,
    };
  }

  get run(): Run {
    return { ...makeRun(this.state, this.text), ...this.selection };
  }

  inputOf(name: string): unknown {
    return this.calls.find((call) => call.name === name)?.input;
  }

  snapshot(): FleetUpdate {
    const state: FleetState = {
      projects: [project], briefs: [this.brief], runs: [this.run], progress: [], waiting: {}, pauses: [], engine: this.engine, slots: { used: 1, total: 4 }, settings: settings.parse({}), overlaps: {}, warm: {},
      setupTries: this.isTrying ? [{ projectId: ids.project, run: makeRun({ name: 'preparing' }, this.text, ids.tried), failure: null }] : [],
    };
    return { kind: 'snapshot', sequence: 0, service: 'fake', state };
  }

  router(): AnyRouter {
    const os = implement(contract).use(async ({ next, path, errors }, input) => {
      this.calls.push({ name: path.join('.'), input });
      if (this.fault) throw (errors as never as { FAULT(options: { data: Fault }): Error }).FAULT({ data: this.fault });
      return next();
    });
    return {
      service: { doctor: os.service.doctor.handler(() => this.doctor()) },
      fleet: {
        watch: os.fleet.watch.handler(({ signal }) => this.watch(signal)),
        snapshots: os.fleet.snapshots.handler(() => [...this.snapshots]),
        resetEnvironment: os.fleet.resetEnvironment.handler(() => ({ removed: this.snapshots.filter(({ inUse }) => !inUse).length, kept: this.snapshots.filter(({ inUse }) => inUse).length })),
      },
      disk: {
        report: os.disk.report.handler(() => this.disk),
        free: os.disk.free.handler(({ input }) => ({ freedBytes: this.disk.freesBytes, done: input.steps.length - 1, left: 1 })),
      },
      projects: {
        inspect: os.projects.inspect.handler(() => ({
          path: this.isRepositoryKnown ? project.path : '/repos/new', gitDirectory: '', branch: 'main', head: '', branches: [], changedFiles: 0, shallow: false, submodules: [], usesLfs: false,
        })),
        list: os.projects.list.handler(() => [{ ...project, environment: this.environment }]),
        add: os.projects.add.handler(() => project),
        setEnvironment: os.projects.setEnvironment.handler(({ input }) => ({ ...project, environment: input.environment })),
        propose: os.projects.propose.handler(() => ({
          environment: { ...DEFAULT_ENVIRONMENT, setup: 'npm ci', maintenance: 'npm ci', lockFiles: ['package-lock.json'] },
          reasons: ['package-lock.json: dependencies by npm ci'],
          checks: ['npm test'],
          needs: [{ tool: 'Node', version: null, from: 'package-lock.json' }],
        })),
        readEnvironmentFile: os.projects.readEnvironmentFile.handler(() => this.environmentReading),
        adoptEnvironmentFile: os.projects.adoptEnvironmentFile.handler(() => ({ ...project, environment: this.environmentReading.file ?? DEFAULT_ENVIRONMENT })),
        environmentFileText: os.projects.environmentFileText.handler(() => ({ path: '.drydock/environment.yaml', text: this.environmentText })),
        saveEnvironmentFile: os.projects.saveEnvironmentFile.handler(() => ({ path: '.drydock/environment.yaml', written: true })),
        importDevcontainer: os.projects.importDevcontainer.handler(() => ({
          environment: { ...DEFAULT_ENVIRONMENT, image: 'node:20', variables: { A: '1' }, secrets: [{ name: 'TOKEN', file: null }] },
          reasons: ['image: node:20'],
          notTaken: ['mounts: not taken over'],
        })),
      },
      setupTries: {
        start: os.setupTries.start.handler(({ input }) => {
          this.isTrying = true;
          return { projectId: input.projectId, run: makeRun({ name: 'preparing' }, this.text, ids.tried), failure: null };
        }),
        stop: os.setupTries.stop.handler(() => ({})),
        end: os.setupTries.end.handler(() => ({})),
      },
      secrets: {
        list: os.secrets.list.handler(() => ({ keptBy: this.secretsKeptBy, secrets: this.secrets })),
        set: os.secrets.set.handler(({ input }) => ({
          projectId: input.projectId, name: input.name, source: input.given.kind === 'value' ? { kind: 'stored' as const } : input.given, version: 'v1', changedAt: 0, lastUsedAt: null,
        })),
        remove: os.secrets.remove.handler(() => ({})),
      },
      briefs: {
        create: os.briefs.create.handler(({ input }) => ({ ...this.brief, text: input.text })),
        launch: os.briefs.launch.handler(() => makeRun({ name: 'queued' }, this.text)),
        get: os.briefs.get.handler(() => this.brief),
        find: os.briefs.find.handler(({ input, errors }) => {
          if (input.number === 12) return this.brief;
          throw errors.FAULT({ data: { code: 'notFound', message: `There is no #${input.number}.`, next: 'Look at the board.' } });
        }),
        importFile: os.briefs.importFile.handler(() => this.text),
      },
      runs: {
        get: os.runs.get.handler(({ input }) => ({ ...this.run, id: input.runId })),
        ofBrief: os.runs.ofBrief.handler(() => [this.run]),
        cancel: os.runs.cancel.handler(() => makeRun({ name: 'cancelling', phase: 'working' }, this.text)),
        retry: os.runs.retry.handler(() => makeRun({ name: 'queued' }, this.text, ids.other)),
        evidence: os.runs.evidence.handler(() => ({ tree: ids.tree, checked: true, items: this.evidence })),
        changes: os.runs.changes.handler(() => ({ base: ids.commit, result: ids.commit, files: this.files, truncated: false, excluded: this.selection.excluded })),
        hunks: os.runs.hunks.handler(() => ({ hunks: this.hunks })),
        patch: os.runs.patch.handler(() => ({ patch: this.patch })),
        setIncluded: os.runs.setIncluded.handler(() => this.run),
        tryOut: os.runs.tryOut.handler(({ input }) => ({ path: input.into ?? '/tries/12' })),
        previewLanding: os.runs.previewLanding.handler(({ input }) => this.preview(input.target)),
        land: os.runs.land.handler(({ input }) => ({
          landing: ids.landing,
          refs: input.target.kind === 'branch' ? [{ name: `refs/heads/${input.target.name}`, to: ids.commit }] : [],
          paths: ['src/a.ts'],
          patch: input.target.kind === 'patch' && input.target.file === null ? this.patch : null,
          file: input.target.kind === 'patch' ? input.target.file : null,
        })),
        openShell: os.runs.openShell.handler(async function* ({ input }) {
          yield { kind: 'opened' as const, shell: ids.shell };
          yield { kind: 'output' as const, bytes: Buffer.from(`${input.columns}x${input.rows}$ `).toString('base64') };
          yield { kind: 'ended' as const, exitCode: 0 };
        }),
        typeIntoShell: os.runs.typeIntoShell.handler(() => ({})),
        resizeShell: os.runs.resizeShell.handler(() => ({})),
        log: os.runs.log.handler(({ input }) => {
          const piece = this.log.subarray(input.offset, input.offset + Math.min(input.max, 5));
          return { offset: input.offset, bytes: piece.toString('base64'), length: this.log.length, ended: hasEndedState(this.state), marks: [] };
        }),
      },
      bases: { resolve: os.bases.resolve.handler(() => ({ commit: ids.commit, description: 'release at bbbbbbb', notes: [] })) },
      history: {
        query: os.history.query.handler(({ input }) => ({
          runs: this.history.map((runId, index) => ({
            runId, briefId: ids.brief, projectId: ids.project, number: 12, attempt: 1, goal: '', state: 'reviewable', standing: 'reviewable', queuedAt: this.history.length - index, endedAt: 1, files: 1, additions: 2, deletions: 1, landed: false, snippet: null,
          })).filter((entry) => entry.queuedAt < (input.before ?? Number.POSITIVE_INFINITY)).slice(0, input.limit),
        })),
      },
    };
  }

  private async *watch(signal: AbortSignal | undefined): AsyncGenerator<FleetUpdate, void> {
    yield withEventMeta(this.snapshot(), { id: 'fake:0' });
    for (const [index, changes] of this.changes.entries()) {
      yield withEventMeta({ kind: 'delta' as const, sequence: index + 1, changes }, { id: `fake:${index + 1}` });
    }
    for (let sequence = this.changes.length + 1; signal?.aborted !== true; ) {
      const later = this.later.shift();
      if (later !== undefined) {
        yield withEventMeta({ kind: 'delta' as const, sequence, changes: later }, { id: `fake:${sequence}` });
        sequence += 1;
        continue;
      }
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal?.addEventListener('abort', () => resolve(), { once: true });
      });
    }
  }

  /** Something that the fleet says later, to the one who watches. */
  tell(changes: FleetChange[]): void {
    this.later.push(changes);
    this.wake();
  }
  private readonly later: FleetChange[][] = [];
  private wake = (): void => {};

  private preview(target: LandingTarget): LandingPreview {
    const refs = target.kind === 'branch' ? [{ name: `refs/heads/${target.name}`, from: null, to: ids.commit }] : [];
    return { token: 'seen', refs, paths: [{ path: 'src/a.ts', change: 'modify', dirty: false }], conflicts: this.conflicts, notes: [], message: '' };
  }

  private doctor() {
    return {
      hardening: [],
      ok: this.engine.state === 'up',
      items: [{ name: 'Container engine', state: this.engine.state === 'up' ? ('ok' as const) : ('missing' as const), message: 'docker', next: 'Start it.' }],
    };
  }
}

const hasEndedState = (state: RunState): boolean => state.name === 'reviewable' || state.name === 'failed';
