import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const LOOK = 'find . -mindepth 1 -printf "%y %m %p %l\\n" | sed "s/ $//" | LC_ALL=C sort';

/** Everything that can become of a path between two bases. */
const before = { '.gitignore': 'untracked\n', 'a-file': 'x', 'folder/one': '1', 'folder/deep/two': '2', 'stays/kept': 'k', 'stays/goes': 'g', 'link-then': '', 'plain.sh': '#!/bin/sh\n', 'made-in/tracked': 't', 'odd \n name/file': 'o' };

describe.each([
  ['with setup', 'mkdir -p made-in && echo from setup > made-in/untracked', 0],
  ['of many files', '', 2_100],
])('a snapshot %s whose base has moved', (_, setup, more) => {
  let test: TestDrydock;
  let small: SmallProject;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test, { setup });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const look = async (): Promise<{ run: Run; seen: string[] }> => {
    const run = await runEnd(test, (await small.script(LOOK)).id);
    expect(run.state.name).toBe('reviewable');
    return { run, seen: (await wholeLog(test, run.id, 'work')).toString().trimEnd().split('\n').filter((line) => !line.includes('many/')) };
  };

  it('gives a workspace that is exactly the new base, with what setup made', async () => {
    const repository = repositoryAt(small.repository);
    for (const [path, content] of Object.entries(before)) repository.write(path, content);
    for (let at = 0; at < more; at += 1) repository.write(join('many', `${at}`), `${at}\n`);
    repository.remove('link-then');
    repository.link('link-then', '/etc/passwd');
    repository.commit('Before');
    const first = await look();
    for (const path of ['a-file', 'folder', 'stays/goes', 'link-then', 'made-in/tracked', 'odd \n name']) repository.remove(path);
    repository.write('a-file/now/a folder', 'f');
    repository.write('folder', 'now a file');
    repository.write('link-then/now/a folder', 'l');
    repository.write('plain.sh', '#!/bin/sh\n', 0o755);
    repository.write('README.md', 'changed\n');
    repository.commit('After');
    const moved = await look();
    expect([first.run.turns[0]?.snapshot?.reused, moved.run.turns[0]?.snapshot?.reused]).toEqual([false, true]);
    expect((await test.client.runs.changes({ runId: moved.run.id })).files).toEqual([]);
    // The same base, put in anew.
    await small.setEnvironment({ setup: setup === '' ? '' : `${setup} # again`, variables: { ANEW: '1' } });
    const fresh = await look();
    expect(moved.seen.length).toBeGreaterThan(10);
    expect(moved.seen).toEqual(fresh.seen);
  });
});
