import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { z } from 'zod';
import type { briefText } from '../../src-main/contract/brief.ts';
import type { RunId } from '../../src-main/contract/ids.ts';
import type { Environment } from '../../src-main/contract/project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { ownerOf } from '../../src-main/compose.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { makeRepository } from '../../src-main/adapters/git/make-repository.ts';
import { expect, vi } from 'vitest';
import { startDrydock, wholeLog, type TestDrydock } from './drydock.ts';
import { watchEngine } from './engine-history.ts';

const execute = promisify(execFile);
const SERVICE = join(import.meta.dirname, 'killable-service.ts');

/** With `world`, the port of one that stands for everything outside; the environment allows its name `allowed.test`. */
export type KilledBrief = z.input<typeof briefText> & { environment?: Partial<Environment>; world?: number };

interface Finished {
  readonly names: readonly string[];
  readonly run: Run;
}

/** A repository and a prepared data directory, from which each trial starts afresh. */
export interface TrialGround {
  readonly directory: string;
  readonly repository: string;
  readonly template: string;
  dispose(): Promise<void>;
}

export const prepareGround = async (): Promise<TrialGround> => {
  const directory = await mkdtemp(join(tmpdir(), 'drydock-kill-'));
  const repository = join(directory, 'repository');
  await makeRepository(join(import.meta.dirname, '../../resources/sample'), repository, 'Open the corner shop');
  return { directory, repository, template: join(directory, 'template'), dispose: () => rm(directory, { recursive: true, force: true }) };
};

/** When the service is killed: at a fault point (0: never), or after so many ms, wherever it is then. */
type Kill = { readonly at: number } | { readonly afterMs: number };

const serve = async (ground: TrialGround, data: string, kill: Kill, brief: KilledBrief): Promise<Finished | 'killed'> => {
  const killAt = 'at' in kill ? kill.at : 0;
  const serving = execute(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', SERVICE, data, ground.repository, String(killAt), JSON.stringify(brief)],
    { maxBuffer: 64 * 2 ** 20 },
  );
  const timer = 'afterMs' in kill ? setTimeout(() => serving.child.kill('SIGKILL'), kill.afterMs) : undefined;
  try {
    const { stdout } = await serving;
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Finished;
  } catch (error) {
    if ((error as { signal?: string }).signal === 'SIGKILL') return 'killed';
    throw error;
  } finally {
    clearTimeout(timer);
  }
};

/** What must be the same however often the service was killed. */
export interface TrialOutcome {
  readonly state: Run['state'];
  /** How often a container of each role was started. */
  readonly starts: Readonly<Record<string, number>>;
  /** Of work containers that were started and then thrown away instead of taken up: the bytes that each had said when the service was killed. */
  readonly thrownAway: readonly number[];
  readonly workLog: string;
  readonly checks: readonly string[];
  readonly resultTree: string | undefined;
  readonly left: readonly string[];
  readonly names: readonly string[];
}

/** What stays at the engine when clean-up, which goes on for a moment after a run's end, has had its time. */
const leftovers = async (test: TestDrydock): Promise<string[]> => {
  const look = async (): Promise<string[]> => {
    const { images } = await test.labelled();
    const { engines, owner } = test.drydock.core.deps;
    const containers = (await engines.engine()?.containers({ [LABEL.owner]: owner })) ?? [];
    // What this last service has made ahead is no leftover.
    const left = containers.filter(({ labels }) => !test.drydock.core.warm.isOwn(labels[LABEL.warm] ?? '')).map(({ name }) => name);
    return [...left, ...images.filter((image) => !image.includes('snapshot'))];
  };
  await vi.waitFor(async () => expect(await look()).toEqual([]), { timeout: 15_000 }).catch(() => {});
  return look();
};

/**
 * Runs a brief with the service killed, a number being the fault point (0: never), then with a second service to the end. `between`: what
 * becomes of the data directory while there is none.
 */
export const trial = async (ground: TrialGround, name: string, killed: number | Kill, brief: KilledBrief, between?: (data: string) => Promise<void>): Promise<TrialOutcome> => {
  const kill = typeof killed === 'number' ? { at: killed } : killed;
  const data = join(ground.directory, `data-${name}`);
  // The toolkit is gathered once: without it each trial would wait for the same second again.
  await cp(ground.template, data, { recursive: true }).catch(() => {});
  await mkdir(data, { recursive: true });
  const watch = await watchEngine(ownerOf(data));
  const first = await serve(ground, data, kill, brief);
  const said = first === 'killed' ? await watch.said('work') : new Map<string, number>();
  if (first === 'killed') await between?.(data);
  const finished = first === 'killed' ? await serve(ground, data, { at: 0 }, brief) : first;
  if (finished === 'killed') throw new Error('killed without being asked to');
  const { run } = finished;
  const turn = run.turns[0];
  const test = await startDrydock({ dataDirectory: data });
  const log = await wholeLog(test, run.id as RunId, 'work');
  const left = await leftovers(test);
  // The last container of the run has been seen to start and to end: every start before it has been told too.
  await vi.waitFor(() => expect([watch.starts()['check-0-base'], watch.running('check-0-base')]).toEqual([1, 0]), { timeout: 15_000 }).catch(() => {});
  watch.stop();
  await test.drydock.dispose();
  if (killed === 0) await cp(join(data, 'toolkit'), join(ground.template, 'toolkit'), { recursive: true });
  await rm(data, { recursive: true, force: true });
  return {
    state: run.state,
    starts: watch.starts(),
    thrownAway: watch.started('work').slice(0, -1).map((id) => said.get(id) ?? 0),
    workLog: log.toString(),
    checks: (turn?.checks ?? []).map((check) => `${check.check} ${check.side} ${check.exitCode}`),
    resultTree: turn?.result?.tree,
    left,
    names: finished.names,
  };
};
