import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createToolkit } from '../../../src-main/core/collect/toolkit.ts';
import type { ContainerEngine } from '../../../src-main/ports/container-engine.ts';
import { openYard, type Yard } from './work-container.ts';

let yard: Yard;
beforeAll(async () => {
  yard = await openYard();
});
afterAll(() => yard.close());

test('is gathered once, kept on disk, and gathered again when what was kept is damaged', async () => {
  const directory = join(yard.folder, 'kept');
  let made = 0;
  const engine: ContainerEngine = { ...yard.engine, create: (spec) => (made++, yard.engine.create(spec)) };
  const open = () => createToolkit({ directory, baseImage: 'drydock/base:latest', owner: yard.owner });

  const first = open();
  const [programs] = await Promise.all([first.programs(engine), first.programs(engine)]);
  expect(programs.map(({ name }) => name)).toEqual(expect.arrayContaining(['ld.so', 'bin/git', 'bin/find', 'bin/dash', 'lib/libc.so.6']));
  expect(await open().programs(engine)).toEqual(programs);
  expect(made).toBe(1);

  const [kept] = readdirSync(directory);
  writeFileSync(join(directory, kept!), 'not a tar');
  expect(await open().programs(engine)).toEqual(programs);
  expect(made).toBe(2);
  expect(readdirSync(directory)).toEqual([kept]);
});

test('an image that is not there is a fault with a next step', async () => {
  const toolkit = createToolkit({ directory: yard.folder, baseImage: 'drydock/no-such-image:latest', owner: yard.owner });
  await expect(toolkit.programs(yard.engine)).rejects.toMatchObject({ fault: { code: 'imageMissing', next: expect.stringMatching(/npm start/) } });
});
