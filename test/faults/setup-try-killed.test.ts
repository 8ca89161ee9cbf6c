import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRepository } from '../../src-main/adapters/git/make-repository.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { startProgram } from '../support/child-program.ts';
import { fleetNow, newCommand, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { requireEngine } from '../support/engine.ts';

describe('a service that is killed while an environment is tried', () => {
  let folder: string;
  let test: TestDrydock | null = null;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-try-'));
    await makeRepository(join(import.meta.dirname, '../../resources/sample'), join(folder, 'repository'), 'Open the corner shop');
  });
  afterEach(async () => {
    await test?.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it.each([
    ['in the middle of setup', 'echo began; sleep 1000', 1, 0],
    ['with a shell in what was sealed', 'echo began', 2, 1],
  ])('%s: the next one removes what is half made, and tries anew', async (_, setup, lines, snapshots) => {
    const dataDirectory = join(folder, 'data');
    await mkdir(dataDirectory);
    const service = startProgram('try-and-wait.ts', dataDirectory, join(folder, 'repository'), setup);
    await service.until(lines);
    const [id = ''] = service.lines;
    expect(id).toMatch(/^run_try/);
    service.child.kill('SIGKILL');
    await once(service.child, 'exit');

    test = await startDrydock({ dataDirectory });
    const { owner } = test.drydock.core.deps;
    const { engine } = await requireEngine();
    await expect.poll(async () => (await test?.labelled())?.containers, { timeout: 20_000 }).toEqual([]);
    await expect.poll(() => engine.networks({ [LABEL.owner]: owner }), { timeout: 20_000 }).toEqual([]);
    await expect.poll(() => readdir(join(dataDirectory, 'logs')), { timeout: 10_000 }).toEqual([]);
    expect((await test.labelled()).images.filter((image) => image.includes('snapshot'))).toHaveLength(snapshots);

    // Nothing of it is in the way of the next one.
    const [project] = await test.client.projects.list({});
    if (project === undefined) throw new Error('there is no project');
    const { run } = await test.client.setupTries.start({ commandId: newCommand(), projectId: project.id, environment: { ...project.environment, setup: 'echo began' } });
    await expect.poll(async () => test && (await fleetNow(test)).setupTries, { timeout: 30_000 }).toMatchObject([{ run: { id: run.id, state: { name: 'reviewable' } } }]);
  });
});
