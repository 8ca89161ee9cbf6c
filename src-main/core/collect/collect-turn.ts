import { buffer } from 'node:stream/consumers';
import { Readable } from 'node:stream';
import type { BriefText } from '../../contract/brief.ts';
import type { CommitId, TreeId } from '../../contract/ids.ts';
import type { Environment } from '../../contract/project.ts';
import type { CommittedBase, Result } from '../../contract/result.ts';
import { COLLECT_LIMITS } from '../../domain/collection-limits.ts';
import { planCollection, type LeftOut, type PlacedInstead } from '../../domain/collection.ts';
import { shownPath, unquotedPath, type RawPath } from '../../domain/collection-path.ts';
import { collisionFindings, largeFileFindings, leftOutFindings, nestedFindings, pointerFindings, scopeFindings } from '../../domain/collection-findings.ts';
import { containerName, LABEL } from '../../domain/container-spec.ts';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import type { Depot, DepotProject, PlacedFile } from '../../ports/depot.ts';
import { refuse } from '../refusal.ts';
import { allOf } from './all-of.ts';
import { makeCollector, type Collector } from './collector.ts';
import { linkId } from './link-id.ts';
import { planFiles } from './lists.ts';
import { readListing } from './list-workspace.ts';
import { lookIntoContent } from './look-into-content.ts';
import { LIST_SCRIPT, WRITE_SCRIPT } from './scripts.ts';
import type { TarFile } from './tar-files.ts';
import type { Toolkit } from './toolkit.ts';
import { unpack } from './unpack.ts';

export interface CollectDeps {
  readonly engine: ContainerEngine;
  readonly depot: Depot;
  readonly toolkit: Toolkit;
}

export interface CollectRequest {
  readonly project: DepotProject;
  readonly run: string;
  readonly turn: number;
  /** Marks the data directory on everything made at the engine. */
  readonly owner: string;
  /** The ended work container. */
  readonly container: string;
  readonly base: CommittedBase;
  readonly scope: Pick<BriefText['scope'], 'inPlay' | 'offLimits'>;
  readonly environment: Environment;
  /** Of the commit in the depot. */
  readonly message: string;
}

export type Collected = Omit<Result, 'outcome'>;

interface Written {
  readonly commit: CommitId;
  readonly ignored: number;
  readonly held: readonly LeftOut[];
}

const raw = (bytes: Uint8Array): RawPath => Buffer.from(bytes).toString('latin1');

const placedByPath = (files: readonly PlacedFile[]): ReadonlyMap<RawPath, PlacedInstead> =>
  new Map(files.map(({ path, mode, id, submodule }) => [raw(path), { mode, id, submodule: submodule === null ? null : raw(submodule) }]));

/** Paths, as shown, of files whose content stood in for a pointer. */
const pointersIn = (placed: ReadonlyMap<RawPath, PlacedInstead>): ReadonlySet<string> => new Set([...placed].flatMap(([path, { submodule }]) => (submodule === null ? [shownPath(path)] : [])));

/** One finding a path: many files of a submodule are one. */
const onceEach = (leftOut: readonly LeftOut[]): LeftOut[] => [...new Map(leftOut.map((one) => [one.path, one])).values()];

/** Takes what the writing script left: first the facts, then the pack, which streams into the depot. */
const takeWritten = async (out: Readable, { depot }: CollectDeps, { project, base, message }: CollectRequest, placed: ReadonlyMap<RawPath, PlacedInstead>): Promise<Written> => {
  const unpacking = unpack(out);
  let facts: readonly string[] = [];
  let commit: CommitId | null = null;
  for await (const entry of unpacking) {
    if (entry.header.name.endsWith('/1-facts') && (entry.header.size ?? 0) <= COLLECT_LIMITS.listingBytes) {
      facts = (await buffer(entry)).toString('latin1').split('\n').slice(0, -1);
    } else if (entry.header.name.endsWith('/2-pack')) {
      const { packBytes: maxBytes, packObjects: maxObjects } = COLLECT_LIMITS;
      commit = await depot.importTree(project, base, { tree: facts[0] ?? '', pack: Readable.from(entry), maxBytes, maxObjects }, message);
    }
    entry.resume();
  }
  if (commit === null) return refuse('internal', 'The collector left no result behind.', 'Run again.');
  const held = facts.slice(2).map((line): LeftOut => {
    const path = unquotedPath(line);
    const submodule = placed.get(path)?.submodule ?? null;
    return submodule === null ? { path, reason: 'submoduleList', detail: '' } : { path: submodule, reason: 'submodule', detail: '' };
  });
  return { commit, ignored: Number(facts[1]), held };
};

const requireSize = async ({ engine }: CollectDeps, { container, environment }: CollectRequest): Promise<void> => {
  const written = await engine.writtenBytes(container);
  const { writtenBytes: most } = environment.limits;
  if (written <= most) return;
  const inGiB = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  // Before the commit: it turns sparse files into real disk.
  refuse('tooLarge', `The run wrote ${inGiB(written)}; the environment allows ${inGiB(most)}.`, "Raise the environment's limit of written data, or have the run write less; then run it again.");
};

/**
 * Turns a stopped container into a verified commit in the depot. No program of the container's file system runs, and
 * none of its files is written to the host outside git objects. May be cut off anywhere and called again: everything
 * made at the engine has names derived from run and turn, is removed first, and is on its way out at the end: an image of
 * gigabytes takes seconds to go, and nobody needs to wait for that. What then stays is the run's to clean up, by its label.
 *
 * Faults: tooLarge (with the next step), invalid (the workspace folder itself was replaced), imageMissing, and those of
 * engine and depot.
 */
export const collectTurn = async (deps: CollectDeps, request: CollectRequest): Promise<Collected> => {
  const { engine, depot, toolkit } = deps;
  const { project, base, run, turn, owner, environment } = request;
  const image = `drydock/collect:${run}-${turn}`;
  const containers = (['collect-list', 'collect-write'] as const).map((role) => containerName(run, turn, role));
  /** The containers first, since they hold the image. */
  const tidyUp = async (): Promise<void> => {
    await allOf(containers.map((name) => engine.remove(name)));
    await engine.removeImage(image);
  };
  const [index, placed, programs] = await allOf<[Uint8Array, ReadonlyMap<RawPath, PlacedInstead>, readonly TarFile[], void, void]>([
    depot.indexFile(project, base.tree),
    depot.placedFiles(project, base.tree).then(placedByPath),
    toolkit.programs(engine),
    requireSize(deps, request),
    // What a try that was cut off left behind.
    tidyUp(),
  ]);
  const collector = { run, turn, owner, environment, image, index, idLength: base.tree.length };
  try {
    await engine.commit(request.container, image, { [LABEL.owner]: owner, [LABEL.run]: run, [LABEL.phase]: 'collect' });
    const [lister, writer] = await allOf<[Collector, Collector]>([
      makeCollector(engine, collector, 'collect-list', LIST_SCRIPT),
      makeCollector(engine, collector, 'collect-write', WRITE_SCRIPT),
    ]);
    const listing = await lister.run(programs, () => [], readListing);
    const plan = planCollection(listing.tracked, listing.entries, listing.device, linkId, placed);
    const files = (root: string) => [...planFiles(plan, root), ...listing.rules];
    const written = await writer.run(programs, files, (out) => takeWritten(out, deps, request, placed));

    const tree: TreeId = await depot.treeOf(project, written.commit);
    // The result is safe in the depot: what made it goes by itself.
    tidyUp().catch(() => {});
    const changes = await depot.changes(project, base.tree, tree);
    const inContent = await lookIntoContent(depot, project, changes);
    const sizes = new Map([...plan.compared, ...plan.untracked].map(({ path, size }) => [shownPath(path), size]));
    return {
      commit: written.commit,
      tree,
      files: changes.length,
      additions: changes.reduce((sum, change) => sum + change.additions, 0),
      deletions: changes.reduce((sum, change) => sum + change.deletions, 0),
      paths: changes.slice(0, 200).map((change) => change.path),
      findings: [
        ...scopeFindings(changes, request.scope),
        ...leftOutFindings(onceEach([...plan.leftOut, ...written.held]), written.ignored),
        ...pointerFindings(changes, pointersIn(placed)),
        ...nestedFindings(plan.nested, changes),
        ...largeFileFindings(changes, sizes),
        ...collisionFindings(changes, sizes.keys()),
        ...inContent,
      ],
    };
  } catch (error) {
    // What cannot be removed now is removed with the run's other leftovers.
    await tidyUp().catch(() => {});
    throw error;
  }
};
