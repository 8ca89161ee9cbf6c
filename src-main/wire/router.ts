import { setImmediate } from 'node:timers/promises';
import { implement, ORPCError, ValidationError, withEventMeta } from '@orpc/server';
import type { z } from 'zod';
import { contract } from '../contract/endpoints.ts';
import type { Fault } from '../contract/fault.ts';
import { parseBriefFile, writeBriefFile } from '../domain/brief-file.ts';
import { inParts } from '../domain/fleet-parts.ts';
import { issuesInWords } from '../domain/issue-in-words.ts';
import { readinessOf } from '../domain/readiness.ts';
import { attachFile } from '../core/briefs/attach-file.ts';
import { matchFiles } from '../core/bases/match-files.ts';
import { createBrief } from '../core/briefs/create-brief.ts';
import { editBrief } from '../core/briefs/edit-brief.ts';
import { launchBrief } from '../core/briefs/launch-brief.ts';
import { moveBrief } from '../core/briefs/move-brief.ts';
import { removeBrief } from '../core/briefs/remove-brief.ts';
import { waitFor } from '../core/briefs/wait-for.ts';
import type { Core } from '../core/create-core.ts';
import { faultOf } from '../core/fault-of.ts';
import type { FeedPosition } from '../core/fleet/feed.ts';
import { listSnapshots, removeSnapshot, resetEnvironment } from '../core/fleet/snapshots.ts';
import { landResult, previewLanding } from '../core/landing/land-result.ts';
import { readPatch } from '../core/landing/patch.ts';
import { tryOut } from '../core/landing/try-out.ts';
import { addProject } from '../core/projects/add-project.ts';
import { addSample } from '../core/projects/add-sample.ts';
import { editProject } from '../core/projects/edit-project.ts';
import { adoptEnvironmentFile, environmentFileText, readEnvironmentFile } from '../core/projects/environment-file.ts';
import { importFromDevcontainer } from '../core/projects/import-devcontainer.ts';
import { proposeChange } from '../core/projects/propose-environment.ts';
import { removeProject } from '../core/projects/remove-project.ts';
import { saveEnvironmentFile } from '../core/projects/save-environment-file.ts';
import { setEnvironment } from '../core/projects/set-environment.ts';
import { Refusal, refuse } from '../core/refusal.ts';
import { requireBrief, requireProject, requireRun } from '../core/require.ts';
import { allowAndRetry } from '../core/runs/allow-and-retry.ts';
import { readBaseNow } from '../core/runs/base-now.ts';
import { cancelRun } from '../core/runs/cancel-run.ts';
import { checkSelection } from '../core/runs/check-selection.ts';
import { commentOnRun } from '../core/runs/comment.ts';
import { listHunks, setHunksIncluded } from '../core/runs/hunks.ts';
import { removeComment } from '../core/runs/remove-comment.ts';
import { setCriterionMet } from '../core/runs/set-criterion-met.ts';
import { setViewed } from '../core/runs/set-viewed.ts';
import { listChanges, readEvidence, readFile, selectedTree } from '../core/runs/changes.ts';
import { liveChanges, liveFile } from '../core/runs/live-changes.ts';
import { markSeen } from '../core/runs/mark-seen.ts';
import { readLog } from '../core/runs/read-log.ts';
import { retryRun } from '../core/runs/retry-run.ts';
import { setIncluded } from '../core/runs/set-included.ts';
import { listSecrets } from '../core/secrets/list-secrets.ts';
import { removeSecret } from '../core/secrets/remove-secret.ts';
import { setSecret } from '../core/secrets/set-secret.ts';
import { examine } from '../core/service/doctor.ts';
import { changeSettings, readSettings } from '../core/service/settings.ts';

/** An event's id: who numbered it, and the number. What a client sends back to go on where it was. */
const eventId = (service: string, sequence: number): string => `${service}:${sequence}`;

const positionOf = (id: string | undefined): FeedPosition | null => {
  const [service, sequence] = id?.split(':') ?? [];
  return service === undefined || sequence === undefined || !/^\d{1,15}$/.test(sequence) ? null : { service, sequence: Number(sequence) };
};

/** Input of another form than the contract's is the caller's to mend; null: it is something else. */
const notUnderstood = (error: unknown): Fault | null => {
  if (!(error instanceof ORPCError) || error.code !== 'BAD_REQUEST' || !(error.cause instanceof ValidationError)) return null;
  // Every schema of the contract is one of zod's, and so is what it says.
  const issues = issuesInWords(error.cause.issues as readonly z.core.$ZodIssue[], 'the input').slice(0, 5);
  return { code: 'invalid', message: `This cannot be understood: ${issues.join('; ')}.`, next: 'Correct it, then try again.' };
};

const isLive = (output: unknown): output is AsyncGenerator => typeof output === 'object' && output !== null && Symbol.asyncIterator in output;

/** What a live answer throws on its way, in the words of the contract. */
async function* failingAs<T>(told: (error: unknown) => Error, source: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    yield* source;
  } catch (error) {
    throw told(error);
  }
}

/** The contract bound to the core: each call is one line, each failure the typed FAULT. */
export const createRouter = (core: Core) => {
  const { deps, once, feed, supervisor } = core;
  const { store } = deps;
  const os = implement(contract).use(async ({ next, errors }) => {
    const told = (error: unknown): Error => {
      const fault = notUnderstood(error) ?? faultOf(error);
      return (errors as unknown as { FAULT: (options: { message: string; data: typeof fault }) => Error }).FAULT({ message: fault.message, data: fault });
    };
    try {
      const result = await next();
      return isLive(result.output) ? { ...result, output: failingAs(told, result.output) } : result;
    } catch (error) {
      throw told(error);
    }
  });

  return os.router({
    service: {
      hello: os.service.hello.handler(() => ({ version: deps.version, dataDirectory: deps.dataDirectory, pid: process.pid })),
      engine: os.service.engine.handler(() => ({ engine: deps.engines.status(), slots: supervisor.view().slots })),
      reconnectEngine: os.service.reconnectEngine.handler(() => {
        deps.engines.reconnect();
        return {};
      }),
      doctor: os.service.doctor.handler(() => examine(core)),
      changeSettings: os.service.changeSettings.handler(({ input }) => changeSettings(store, once, input)),
    },
    fleet: {
      watch: os.fleet.watch.handler(async function* ({ lastEventId, signal }) {
        for await (const update of feed.watch(positionOf(lastEventId), signal ?? new AbortController().signal))
          for (const message of inParts(update)) {
            if (message.kind !== 'part') yield withEventMeta(message, { id: eventId(feed.service, message.sequence) });
            else {
              yield message;
              // Everything else has its turn between two parts.
              await setImmediate();
            }
          }
      }),
      measure: os.fleet.measure.handler(({ signal }) => core.meter.watch(signal ?? new AbortController().signal)),
      snapshots: os.fleet.snapshots.handler(() => listSnapshots(deps)),
      removeSnapshot: os.fleet.removeSnapshot.handler(({ input }) => removeSnapshot(deps, once, input)),
      resetEnvironment: os.fleet.resetEnvironment.handler(({ input }) => resetEnvironment(deps, once, input)),
    },
    disk: {
      report: os.disk.report.handler(() => core.disk.report()),
      free: os.disk.free.handler(({ input }) => core.disk.free(once, input)),
    },
    projects: {
      inspect: os.projects.inspect.handler(({ input }) => deps.depot.inspect(input.path)),
      add: os.projects.add.handler(({ input }) => addProject(deps, once, input)),
      addSample: os.projects.addSample.handler(({ input }) => addSample(deps, once, input)),
      remove: os.projects.remove.handler(({ input }) => removeProject(deps, once, input)),
      edit: os.projects.edit.handler(({ input }) => editProject(deps, once, input)),
      list: os.projects.list.handler(() => store.projects()),
      facts: os.projects.facts.handler(({ input }) => deps.depot.inspect(requireProject(store, input.projectId).path)),
      propose: os.projects.propose.handler(async ({ input }) => {
        const { environment, reasons, checks, needs } = await proposeChange(deps, requireProject(store, input.projectId), input.workingDirectory);
        return { environment, reasons: [...reasons], checks: [...checks], needs: [...needs] };
      }),
      setEnvironment: os.projects.setEnvironment.handler(({ input }) => setEnvironment(deps, once, input)),
      readEnvironmentFile: os.projects.readEnvironmentFile.handler(({ input }) => readEnvironmentFile(deps, input)),
      adoptEnvironmentFile: os.projects.adoptEnvironmentFile.handler(({ input }) => adoptEnvironmentFile(deps, once, input)),
      environmentFileText: os.projects.environmentFileText.handler(({ input }) => environmentFileText(deps, input)),
      saveEnvironmentFile: os.projects.saveEnvironmentFile.handler(({ input }) => saveEnvironmentFile(deps, once, input)),
      importDevcontainer: os.projects.importDevcontainer.handler(async ({ input }) => {
        const { environment, reasons, notTaken } = await importFromDevcontainer(deps, input);
        return { environment, reasons: [...reasons], notTaken: [...notTaken] };
      }),
    },
    setupTries: {
      start: os.setupTries.start.handler(({ input }) => core.setupTries.start(once, input)),
      stop: os.setupTries.stop.handler(({ input }) => core.setupTries.stop(once, input)),
      end: os.setupTries.end.handler(({ input }) => core.setupTries.end(once, input)),
    },
    secrets: {
      list: os.secrets.list.handler(({ input }) => listSecrets(deps, input)),
      set: os.secrets.set.handler(({ input }) => setSecret(deps, once, input)),
      remove: os.secrets.remove.handler(({ input }) => removeSecret(deps, once, input)),
    },
    briefs: {
      create: os.briefs.create.handler(({ input }) => createBrief(deps, once, input)),
      edit: os.briefs.edit.handler(({ input }) => editBrief(deps, once, input)),
      waitFor: os.briefs.waitFor.handler(({ input }) => waitFor(deps, once, input)),
      remove: os.briefs.remove.handler(({ input }) => removeBrief(deps, once, input)),
      get: os.briefs.get.handler(({ input }) => requireBrief(store, input.briefId)),
      find: os.briefs.find.handler(
        ({ input }) => store.briefByNumber(input.number) ?? refuse('notFound', `There is no brief #${input.number}.`, 'List them with `drydock status`.'),
      ),
      readiness: os.briefs.readiness.handler(({ input }) => readinessOf(input.text, readSettings(store).timeBudgetMinutes)),
      exportFile: os.briefs.exportFile.handler(({ input }) => ({ markdown: writeBriefFile(requireBrief(store, input.briefId).text) })),
      importFile: os.briefs.importFile.handler(({ input }) => {
        const parsed = parseBriefFile(input.markdown);
        if (!parsed.ok) throw new Refusal(parsed.fault);
        return parsed.text;
      }),
      move: os.briefs.move.handler(({ input }) => moveBrief(deps, once, input)),
      launch: os.briefs.launch.handler(({ input }) => launchBrief(deps, once, input)),
      attach: os.briefs.attach.handler(({ input }) => attachFile(deps, once, input)),
      tryCheck: os.briefs.tryCheck.handler(({ input, signal }) => core.tries.run(input, signal ?? new AbortController().signal)),
    },
    runs: {
      get: os.runs.get.handler(({ input }) => requireRun(store, input.runId)),
      ofBrief: os.runs.ofBrief.handler(({ input }) => store.runsOfBrief(input.briefId)),
      cancel: os.runs.cancel.handler(({ input }) => cancelRun(deps, once, input)),
      retry: os.runs.retry.handler(({ input }) => retryRun(deps, once, input)),
      markSeen: os.runs.markSeen.handler(({ input }) => markSeen(deps, once, input)),
      log: os.runs.log.handler(({ input }) => readLog(core.setupTries.deps, input)),
      changes: os.runs.changes.handler(({ input }) => listChanges(deps, input)),
      file: os.runs.file.handler(({ input }) => readFile(deps, input)),
      evidence: os.runs.evidence.handler(({ input }) => readEvidence(deps, input)),
      setIncluded: os.runs.setIncluded.handler(({ input }) => setIncluded(deps, once, input)),
      selection: os.runs.selection.handler(({ input }) => selectedTree(deps, input)),
      hunks: os.runs.hunks.handler(({ input }) => listHunks(deps, input)),
      setHunksIncluded: os.runs.setHunksIncluded.handler(({ input }) => setHunksIncluded(deps, once, input)),
      comment: os.runs.comment.handler(({ input }) => commentOnRun(deps, once, input)),
      removeComment: os.runs.removeComment.handler(({ input }) => removeComment(deps, once, input)),
      setViewed: os.runs.setViewed.handler(({ input }) => setViewed(deps, once, input)),
      setCriterionMet: os.runs.setCriterionMet.handler(({ input }) => setCriterionMet(deps, once, input)),
      checkSelection: os.runs.checkSelection.handler(({ input }) => checkSelection(deps, once, input)),
      liveChanges: os.runs.liveChanges.handler(({ input }) => liveChanges(deps, input)),
      liveFile: os.runs.liveFile.handler(({ input }) => liveFile(deps, input)),
      openShell: os.runs.openShell.handler(({ input, signal }) => core.setupTries.shells.open(input, signal ?? new AbortController().signal)),
      typeIntoShell: os.runs.typeIntoShell.handler(({ input }) => core.setupTries.shells.type(input)),
      resizeShell: os.runs.resizeShell.handler(({ input }) => core.setupTries.shells.resize(input)),
      network: os.runs.network.handler(({ input }) => ({ policy: requireRun(store, input.runId).order.network, entries: store.networkEntries(input.runId) })),
      allowAndRetry: os.runs.allowAndRetry.handler(({ input }) => allowAndRetry(deps, once, input)),
      patch: os.runs.patch.handler(({ input }) => readPatch(deps, input)),
      tryOut: os.runs.tryOut.handler(({ input }) => tryOut(deps, once, input)),
      baseNow: os.runs.baseNow.handler(({ input }) => readBaseNow(deps, input)),
      previewLanding: os.runs.previewLanding.handler(({ input }) => previewLanding(deps, input)),
      land: os.runs.land.handler(({ input }) => landResult(deps, once, input)),
    },
    history: { query: os.history.query.handler(({ input }) => store.history(input)) },
    bases: {
      resolve: os.bases.resolve.handler(({ input }) => deps.depot.resolve(requireProject(store, input.projectId), input.base)),
      commits: os.bases.commits.handler(({ input }) => deps.depot.commits(requireProject(store, input.projectId), input)),
      matches: os.bases.matches.handler(({ input }) => matchFiles(deps, input)),
    },
  });
};

export type DrydockRouter = ReturnType<typeof createRouter>;
