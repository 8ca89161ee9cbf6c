import type { TreeId } from '../../contract/ids.ts';
import type { LogSource } from '../../contract/log.ts';
import type { FrozenNetwork, NetworkRule } from '../../contract/network.ts';
import type { Readied } from '../../contract/result.ts';
import type { Run, Snapshot } from '../../contract/run.ts';
import { LABEL, containerName, ownLabels, readySpec, type ContainerRole } from '../../domain/container-spec.ts';
import { readiedInWords, readyingProblem } from '../../domain/readied-words.ts';
import { currentTurn } from '../../domain/run-machine.ts';
import { askRegistries } from '../network/ask-registries.ts';
import { NO_NETWORK, throughSeat, type WorkNetwork } from '../network/work-network.ts';
import { withServices } from '../services/with-services.ts';
import { createAfresh, removeLeftover } from './ahead.ts';
import { changedLockFiles, hasSetup } from './environment-snapshot.ts';
import { observe } from './observe.ts';
import { snapshotForChecks } from './snapshot-for-checks.ts';
import { note, specRequest, type StepContext } from './step.ts';
import { requireReady } from './work.ts';
import { planWorkspace } from './workspace.ts';

/** From what a check's container is made, and how that came to be; null: from the snapshot as it is. */
export interface CheckGround {
  readonly snapshot: Snapshot;
  readonly readied: Readied | null;
}

const MOST_REFUSED = 20;
/** Of the script's output, what is looked at for the reason of its failure. */
const TAIL_BYTES = 64 * 1024;

const asScript = (script: string): string => `set -eu\n[ -z "\${BASH_VERSION-}" ] || set -o pipefail\n${script}`;

/** The image that is ready for a tree; it goes with the run. */
const referenceFor = (run: Run, tree: TreeId): string => `drydock/check:${run.id}-${run.turns.length}-${tree.slice(0, 24)}`;

const policyOf = (run: Run, rules: readonly NetworkRule[]): FrozenNetwork => ({ mode: 'allowlist', presets: [], rules: [...rules], budget: run.order.network.budget, inject: [] });

/** The registries of the image, and nothing else. The seat is the run's own: its work is over. */
const openRegistries = async ({ deps, engine }: StepContext, run: Run, rules: readonly NetworkRule[], onRefused: (host: string) => void): Promise<WorkNetwork> => {
  if (rules.length === 0) return NO_NETWORK;
  const turn = run.turns.length;
  await engine.remove(containerName(run.id, turn, 'relay'));
  const seat = await deps.seats.open(engine, {
    runId: run.id, turn, owner: deps.owner, image: deps.baseImage, network: policyOf(run, rules), secrets: new Map(), entries: [],
    onEntry: ({ host, refused }) => {
      if (refused === 'notAllowed') onRefused(host);
    },
  });
  return throughSeat(engine, seat, new Map(), () => {});
};

const endInWords = (exitCode: number, timedOut: boolean, seconds: number): string => (timedOut ? `took longer than its ${seconds} s` : `ended with status ${exitCode}`);

const tailOf = async ({ deps, log }: StepContext, run: Run, from: number): Promise<string> => {
  await log.flush();
  const offset = Math.max(from, log.length - TAIL_BYTES);
  const slice = await deps.logs.read({ run: run.id, turn: 1 }, offset, TAIL_BYTES);
  return Buffer.from(slice.bytes, 'base64').toString();
};

/** Runs the script on what the snapshot holds, with the tree in its workspace, and keeps what it made as an image; a problem: why not. */
const makeReady = async (context: StepContext, run: Run, tree: TreeId, source: LogSource, changed: readonly string[]): Promise<Readied> => {
  const { deps, engine, log } = context;
  const { environment } = run.order;
  const snapshot = snapshotForChecks(context, run);
  const script = environment.maintenance.trim() === '' ? 'setup' : 'maintenance';
  const rules = await askRegistries(engine, specRequest(context, run, 'registries', snapshot.image));
  const about: Omit<Readied, 'refused' | 'problem'> = { script, changed: [...changed], hosts: [...new Set(rules.map(({ host }) => host))] };
  note(context, `${changed.join(', ')} changed: ${script} runs before the checks, ${about.hosts.length === 0 ? 'without a network' : `with reading from ${about.hosts.join(', ')} alone`}, without secrets.`);
  const refused = new Set<string>();
  const role: ContainerRole = `ready-${tree.slice(0, 12)}`;
  const registries = await openRegistries(context, run, rules, (host) => refused.size < MOST_REFUSED && refused.add(host));
  const network = await withServices(context, run, role, registries, false);
  const move = await planWorkspace(context, snapshot, tree);
  const spec = readySpec(specRequest(context, run, role, snapshot.image), move.command(asScript(environment[script])), network.network === 'none' ? undefined : network);
  try {
    // Cut off before, it begins again.
    await removeLeftover(engine, spec);
    const container = await createAfresh(engine, spec);
    await move.putInto(container);
    await network.prepare(container);
    await network.selfTest();
    const from = log.length;
    const budget = { used: () => 0, totalMs: environment.setupTimeoutSeconds * 1_000, onTick: () => {} };
    const observed = await observe(context, run, container, source, budget, { fresh: true, lost: network.lost });
    const problem = (end: string, output: string): Readied => ({ ...about, refused: [...refused], problem: readyingProblem({ ...about, refused: [...refused] }, end, output) });
    if (observed.kind === 'gone') return problem('was ended from outside', '');
    if (observed.timedOut || observed.exit.exitCode !== 0) return problem(endInWords(observed.exit.exitCode, observed.timedOut, environment.setupTimeoutSeconds), await tailOf(context, run, from));
    const written = await engine.writtenBytes(container);
    if (written > environment.limits.writtenBytes) return problem(`wrote ${written} bytes, more than the environment's ${environment.limits.writtenBytes}`, '');
    await engine.commit(container, referenceFor(run, tree), { ...ownLabels(deps.owner, run.id), [LABEL.phase]: role });
    await engine.remove(container);
    return { ...about, refused: [...refused], problem: null };
  } finally {
    await network.end('close').catch(() => {
      // What cannot be removed now is removed with the run's other objects.
    });
  }
};

/**
 * What a check of a tree starts from: the snapshot, unless the tree has other lock files than the base that the snapshot was made for. Then
 * maintenance, or setup where there is none, makes it ready once, and every check of the tree starts from that.
 */
export const groundFor = async (context: StepContext, run: Run, tree: TreeId, source: LogSource): Promise<CheckGround> => {
  const { deps, engine, project } = context;
  const { environment } = run.order;
  const { base } = requireReady(run);
  const snapshot = snapshotForChecks(context, run);
  const changed = hasSetup(environment) ? await changedLockFiles(deps, project, environment, [base.tree, tree]) : [];
  if (changed.length === 0) return { snapshot, readied: null };
  const image = referenceFor(run, tree);
  const known = currentTurn(run).checks.find((outcome) => outcome.tree === tree && outcome.readied !== undefined)?.readied;
  const isThere = known !== undefined && (known.problem !== null || (await engine.image(image)) !== null);
  const readied = isThere ? known : await makeReady(context, run, tree, source, changed);
  if (!isThere) note(context, readiedInWords(readied));
  return { snapshot: readied.problem === null ? { ...snapshot, image, tree } : snapshot, readied };
};
