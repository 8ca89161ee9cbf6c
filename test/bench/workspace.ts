import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findEngine } from '../../resources/engine/find-engine.mjs';
import { createDockerEngine } from '../../src-main/adapters/docker/docker-engine.ts';
import { createDepot } from '../../src-main/adapters/git/depot.ts';
import { makeRepository } from '../../src-main/adapters/git/make-repository.ts';
import { systemIds } from '../../src-main/adapters/system/ids.ts';
import { projectId } from '../../src-main/contract/ids.ts';
import { collectTurn } from '../../src-main/core/collect/collect-turn.ts';
import { createToolkit } from '../../src-main/core/collect/toolkit.ts';
import { DEFAULT_ENVIRONMENT as environment } from '../../src-main/domain/environment/default-environment.ts';
import { AGENT_UID, LABEL, WORKSPACE, workSpec } from '../../src-main/domain/container-spec.ts';
import { BASE_IMAGE_LATEST } from '../../resources/engine/base-image-tag.mjs';
import { sweep } from '../support/engine.ts';
import { docker, shell } from './docker-cli.ts';
import { inMs, median, timed, type Bench } from './row.ts';

const FOLDERS = 200;

/** Files of 200 bytes to 6 KB, as sources are. */
const fill = (folder: string, files: number): void => {
  for (let at = 0; at < files; at += 1) {
    const place = join(folder, `area-${at % 20}`, `part-${at % FOLDERS}`);
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, `file-${at}.txt`), `${`line of file ${at} with some words in it\n`.repeat(5 + ((at * 7) % 140))}`);
  }
};

/** A large workspace into a container and its changes out again, beside `docker cp` of the whole. */
export const workspace: Bench = async ({ quick }) => {
  const files = quick ? 2_000 : 20_000;
  const changed = files / 10;
  const rounds = quick ? 2 : 4;
  const folder = await mkdtemp(join(tmpdir(), 'drydock-bench-'));
  const found = await findEngine();
  if (!found.found) throw new Error(found.nextStep);
  const engine = createDockerEngine({ endpoint: found.endpoint, source: found.source });
  const owner = `bench-${systemIds.random()}`;
  try {
    const depot = createDepot({ directory: join(folder, 'depots') });
    const toolkit = createToolkit({ directory: join(folder, 'toolkit'), baseImage: BASE_IMAGE_LATEST, owner });
    const source = join(folder, 'source');
    const repository = join(folder, 'repository');
    fill(source, files);
    await makeRepository(source, repository, 'Many files');
    const project = { id: projectId.parse(`prj_${systemIds.random()}`), path: repository };
    const base = await depot.commitBase(project, { kind: 'head' });
    await toolkit.programs(engine);
    const change = `for n in $(seq 0 ${FOLDERS - 1}); do for f in $(ls area-$((n % 20))/part-$n | head -n ${changed / FOLDERS}); do echo changed >> area-$((n % 20))/part-$n/$f; done; done`;
    const create = async (image: string = BASE_IMAGE_LATEST): Promise<{ run: string; container: string }> => {
      const run = `run_${systemIds.random()}`;
      const request = { runId: run, turn: 1, role: 'work' as const, image, owner, environment, workingDirectory: '' };
      return { run, container: await engine.create(workSpec(request, change)) };
    };

    /** Nobody pays for what the one before has still to write: both begin with a quiet disk. */
    const settled = async (work: () => Promise<unknown>): Promise<number> => {
      await shell('sync');
      return timed(work);
    };
    const times = { put: [] as number[], copyIn: [] as number[], collect: [] as number[], copyOut: [] as number[] };
    for (let round = 0; round < rounds; round += 1) {
      const filled = await create();
      const copyIn = async (): Promise<void> => {
        const plain = await create();
        times.copyIn.push(await settled(() => docker('cp', `${source}/.`, `${plain.container}:${WORKSPACE}`)));
      };
      const put = async (): Promise<void> => {
        const archive = () => depot.archive(project, base.tree, { prefix: WORKSPACE.slice(1), uid: AGENT_UID });
        times.put.push(await settled(async () => engine.put(filled.container, '/', await archive())));
      };
      // Writing many small files is quickest for whoever comes first, so that they take turns at that.
      for (const step of round % 2 === 0 ? [copyIn, put] : [put, copyIn]) await step();
      // As runs have it: a workspace of this size is put into an image once, and every run starts from that.
      const image = `drydock/bench:${filled.run}`;
      await engine.commit(filled.container, image, { [LABEL.owner]: owner });
      const { run, container } = await create(image);
      await engine.start(container);
      const exit = await engine.wait(container);
      if (exit.exitCode !== 0) throw new Error(`the changing script ended with ${exit.exitCode}`);
      times.copyOut.push(await settled(() => docker('cp', `${container}:${WORKSPACE}`, join(folder, `out-${round}`))));
      times.collect.push(
        await settled(async () => {
          const request = { project, run, turn: 1, owner, container, base, scope: { inPlay: [], offLimits: [] }, environment, message: 'Result' };
          const collected = await collectTurn({ engine, depot, toolkit }, request);
          if (collected.files !== changed) throw new Error(`${collected.files} files were collected, not ${changed}`);
        }),
      );
      // Only now: the engine removes many small files for seconds, and whoever came next would pay for it.
      await sweep(engine, owner);
    }
    const row = (what: string, own: number[], other: number[], most: number) => ({
      what,
      drydock: inMs(median(own)),
      raw: `docker cp ${inMs(median(other))}`,
      value: median(own) / median(other),
      unit: 'ratio' as const,
      target: { at: 'most' as const, value: most },
    });
    return [
      row(`${files} files into a container`, times.put, times.copyIn, 1.5),
      row(`${changed} changed files of it collected`, times.collect, times.copyOut, 0.6),
    ];
  } finally {
    await sweep(engine, owner);
    await rm(folder, { recursive: true, force: true });
  }
};
