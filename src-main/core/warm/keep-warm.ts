import type { ProjectId } from '../../contract/ids.ts';
import type { Project } from '../../contract/project.ts';
import { isIdleEnough, isStale, type Load, type WarmRecipe } from '../../domain/warm.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Deps } from '../deps.ts';
import { discardWarm, makeWarm } from './make-warm.ts';
import type { WarmContainer, WarmPool } from './warm-pool.ts';
import { wantedNow } from './wanted.ts';

/** Between looks at whether what is warm is still what is wanted: a base that moves is told by nobody. Each costs a few processes of git. */
const LOOK_MS = 10_000;
/** From the last thing that happened to a look: a launch has its start first. */
const SETTLE_MS = 1_000;
/** For the last removals of a service that ends. */
const FAREWELL_MS = 5_000;

export const createWarmPool = (deps: Deps, load: (project: ProjectId) => Load, tell: (counts: Readonly<Record<ProjectId, number>>) => void): WarmPool => {
  const { store, engines, clock } = deps;
  const kept = new Map<ProjectId, WarmContainer[]>();
  /** Every name that this process has given. */
  const own = new Set<string>();
  /** Not wanted any more, and not removed yet. */
  const discarded = new Set<WarmContainer>();
  let callOff = (): void => {};
  let looking: Promise<void> | null = null;
  let isWoken = false;
  let disposed = false;

  const of = (project: ProjectId): readonly WarmContainer[] => kept.get(project) ?? [];
  const counts = (): Record<ProjectId, number> => Object.fromEntries([...kept].filter(([, all]) => all.length > 0).map(([project, all]) => [project, all.length]));

  const keep = (project: ProjectId, all: readonly WarmContainer[]): void => {
    if (all.length === 0) kept.delete(project);
    else kept.set(project, [...all]);
    tell(counts());
  };

  const discard = async (container: WarmContainer): Promise<void> => {
    discarded.add(container);
    const engine = engines.engine();
    // While the engine is away it stays among those to be removed.
    if (engine === null) return;
    await discardWarm(engine, container).then(() => discarded.delete(container), () => {});
  };

  /** Those of a project that are no longer what it would have are thrown away. */
  const dropStale = async (project: ProjectId, wanted: WarmRecipe | null): Promise<void> => {
    const stale = of(project).filter((each) => isStale(each, wanted, clock.now()));
    if (stale.length === 0) return;
    keep(project, of(project).filter((each) => !stale.includes(each)));
    await Promise.all(stale.map(discard));
  };

  const add = (project: ProjectId, made: WarmContainer): void => {
    keep(project, [...of(project), made]);
    made.seat?.lost.then(() => {
      if (!of(project).includes(made)) return;
      keep(project, of(project).filter((each) => each !== made));
      void discard(made);
    }, () => {});
  };

  /** One project: what is stale goes, and what is missing comes, one at a time and only while nobody needs the machine. */
  const see = async (engine: ContainerEngine, project: Project): Promise<void> => {
    for (;;) {
      const wanted = await wantedNow(deps, engine, project);
      await dropStale(project.id, wanted?.recipe ?? null);
      if (disposed || wanted === null || of(project.id).length >= project.environment.warm || !isIdleEnough(load(project.id))) return;
      const warm = deps.ids.random();
      own.add(warm);
      const made = await makeWarm(deps, engine, { warm, project, ...wanted }).catch((error: unknown) => {
        // What of it could not be removed again is left over like another service's.
        own.delete(warm);
        throw error;
      });
      if (disposed) return discard(made);
      add(project.id, made);
      // The last one is what was wanted a moment ago: to ask git again would be in the way of the run that takes it.
      if (of(project.id).length >= project.environment.warm) return;
    }
  };

  const lookAtAll = async (): Promise<void> => {
    const engine = engines.engine();
    if (engine === null) return;
    // A run that begins tells when it has begun, and needs git and the engine more: what it finds it judges itself.
    if (isBusy()) return;
    for (const container of discarded) await discard(container);
    const projects = store.projects();
    for (const gone of [...kept.keys()].filter((id) => !projects.some((project) => project.id === id))) await dropStale(gone, null);
    for (const project of projects) {
      if (disposed) return;
      if (project.environment.warm === 0 && of(project.id).length === 0) continue;
      // An engine or a repository that says nothing concludes nothing: what is kept is judged again by the run that would take it.
      await see(engine, project).catch(() => {});
    }
  };

  const isBusy = (): boolean => {
    const [any] = store.projects();
    return any !== undefined && load(any.id).beginning > 0;
  };

  const isOfInterest = (): boolean => kept.size > 0 || discarded.size > 0 || store.projects().some(({ environment }) => environment.warm > 0);

  const lookIn = (ms: number): void => {
    callOff();
    callOff = clock.after(ms, () => {
      if (disposed) return;
      if (looking !== null) {
        isWoken = true;
        return;
      }
      looking = lookAtAll().catch(() => {}).finally(() => {
        looking = null;
        if (disposed) return;
        if (isWoken) lookIn(SETTLE_MS);
        else if (isOfInterest()) lookIn(LOOK_MS);
        isWoken = false;
      });
    });
  };

  return {
    take: (project, known) => {
      // The oldest first: it is the next to be thrown away.
      const fitting = of(project).find((each) => !isStale(each, { ...each.recipe, ...known }, clock.now()));
      if (fitting === undefined) return null;
      keep(project, of(project).filter((each) => each !== fitting));
      return fitting;
    },
    discard,
    isOwn: (warm) => own.has(warm),
    counts,
    wake: () => {
      if (!disposed && isOfInterest()) lookIn(SETTLE_MS);
    },
    forget: async (snapshot) => {
      for (const [project, all] of kept) {
        const made = all.filter(({ recipe }) => recipe.key === snapshot);
        if (made.length === 0) continue;
        keep(project, all.filter((each) => !made.includes(each)));
        await Promise.all(made.map(discard));
      }
    },
    dispose: async () => {
      disposed = true;
      callOff();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const stop = clock.after(FAREWELL_MS, resolve);
      const all = [...kept.values()].flat();
      kept.clear();
      // What is not removed in time is removed by the next service, which takes none of them.
      await Promise.race([Promise.all([looking, ...[...all, ...discarded].map(discard)]), late]);
      stop();
    },
  };
};
