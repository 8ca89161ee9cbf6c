import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAfresh } from '../../src-main/core/supervisor/ahead.ts';
import { LABEL, toolkitSpec } from '../../src-main/domain/container-spec.ts';
import { requireEngine, sweep } from '../support/engine.ts';
import { repositoryAt } from '../support/repository.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';

let drydock: TestDrydock;
let folder: string;
beforeAll(async () => {
  drydock = await startDrydock();
  folder = await mkdtemp(join(tmpdir(), 'drydock-neighbours-'));
});
afterAll(async () => {
  await drydock.dispose();
  await rm(folder, { recursive: true, force: true });
});

/** A project whose setup runs the repository's own script. */
const addProject = async (name: string, setup: string) => {
  const path = join(folder, name);
  mkdirSync(path);
  const repository = repositoryAt(path);
  repository.git('init', '--quiet', '--initial-branch=main');
  repository.write('setup.sh', setup);
  writeFileSync(join(path, 'package-lock.json'), '{}\n');
  repository.commit();
  const { client } = drydock;
  const project = await client.projects.add({ commandId: newCommand(), path });
  const environment = { ...project.environment, setup: 'sh ./setup.sh', lockFiles: ['package-lock.json'] };
  await client.projects.setEnvironment({ commandId: newCommand(), projectId: project.id, environment });
  const run = async (command: string) => {
    const brief = await client.briefs.create({ commandId: newCommand(), projectId: project.id, text: { runsWith: { mode: 'script', command } } });
    const { id } = await client.briefs.launch({ commandId: newCommand(), briefId: brief.id });
    const ended = await runEnd(drydock, id);
    return { state: ended.state.name, said: (await wholeLog(drydock, id, 'work')).toString() };
  };
  return { project, run };
};

test('what the setup of one project left is never found by another, however alike their environments are', { timeout: 60_000 }, async () => {
  const hostile = await addProject('hostile', 'echo poison > /home/agent/planted\n');
  const other = await addProject('other', ':\n');
  const look = 'cat /home/agent/planted 2>/dev/null || echo clean';
  expect(await hostile.run(look)).toEqual({ state: 'reviewable', said: 'poison\n' });
  expect(await other.run(look)).toEqual({ state: 'reviewable', said: 'clean\n' });
});

test('a container of somebody else that has the name of one of ours is not touched', async () => {
  const { engine } = await requireEngine();
  const owner = `somebody-${process.pid}`;
  const spec = { ...toolkitSpec('drydock/base:latest', owner, ['/bin/true']), name: `drydock-neighbour-${process.pid}` };
  const theirs = await engine.create(spec);
  try {
    const ours = { ...spec, labels: { ...spec.labels, [LABEL.owner]: 'ours' } };
    await expect(createAfresh(engine, ours)).rejects.toMatchObject({ fault: { kind: 'nameTaken' } });
    expect((await engine.inspect(spec.name))?.id).toBe(theirs);
    // What we left ourselves makes room.
    expect(await createAfresh(engine, spec)).not.toBe(theirs);
  } finally {
    await sweep(engine, owner);
    await engine.remove(spec.name);
  }
});

test('a project in a folder with the longest or the oddest name does not take the board away', async () => {
  const { client } = drydock;
  const names = ['x'.repeat(255), '-dash', 'line\nbreak', 'esc\u001b[31m', 'semi;colon:"x"'];
  for (const name of names) await addProject(name, ':\n');
  const projects = await client.projects.list({});
  expect(projects.map((project) => project.path)).toEqual(expect.arrayContaining(names.map((name) => join(folder, name))));
});
