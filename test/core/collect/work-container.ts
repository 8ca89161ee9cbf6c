import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { findEngine } from '../../../resources/engine/find-engine.mjs';
import { createDockerEngine } from '../../../src-main/adapters/docker/docker-engine.ts';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { projectId, runId } from '../../../src-main/contract/ids.ts';
import type { Environment } from '../../../src-main/contract/project.ts';
import type { CommittedBase } from '../../../src-main/contract/result.ts';
import { collectTurn, type Collected } from '../../../src-main/core/collect/collect-turn.ts';
import { createToolkit } from '../../../src-main/core/collect/toolkit.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import { AGENT_UID, LABEL } from '../../../src-main/domain/container-spec.ts';
import type { ContainerEngine } from '../../../src-main/ports/container-engine.ts';
import type { Depot, DepotProject } from '../../../src-main/ports/depot.ts';
import { quietGit, type TestRepository } from '../../support/repository.ts';

const run = promisify(execFile);
const BASE_IMAGE = 'drydock/base:latest';
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const random = (): string => Array.from({ length: 12 }, () => ALPHABET[randomInt(32)]).join('');

export const environment: Environment = {
  ...DEFAULT_ENVIRONMENT,
  limits: { cpus: 2, memoryBytes: 2 ** 30, processes: 512, writtenBytes: 2 ** 30 },
  setupTimeoutSeconds: 60,
};

/** A container in which an agent was, and its project. */
export interface Worked {
  readonly project: DepotProject;
  readonly base: CommittedBase;
  readonly container: string;
  readonly run: string;
}

export interface Yard {
  readonly engine: ContainerEngine;
  readonly depot: Depot;
  readonly owner: string;
  readonly folder: string;
  /** Runs a shell script in the workspace of the repository's HEAD and leaves the ended container. As root where an attack needs it, with the engine's default capabilities. */
  work(repository: TestRepository, script: string, options?: { root?: boolean; image?: string }): Promise<Worked>;
  collect(worked: Worked, changes?: { environment?: Environment; scope?: { inPlay: string[]; offLimits: string[] }; engine?: ContainerEngine }): Promise<Collected>;
  /** Every path of a tree in the depot with mode and id, as `git ls-tree -r` says; names as bytes in latin1. */
  tree(project: DepotProject, tree: string): Promise<string[]>;
  docker(...args: string[]): Promise<string>;
  close(): Promise<void>;
}

/** The real engine and the real depot, with a label of their own by which everything is removed again. */
export const openYard = async (): Promise<Yard> => {
  const found = await findEngine();
  if (!found.found) throw new Error(found.nextStep);
  const engine = createDockerEngine({ endpoint: found.endpoint, source: found.source });
  const folder = mkdtempSync(join(tmpdir(), 'drydock-collect-'));
  const depot = createDepot({ directory: join(folder, 'depots') });
  const owner = `test-${random()}`;
  const toolkit = createToolkit({ directory: join(folder, 'toolkit'), baseImage: BASE_IMAGE, owner });
  const docker = async (...args: string[]): Promise<string> => (await run('docker', args, { maxBuffer: 2 ** 26 })).stdout.trim();
  return {
    engine,
    depot,
    owner,
    folder,
    docker,
    async work(repository, script, { root = false, image = BASE_IMAGE } = {}) {
      const project = { id: projectId.parse(`prj_${random()}`), path: repository.path };
      const base = await depot.commitBase(project, { kind: 'head' });
      const name = `drydock-${owner}-${random()}`;
      const labels = ['--label', `${LABEL.owner}=${owner}`];
      await docker('create', '--name', name, ...labels, '--network', 'none', '--user', root ? '0:0' : `${AGENT_UID}:${AGENT_UID}`, '--workdir', '/workspace', '--entrypoint', '/bin/bash', image, '-c', script);
      await engine.put(name, '/', Readable.from([await buffer(await depot.archive(project, base.tree, { prefix: 'workspace', uid: AGENT_UID }))]));
      await engine.start(name);
      const { exitCode } = await engine.wait(name);
      if (exitCode !== 0) throw new Error(`the script ended with ${exitCode}: ${await docker('logs', name)}`);
      return { project, base, container: name, run: runId.parse(`run_${random()}`) };
    },
    collect: (worked, { engine: other = engine, ...changes } = {}) =>
      collectTurn({ engine: other, depot, toolkit }, { ...worked, turn: 1, owner, scope: { inPlay: [], offLimits: [] }, environment, message: 'Result', ...changes }),
    async tree(project, tree) {
      const { stdout } = await run('git', ['--git-dir', join(folder, 'depots', `${project.id}.git`), 'ls-tree', '-r', '-z', tree], { env: quietGit, encoding: 'latin1', maxBuffer: 2 ** 26 });
      return stdout.split('\0').filter((line) => line !== '');
    },
    async close() {
      const labels = { [LABEL.owner]: owner };
      for (const { id } of await engine.containers(labels)) await engine.remove(id);
      for (const { reference } of await engine.images(labels)) await engine.removeImage(reference);
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
