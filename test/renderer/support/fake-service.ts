import type { NetworkEntry, NetworkRule } from '../../../src-main/contract/network.ts';
import { isDeepStrictEqual } from 'node:util';
import { implement } from '@orpc/server';
import { contract } from '../../../src-main/contract/endpoints.ts';
import type { BaseChoice, Brief } from '../../../src-main/contract/brief.ts';
import type { BlobId } from '../../../src-main/contract/ids.ts';
import type { Fault } from '../../../src-main/contract/fault.ts';
import type { FleetState } from '../../../src-main/contract/fleet.ts';
import type { LandingTarget } from '../../../src-main/contract/landing.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { settings } from '../../../src-main/contract/settings.ts';
import { rankBefore } from '../../../src-main/domain/board-order.ts';
import { parseBriefFile, writeBriefFile } from '../../../src-main/domain/brief-file.ts';
import { columnOf, hasEnded } from '../../../src-main/domain/columns.ts';
import { evidenceFor } from '../../../src-main/domain/evidence.ts';
import { chooseHunks, choosePaths } from '../../../src-main/domain/review/choose-hunks.ts';
import { sizeOf, withChoice } from '../../../src-main/domain/review/left-out.ts';
import { readinessOf } from '../../../src-main/domain/readiness.ts';
import { SecretFailure } from '../../../src-main/ports/secret-store.ts';
import { briefIdOf, cannedFleet, cannedProject, cannedRun, objectOf } from './canned.ts';
import { contentOfBytes, createFakeReview } from './fake-review.ts';
import { cannedDoctor } from './canned-doctor.ts';
import { cannedCommits, cannedMatches, tryCannedCheck } from './canned-bases.ts';
import { createFakeHistory } from './fake-history.ts';
import { createFakeMachine } from './fake-machine.ts';
import { createFakeLogs, type Written } from './fake-logs.ts';
import { createFakeEnvironmentFile } from './fake-environment-file.ts';
import { createFakeSetupTries } from './fake-setup-tries.ts';
import { createFakeShells } from './fake-shells.ts';
import { createFleetFeed } from './fleet-feed.ts';
import { refuse } from './refuse.ts';
import { fakeSecretStore } from '../../support/fake-secret-store.ts';

const missing = (what: string): Fault => ({ code: 'notFound', message: `There is no such ${what}.`, next: 'Go back to the board.' });

/** The contract in memory, for looking at the window and for its tests: canned data, honest refusals, no containers. */
export const createFakeService = (state: FleetState = cannedFleet()) => {
  const feed = createFleetFeed(state);
  const machine = createFakeMachine(state);
  const history = createFakeHistory(state);
  const receipts = new Map<string, unknown>();
  const logs = createFakeLogs();
  const shells = createFakeShells();
  const landings: LandingTarget[] = [];
  /** What was run again, and from where instead of the brief's base. */
  const retries: { runId: string; base: BaseChoice | null }[] = [];
  const review = createFakeReview();
  const requests: string[] = [];
  const secrets = fakeSecretStore();
  /** What runs asked of the network, for a test to fill. */
  const network = new Map<string, NetworkEntry[]>();
  /** What was asked to be allowed. */
  const allowed: { runId: string; rules: readonly NetworkRule[]; remember: boolean }[] = [];
  const doctor = { report: () => cannedDoctor(state.engine) };

  const briefOf = (id: string): Brief => state.briefs.find((brief) => brief.id === id) ?? refuse(missing('brief'));
  const runOf = (id: string): Run => state.runs.find((run) => run.id === id) ?? refuse(missing('run'));
  const put = (brief: Brief): Brief => {
    state.briefs = [...state.briefs.filter((each) => each.id !== brief.id), brief];
    feed.publish({ kind: 'brief', brief });
    return brief;
  };
  const putRun = (run: Run): Run => {
    state.runs = [...state.runs.filter((each) => each.id !== run.id), run];
    feed.publish({ kind: 'run', run });
    return run;
  };
  /** A repeated command is answered with its receipt, as the contract promises. */
  const once = <T>(commandId: string, work: () => T): T => {
    requests.push(commandId);
    if (!receipts.has(commandId)) receipts.set(commandId, work());
    return receipts.get(commandId) as T;
  };
  const launch = (brief: Brief): Run => {
    const run = cannedRun({ ...brief }, { name: 'queued' }, { queuedAt: Date.now() });
    putRun(run);
    put({ ...brief, currentRun: run.id });
    return run;
  };
  const treeOf = (run: Run) => {
    const whole = run.turns.at(-1)?.result?.tree ?? refuse({ code: 'refusedByState', message: 'The run has no result yet.', next: 'Wait for it to end.' });
    const hunks = Object.entries(run.excludedHunks).map(([path, ids]) => `${path}: ${ids.join()}`);
    return run.excluded.length + hunks.length === 0 ? whole : objectOf<typeof whole>(`${whole} without ${run.excluded.join()} ${hunks.join()}`);
  };

  const os = implement(contract);
  const setupTries = createFakeSetupTries(state, feed, once);
  const environmentFile = createFakeEnvironmentFile(state, feed, once);
  const router = os.router({
    service: {
      hello: os.service.hello.handler(() => ({ version: '0.1.0', dataDirectory: '/home/ada/.local/share/drydock', pid: 1 })),
      engine: os.service.engine.handler(() => ({ engine: state.engine, slots: state.slots })),
      reconnectEngine: os.service.reconnectEngine.handler(() => {
        requests.push('reconnectEngine');
        return {};
      }),
      doctor: os.service.doctor.handler(() => doctor.report()),
      changeSettings: os.service.changeSettings.handler(({ input }) => {
        state.settings = settings.parse({ ...state.settings, ...input.settings });
        feed.publish({ kind: 'settings', settings: state.settings });
        return state.settings;
      }),
    },
    fleet: {
      watch: os.fleet.watch.handler(({ signal, lastEventId }) => feed.watch(signal, lastEventId)),
      measure: os.fleet.measure.handler(({ signal }) => machine.watch(signal)),
      snapshots: os.fleet.snapshots.handler(() => machine.snapshots),
      removeSnapshot: os.fleet.removeSnapshot.handler(({ input }) =>
        once(input.commandId, () => {
          if (machine.snapshots.some(({ key, inUse }) => key === input.key && inUse)) return refuse({ code: 'refusedByState', message: 'A run under way uses this snapshot.', next: 'Wait for the run to end, or cancel it.' });
          machine.snapshots = machine.snapshots.filter(({ key }) => key !== input.key);
          return {};
        }),
      ),
      resetEnvironment: os.fleet.resetEnvironment.handler(({ input }) =>
        once(input.commandId, () => {
          const own = machine.snapshots.filter(({ projectId }) => projectId === input.projectId);
          machine.snapshots = machine.snapshots.filter((each) => !own.includes(each) || each.inUse);
          return { removed: own.filter(({ inUse }) => !inUse).length, kept: own.filter(({ inUse }) => inUse).length };
        }),
      ),
    },
    disk: {
      report: os.disk.report.handler(() => machine.disk),
      free: os.disk.free.handler(({ input }) =>
        once(input.commandId, () => {
          const wanted = machine.disk.steps.filter(({ id }) => input.steps.includes(id));
          const freedBytes = wanted.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0);
          machine.disk = { ...machine.disk, steps: machine.disk.steps.filter((step) => !wanted.includes(step)), summary: '', freesBytes: machine.disk.freesBytes - freedBytes };
          return { freedBytes, done: wanted.length, left: input.steps.length - wanted.length };
        }),
      ),
    },
    projects: {
      edit: os.projects.edit.handler(({ input }) =>
        once(input.commandId, () => {
          const project = state.projects.find((each) => each.id === input.projectId) ?? refuse(missing('project'));
          const { name = project.name, colour = project.colour } = input;
          Object.assign(project, { name, colour });
          feed.publish({ kind: 'project', project });
          return project;
        }),
      ),
      inspect: os.projects.inspect.handler(({ input }) => refuse({ code: 'notARepository', message: `${input.path} is not in a git repository.`, next: 'Choose another folder.' })),
      add: os.projects.add.handler(({ input }) =>
        once(input.commandId, () => {
          if (!input.path.startsWith('/home/ada')) return refuse({ code: 'notARepository', message: `${input.path} is not in a git repository.`, next: 'Choose a folder that is, or run git init there and commit once.' });
          const project = cannedProject(input.path.split('/').at(-1) ?? 'project');
          state.projects.push(project);
          feed.publish({ kind: 'project', project });
          return project;
        }),
      ),
      addSample: os.projects.addSample.handler(({ input }) =>
        once(input.commandId, () => {
          const project = cannedProject('sample');
          state.projects.push(project);
          feed.publish({ kind: 'project', project });
          return project;
        }),
      ),
      remove: os.projects.remove.handler(({ input }) =>
        once(input.commandId, () => {
          if (state.runs.some((run) => run.projectId === input.projectId && !hasEnded(run.state))) return refuse({ code: 'refusedByState', message: 'A run of this project is under way.', next: 'Cancel it, or wait for it to end.' });
          state.projects = state.projects.filter((project) => project.id !== input.projectId);
          const gone = state.briefs.filter((brief) => brief.projectId === input.projectId);
          state.briefs = state.briefs.filter((brief) => brief.projectId !== input.projectId);
          feed.publish(...gone.map((brief) => ({ kind: 'briefRemoved' as const, id: brief.id })), { kind: 'projectRemoved', id: input.projectId });
          return {};
        }),
      ),
      list: os.projects.list.handler(() => state.projects),
      facts: os.projects.facts.handler(({ input }) => ({
        path: state.projects.find((project) => project.id === input.projectId)?.path ?? '',
        gitDirectory: '.git',
        branch: 'main',
        head: objectOf('head'),
        branches: ['main', 'release/2.x', 'spike/parser'].map((name) => ({ name, commit: objectOf(name), subject: `Last commit on ${name}` })),
        changedFiles: 3,
        shallow: false,
        submodules: [],
        usesLfs: false,
      })),
      setEnvironment: os.projects.setEnvironment.handler(({ input }) =>
        once(input.commandId, () => {
          const project = state.projects.find((each) => each.id === input.projectId) ?? refuse(missing('project'));
          if (input.from && !isDeepStrictEqual(project.environment, input.from)) return refuse({ code: 'refusedByState', message: 'The environment was changed elsewhere meanwhile.', next: 'Look at it again.' });
          Object.assign(project, { environment: input.environment });
          feed.publish({ kind: 'project', project });
          return project;
        }),
      ),
      ...environmentFile.handlers,
    },
    setupTries: setupTries.handlers,
    secrets: {
      list: os.secrets.list.handler(async ({ input }) => ({ keptBy: secrets.keptBy, secrets: await secrets.facts(input.projectId) })),
      set: os.secrets.set.handler(({ input }) =>
        once(input.commandId, () =>
          secrets.keep(input.projectId, input.name, input.given).catch((error: unknown) => {
            throw error instanceof SecretFailure ? refuse(error.fault) : error;
          }),
        ),
      ),
      remove: os.secrets.remove.handler(({ input }) =>
        once(input.commandId, async () => {
          await secrets.remove(input.projectId, input.name);
          return {};
        }),
      ),
    },
    briefs: {
      attach: os.briefs.attach.handler(({ input }) => once(input.commandId, () => ({ name: input.name, size: Buffer.from(input.bytes, 'base64').length, blob: objectOf<BlobId>(input.bytes) }))),
      tryCheck: os.briefs.tryCheck.handler(({ input, signal }) => tryCannedCheck(input.check.command, signal)),
      create: os.briefs.create.handler(({ input }) =>
        once(input.commandId, () => {
          const number = Math.max(0, ...state.briefs.map((brief) => brief.number)) + 1;
          const at = Date.now();
          return put({ id: briefIdOf(number), projectId: input.projectId, number, text: input.text, rank: number, currentRun: null, decision: null, createdAt: at, changedAt: at });
        }),
      ),
      edit: os.briefs.edit.handler(({ input }) =>
        once(input.commandId, () => {
          const brief = briefOf(input.briefId);
          if (input.from && !isDeepStrictEqual(brief.text, input.from)) return refuse({ code: 'refusedByState', message: 'The brief was changed elsewhere meanwhile.', next: 'Look at it again.' });
          return put({ ...brief, text: input.text, changedAt: Date.now() });
        }),
      ),
      waitFor: os.briefs.waitFor.handler(({ input }) =>
        once(input.commandId, () => {
          const brief = briefOf(input.briefId);
          const run = state.runs.find((each) => each.id === brief.currentRun && each.state.name === 'queued');
          if (run) putRun({ ...run, order: { ...run.order, text: { ...run.order.text, after: input.after } } });
          return put({ ...brief, text: { ...brief.text, after: input.after }, changedAt: Date.now() });
        }),
      ),
      remove: os.briefs.remove.handler(({ input }) =>
        once(input.commandId, () => {
          const { id, currentRun } = briefOf(input.briefId);
          const column = columnOf(briefOf(id), state.runs.find((run) => run.id === currentRun) ?? null);
          if (column === 'queued' || column === 'running') return refuse({ code: 'refusedByState', message: 'This brief has a run under way.', next: 'Cancel the run first.' });
          state.briefs = state.briefs.filter((brief) => brief.id !== input.briefId);
          feed.publish({ kind: 'briefRemoved', id: input.briefId });
          return {};
        }),
      ),
      get: os.briefs.get.handler(({ input }) => briefOf(input.briefId)),
      find: os.briefs.find.handler(({ input }) => state.briefs.find((brief) => brief.number === input.number) ?? refuse(missing('brief'))),
      readiness: os.briefs.readiness.handler(({ input }) => readinessOf(input.text, state.settings.timeBudgetMinutes)),
      exportFile: os.briefs.exportFile.handler(({ input }) => ({ markdown: writeBriefFile(briefOf(input.briefId).text) })),
      importFile: os.briefs.importFile.handler(({ input }) => {
        const parsed = parseBriefFile(input.markdown);
        return parsed.ok ? parsed.text : refuse(parsed.fault);
      }),
      move: os.briefs.move.handler(({ input }) =>
        once(input.commandId, () => {
          const brief = briefOf(input.briefId);
          const run = state.runs.find((each) => each.id === brief.currentRun) ?? null;
          const from = columnOf(brief, run);
          const ranks = state.briefs.map((each) => each.rank).sort((a, b) => a - b);
          const rank = rankBefore(ranks, input.before === null ? null : briefOf(input.before).rank);
          if (from === input.to) return put({ ...brief, rank });
          if ((from === 'backlog' || from === 'review') && input.to === 'queued') {
            launch({ ...brief, rank });
            return briefOf(brief.id);
          }
          if (input.to === 'backlog') {
            if (from === 'running' && !input.confirmed) return refuse({ code: 'refusedByState', message: 'The run is under way; cancelling it loses its work.', next: 'Stop the run, if what it has done may be lost.' });
            if (run && (from === 'queued' || from === 'running')) putRun({ ...run, state: { name: 'cancelled', phase: 'working' } });
            return put({ ...brief, rank, currentRun: null, decision: null });
          }
          if (from === 'done' && input.to === 'review' && brief.decision === 'closed' && run) return put({ ...brief, rank, decision: null });
          if ((from === 'review' || from === 'backlog') && input.to === 'done') return put({ ...brief, rank, decision: 'closed', changedAt: Date.now() });
          return refuse({ code: 'refusedByState', message: `A brief cannot go from ${from} to ${input.to} by hand.`, next: input.to === 'running' ? 'Drop it on Queued: it starts when a slot is free.' : 'Launch it first.' });
        }),
      ),
      launch: os.briefs.launch.handler(({ input }) => once(input.commandId, () => launch(briefOf(input.briefId)))),
    },
    runs: {
      hunks: os.runs.hunks.handler(({ input }) => ({ hunks: review.hunksOf(runOf(input.runId), input.path) })),
      setHunksIncluded: os.runs.setHunksIncluded.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          const hunks = review.hunksOf(run, input.path);
          return putRun(withChoice(run, chooseHunks(run, input.path, hunks, input.hunks, input.included), new Map([[input.path, { whole: sizeOf(hunks), hunks }]])));
        }),
      ),
      comment: os.runs.comment.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          return putRun({ ...run, comments: [...run.comments.filter((each) => each.id !== input.comment.id), { ...input.comment, at: Date.now() }] });
        }),
      ),
      removeComment: os.runs.removeComment.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          return putRun({ ...run, comments: run.comments.filter((each) => each.id !== input.comment) });
        }),
      ),
      setViewed: os.runs.setViewed.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          const viewed = { ...run.viewed };
          for (const { path, newBlob, oldBlob } of review.diffOf(run).files.filter((file) => input.paths.includes(file.path))) {
            if (input.viewed) viewed[path] = newBlob ?? oldBlob ?? '';
            else delete viewed[path];
          }
          return putRun({ ...run, viewed });
        }),
      ),
      setCriterionMet: os.runs.setCriterionMet.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          const others = run.criteriaMet.filter((each) => each !== input.criterion);
          return putRun({ ...run, criteriaMet: input.met ? [...others, input.criterion] : others });
        }),
      ),
      checkSelection: os.runs.checkSelection.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          if (state.engine.state !== 'up') return refuse({ code: 'engineUnavailable', message: 'No container engine answers, so the checks cannot run.', next: 'Start Docker or Podman, then run the checks again.' });
          const before = run.state;
          if (before.name !== 'reviewable' && before.name !== 'failed' && before.name !== 'timedOut' && before.name !== 'lost') return run;
          return putRun({ ...run, state: { name: 'checking', container: null, recheck: { tree: treeOf(run), before, endedAt: run.endedAt ?? 0 } }, endedAt: null });
        }),
      ),
      liveChanges: os.runs.liveChanges.handler(({ input }) => review.live.get(input.runId)?.changes ?? { at: Date.now(), files: [], truncated: false }),
      liveFile: os.runs.liveFile.handler(({ input }) => {
        const { base = null, now = null } = review.live.get(input.runId)?.content(input.path) ?? {};
        return { base: base && contentOfBytes(base), now: now && contentOfBytes(now) };
      }),
      openShell: os.runs.openShell.handler(({ input, signal }) => shells.open({ columns: input.columns, rows: input.rows }, signal)),
      typeIntoShell: os.runs.typeIntoShell.handler(({ input }) => {
        shells.type(input.shell, input.bytes);
        return {};
      }),
      resizeShell: os.runs.resizeShell.handler(({ input }) => {
        shells.resize(input.shell, { columns: input.columns, rows: input.rows });
        return {};
      }),
      get: os.runs.get.handler(({ input }) => runOf(input.runId)),
      ofBrief: os.runs.ofBrief.handler(({ input }) => state.runs.filter((run) => run.briefId === input.briefId)),
      cancel: os.runs.cancel.handler(({ input }) => once(input.commandId, () => putRun({ ...runOf(input.runId), state: { name: 'cancelled', phase: 'working' }, endedAt: Date.now() }))),
      retry: os.runs.retry.handler(({ input }) => once(input.commandId, () => {
          retries.push({ runId: input.runId, base: input.base ?? null });
          return launch(briefOf(runOf(input.runId).briefId));
        })),
      markSeen: os.runs.markSeen.handler(({ input }) =>
        once(input.commandId, () => {
          putRun({ ...runOf(input.runId), seen: true });
          return {};
        }),
      ),
      log: os.runs.log.handler(({ input }) => logs.slice(input.runId, input.offset, input.max)),
      changes: os.runs.changes.handler(({ input }) => {
        const run = runOf(input.runId);
        treeOf(run);
        const none = run.turns.at(-1)?.result?.outcome === 'noChanges';
        return { base: objectOf('base'), result: objectOf('result'), files: none ? [] : [...review.diffOf(run).files], truncated: false, excluded: run.excluded };
      }),
      file: os.runs.file.handler(({ input }) => {
        return contentOfBytes(review.blob(input.blob) ?? refuse(missing('file')));
      }),
      evidence: os.runs.evidence.handler(async ({ input }) => {
        await review.evidenceHeld;
        return evidenceFor(runOf(input.runId), treeOf(runOf(input.runId)));
      }),
      setIncluded: os.runs.setIncluded.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          const { files } = review.diffOf(run);
          const emptied = new Set(input.paths.filter((path) => (run.excludedHunks[path] ?? []).length === review.hunksOf(run, path).length));
          const touched = new Map(input.paths.map((path) => [path, { whole: files.find((file) => file.path === path) ?? sizeOf([]), hunks: run.excludedHunks[path] ? review.hunksOf(run, path) : [] }]));
          return putRun(withChoice(run, choosePaths(run, input.paths, input.included, emptied), touched));
        }),
      ),
      selection: os.runs.selection.handler(({ input }) => ({ tree: treeOf(runOf(input.runId)), isResult: runOf(input.runId).excluded.length === 0 && Object.keys(runOf(input.runId).excludedHunks).length === 0 })),
      network: os.runs.network.handler(({ input }) => ({ policy: runOf(input.runId).order.network, entries: network.get(input.runId) ?? [] })),
      allowAndRetry: os.runs.allowAndRetry.handler(({ input }) =>
        once(input.commandId, () => {
          const { runId, rules, remember } = input;
          allowed.push({ runId, rules, remember });
          return launch(briefOf(runOf(runId).briefId));
        }),
      ),
      patch: os.runs.patch.handler(() => ({ patch: 'diff --git a/a b/a\n' })),
      tryOut: os.runs.tryOut.handler(({ input }) => ({ path: input.into ?? '/home/ada/drydock/try-9' })),
      baseNow: os.runs.baseNow.handler(() => review.baseNow),
      previewLanding: os.runs.previewLanding.handler(({ input }) => {
        const run = runOf(input.runId);
        const { target } = input;
        if (target.kind === 'branch' && target.name === 'main') return refuse({ code: 'branchExists', message: 'There is a branch main already.', next: 'Choose another name.' });
        const files = review.diffOf(run).files.filter((file) => !run.excluded.includes(file.path));
        return {
          token: `${JSON.stringify(target)} ${run.excluded.join()}`,
          refs: target.kind === 'branch' ? [{ name: `refs/heads/${target.name}`, from: null, to: objectOf('landing') }] : [],
          paths: files.map((file) => ({
            path: file.path,
            change: file.kind === 'added' ? ('add' as const) : file.kind === 'deleted' ? ('delete' as const) : ('modify' as const),
            dirty: target.kind === 'workingTree' && file.path === 'README.md',
          })),
          conflicts: [],
          notes: target.kind === 'branch' ? ['The working tree and the index stay as they are.'] : [],
          message: 'Typo sweep',
          ...review.preview,
        };
      }),
      land: os.runs.land.handler(({ input }) =>
        once(input.commandId, () => {
          const run = runOf(input.runId);
          landings.push(input.target);
          const at = Date.now();
          const id = `lnd_${'0'.repeat(12)}` as Run['landed'][number]['landing'];
          putRun({ ...run, landed: [...run.landed, { landing: id, how: input.target.kind === 'branch' ? `branch ${input.target.name}` : input.target.kind === 'workingTree' ? 'working tree' : (input.target.file ?? 'patch'), commit: objectOf('landing'), at }] });
          put({ ...briefOf(run.briefId), decision: 'landed' });
          const isPatch = input.target.kind === 'patch' && input.target.file === null;
          return {
            landing: id,
            refs: input.target.kind === 'branch' ? [{ name: `refs/heads/${input.target.name}`, to: objectOf('landing') }] : [],
            paths: review.diffOf(run).files.map((file) => file.path).filter((path) => !run.excluded.includes(path)),
            patch: isPatch ? 'diff --git a/a b/a\n' : null,
            file: input.target.kind === 'patch' ? input.target.file : null,
          };
        }),
      ),
    },
    history: { query: os.history.query.handler(({ input }) => history.query(input)) },
    bases: {
      resolve: os.bases.resolve.handler(() => ({ commit: objectOf('head'), description: 'main at 1a2b3c4', notes: [] })),
      commits: os.bases.commits.handler(({ input }) => cannedCommits().filter((each) => `${each.subject} ${each.author} ${each.commit}`.toLowerCase().includes(input.text.toLowerCase())).slice(0, input.limit)),
      matches: os.bases.matches.handler(({ input }) => cannedMatches(input.globs, input.workingDirectory)),
    },
  });

  return {
    router,
    feed,
    /** The diffs behind the results. */
    review,
    machine,
    history,
    /** Targets that were landed, and ids of the commands that came, in their order. */
    landings,
    retries,
    requests,
    secrets,
    network,
    allowed,
    /** What the machine is said to have; a test may put another report in. */
    doctor,
    /** Adds bytes to a run's log and tells the watchers its new length. */
    writeLog(runId: Run['id'], text: string | Buffer, source = 'work', ended = false, more: Written = {}): void {
      const bytes = Buffer.from(text);
      const logLength = logs.write(runId, bytes, { source, ended, ...more });
      const before = state.progress.find((each) => each.runId === runId);
      const lastLine = bytes.subarray(-400).toString().trimEnd().split('\n').at(-1)?.slice(0, 200) ?? '';
      const progress = { runId, logLength, logEnded: ended, lastLine, workedMs: 250_000, touched: before?.touched ?? null };
      state.progress = [...state.progress.filter((each) => each.runId !== runId), progress];
      feed.publish({ kind: 'progress', progress });
    },
    logs,
    shells,
    setupTries,
    environmentFile,
    put,
    putRun,
  };
};
export type FakeService = ReturnType<typeof createFakeService>;
