import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { projectId } from '../../../src-main/contract/ids.ts';
import { makeFolder, makeSmallRepository, quietGit } from '../../support/repository.ts';

const id = projectId.parse('prj_0123456789ab');
const LATER_MS = 2 * 86_400_000;

/** As if all that is there had been written two days ago. */
const age = (folder: string): void => {
  const then = (Date.now() - LATER_MS) / 1_000;
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = join(folder, name);
    if (statSync(path).isFile()) utimesSync(path, then, then);
  }
};

test('what nothing refers to is counted and dropped after a day, and everything that is kept can still be read', async () => {
  const repository = makeSmallRepository();
  const directory = makeFolder();
  const depot = createDepot({ directory });
  const project = { id, path: repository.path };
  expect(await depot.heldBytes(project)).toEqual({ all: 0, unneeded: 0 });
  await depot.dropUnneeded(project);
  const objects = join(directory, `${id}.git`, 'objects');

  const kept = await depot.commitBase(project, { kind: 'head' });
  await depot.keep(project, 'bases/run_000000000001/1', kept.commit);
  const stored = await depot.store(project, Buffer.from('evidence'));
  let second = 2_000_000_000;
  const takeBase = async (): Promise<void> => {
    second += 1;
    repository.git('add', '-A');
    // The newest bases are known by their date.
    execFileSync('git', ['commit', '-q', '-m', 'next'], { cwd: repository.path, env: { ...quietGit, GIT_AUTHOR_DATE: `@${second} +0000`, GIT_COMMITTER_DATE: `@${second} +0000` } });
    await depot.commitBase(project, { kind: 'head' });
  };
  // More than a hundred objects come as a pack, fewer one by one: both are tried.
  for (const [folder, files] of [['many', 150], ['few', 3]] as const) {
    for (let at = 0; at < files; at += 1) repository.write(`${folder}/${at}.txt`, `${folder} ${at} ${randomBytes(1_000).toString('hex')}\n`);
    await takeBase();
  }
  for (const folder of ['many', 'few']) repository.remove(folder);
  for (let at = 0; at < 9; at += 1) {
    repository.write('newer.txt', `${at}\n`);
    await takeBase();
  }
  expect(readdirSync(join(objects, 'pack')).filter((name) => name.endsWith('.pack'))).toHaveLength(1);
  const before = await depot.heldBytes(project);
  expect(before.all).toBeGreaterThan(150_000);
  // Written just now, they may be part of something that is being made.
  expect(before.unneeded).toBe(0);
  await depot.dropUnneeded(project);
  expect((await depot.heldBytes(project)).all).toBeGreaterThan(150_000);

  age(objects);
  // Bases may be started from as long as they are kept, whether a run did or not.
  expect((await depot.heldBytes(project)).unneeded).toBe(0);
  await depot.letGoOfBases(project);
  const { unneeded } = await depot.heldBytes(project);
  expect(unneeded).toBeGreaterThan(75_000);
  await depot.dropUnneeded(project);
  const after = await depot.heldBytes(project);
  expect(after.unneeded).toBe(0);
  expect(after.all).toBeLessThan(before.all - unneeded / 2);
  expect(await depot.treeOf(project, kept.commit)).toBe(kept.tree);
  expect((await depot.texts(project, kept.tree, ['README.md'])).get('README.md')).toBe('# Small\n');
  expect(Buffer.from((await depot.blob(project, stored, 100)).bytes ?? []).toString()).toBe('evidence');
});
