import type { BaseChoice, Check } from '../../contract/brief.ts';
import type { Fault } from '../../contract/fault.ts';
import type { ProjectId, TreeId } from '../../contract/ids.ts';
import type { TriedCheck } from '../../contract/live.ts';
import type { Environment, Project } from '../../contract/project.ts';
import type { Snapshot } from '../../contract/run.ts';
import { LABEL } from '../../domain/container-spec.ts';
import { namesBeside, type Beside } from '../../domain/service-spec.ts';
import { isOfTry, tryLabels, trySpec } from '../../domain/try-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { createByteChannel } from '../live/byte-channel.ts';
import { Refusal, refuse } from '../refusal.ts';
import { requireEngine, requireProject } from '../require.ts';
import { openServices, type Services } from '../services/services.ts';
import { requireImage } from '../supervisor/environment-image.ts';
import { findSnapshot, hasSetup, snapshotKey } from '../supervisor/environment-snapshot.ts';
import { planWorkspace } from '../supervisor/workspace.ts';
import type { Writers } from '../supervisor/writers.ts';
import { watchWritten } from '../supervisor/written-watch.ts';

/** Checks tried at once: they take no slot from the runs. */
const MOST_TRIES = 4;

export interface TryInput {
  readonly projectId: ProjectId;
  readonly base: BaseChoice;
  readonly workingDirectory: string;
  readonly check: Check;
}

/** Checks that are tried on a base, each in a container of its own that is gone with its end. */
export interface CheckTries {
  /** Output, then the end. Ends early, with everything removed, when `signal` aborts. */
  run(input: TryInput, signal: AbortSignal): AsyncGenerator<TriedCheck, void>;
  /** Stops every try and removes its container. */
  dispose(): Promise<void>;
}

export const createCheckTries = (deps: Deps, writers: Writers): CheckTries => {
  const { clock, depot, engines } = deps;
  const names = new Set<string>();
  const ending = new Set<Promise<void>>();
  const disposing = new AbortController();

  /** Tries of a service that was killed. */
  const removeLeftovers = async (engine: ContainerEngine): Promise<void> => {
    // Services of a try are named after it.
    const isKnown = (name: string): boolean => [...names].some((each) => name === each || name.startsWith(`${each}-`));
    for (const { id, name, labels } of await engine.containers({ [LABEL.owner]: deps.owner })) if (isOfTry(labels) && !isKnown(name)) await engine.remove(id);
  };
  const tidy = (): void => {
    const engine = engines.engine();
    // A failed look concludes nothing; the next time the engine comes up looks again.
    if (engine !== null) removeLeftovers(engine).catch(() => {});
  };
  const stopListening = engines.onChange(tidy);
  tidy();

  /** What the container is made from: the environment's snapshot, or the image where there is nothing to set up. */
  const placeFor = async (engine: ContainerEngine, project: Project, tree: TreeId): Promise<Snapshot> => {
    const { environment } = project;
    const image = await requireImage(deps, engine, { project, environment, tree });
    if (!hasSetup(environment)) return { key: image.id, image: image.reference, tree: null, reused: true, receipt: null };
    const key = await snapshotKey(deps, { project, environment, tree, imageId: image.id });
    const known = await findSnapshot(deps, engine, key);
    if (known === null) return refuse('refusedByState', 'This environment was never set up for this base.', 'Launch a brief of the project once: its setup is kept, and checks can be tried in it.');
    deps.store.countSnapshotUse(key, clock.now());
    return { key, image: known.image, tree: known.tree, reused: true, receipt: known.receipt };
  };

  /** Removes containers in every case; whoever waits for the service's end waits for it. */
  const removeLater = (engine: ContainerEngine, all: readonly string[]): Promise<void> => {
    const removed = Promise.allSettled(all.map((name) => engine.remove(name))).then(() => void ending.delete(removed));
    ending.add(removed);
    return removed;
  };

  /** The network of a try: with the environment's services in it, where there are any. */
  const openTryNetwork = async (engine: ContainerEngine, beside: Beside, { services, limits }: Environment, signal: AbortSignal): Promise<Pick<Services, 'network'> | undefined> =>
    services.length === 0 ? undefined : openServices({ engine, clock, baseImage: deps.baseImage, services, limits, writers, secrets: new Map(), signal, note: () => {} }, beside, 'none', false);

  async function* run(input: TryInput, listener: AbortSignal): AsyncGenerator<TriedCheck, void> {
    if (names.size >= MOST_TRIES) refuse('refusedByState', `${MOST_TRIES} checks are being tried already.`, 'Wait for one of them, or close it.');
    const project = requireProject(deps.store, input.projectId);
    const engine = requireEngine(engines);
    const signal = AbortSignal.any([listener, disposing.signal]);
    const name = `drydock-${deps.owner}-try-${deps.ids.random()}`;
    names.add(name);
    const beside: Beside = { name, labels: tryLabels(deps.owner, name) };
    const all = [name, ...(project.environment.services.length === 0 ? [] : namesBeside(beside, project.environment.services))];
    const channel = createByteChannel(clock);
    let callOff = (): void => {};
    let stopWatching = (): void => {};
    let isMade = false;
    let spent: Fault | null = null;
    // A generator that waits does not see the signal: the container's removal ends whatever it waits for.
    const letGo = (): void => {
      channel.drop();
      if (isMade) void removeLater(engine, all);
    };
    signal.addEventListener('abort', letGo);
    try {
      const base = await depot.commitBase(project, input.base);
      const place = await placeFor(engine, project, base.tree);
      const move = await planWorkspace({ deps, engine, project }, place, base.tree);
      if (signal.aborted) return;
      isMade = true;
      const network = await openTryNetwork(engine, beside, project.environment, signal);
      if (signal.aborted) return;
      const surroundings = network && { network: network.network, variables: {} };
      const spec = trySpec({ name, image: place.image, owner: deps.owner, environment: project.environment, workingDirectory: input.workingDirectory }, move.command(input.check.command), surroundings);
      await engine.create(spec);
      if (signal.aborted) return;
      await move.putInto(name);
      const output = await engine.attach(name, (_stream, bytes) => channel.push(bytes));
      if (signal.aborted) return;
      const began = clock.monotonic();
      await engine.start(name);
      let timedOut = false;
      callOff = clock.after(input.check.timeoutSeconds * 1_000, () => {
        timedOut = true;
        engine.stop(name, 2).catch(() => {
          // The wait below fails for the same reason.
        });
      });
      stopWatching = watchWritten({ engine, clock, container: name, most: project.environment.limits.writtenBytes, onOver: () => {}, writers, onSpent: (fault) => (spent = fault) });
      output.ended.catch(() => {}).finally(() => channel.end());
      const exit = engine.wait(name, signal);
      exit.catch(() => {});
      for await (const piece of channel.pieces(signal)) yield { kind: 'output', bytes: piece.toString('base64') };
      if (signal.aborted) return;
      const { exitCode } = await exit;
      if (spent !== null) throw new Refusal(spent);
      const end: TriedCheck = { kind: 'end', exitCode: timedOut ? null : exitCode, timedOut, durationMs: Math.round(clock.monotonic() - began) };
      await removeLater(engine, all);
      isMade = false;
      // The last event may never be asked for the next one.
      names.delete(name);
      yield end;
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', letGo);
      callOff();
      stopWatching();
      // Again after an abort: its own removal may have come before the container was there.
      if (isMade) await removeLater(engine, all);
      names.delete(name);
    }
  }

  return {
    run,
    dispose: async () => {
      stopListening();
      disposing.abort();
      await Promise.allSettled([...ending]);
    },
  };
};
