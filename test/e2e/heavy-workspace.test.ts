import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt, type TestRepository } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

describe('a workspace of many files, without setup', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let repository: TestRepository;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    repository = repositoryAt(small.repository);
    for (let at = 0; at < 2_100; at += 1) repository.write(join(`area-${at % 7}`, `file-${at}.txt`), `${at}\n`);
    repository.commit('Many files');
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const files = async (run: Run): Promise<string[]> => (await test.client.runs.changes({ runId: run.id })).files.map((file) => `${file.kind} ${file.path}`);

  it('is put in once; a run on a moved base starts from it, and its files are exact', async () => {
    const change = 'find . -name "file-*.txt" | wc -l; echo changed >> area-0/file-0.txt; rm area-1/file-1.txt';
    const checks = [{ command: 'grep -q changed area-0/file-0.txt', expect: 'failsThenPasses' as const }];
    const first = await runEnd(test, (await small.script(change, { checks })).id);
    expect([first.state, first.turns[0]?.snapshot]).toMatchObject([{ name: 'reviewable' }, { reused: false, tree: first.turns[0]?.base?.tree }]);
    expect(await files(first)).toEqual(['modified area-0/file-0.txt', 'deleted area-1/file-1.txt']);
    expect((await test.client.runs.evidence({ runId: first.id })).items.map((item) => item.verdict)).toEqual(['passed']);
    expect((await wholeLog(test, first.id, 'setup')).length).toBe(0);

    repository.remove('area-2/file-2.txt');
    repository.write('area-3/file-3.txt', 'moved\n');
    repository.commit('The base moves on');
    const second = await runEnd(test, (await small.script('ls area-2/file-2.txt; cat area-3/file-3.txt; echo two >> README.md')).id);
    expect(second.turns[0]?.snapshot).toEqual({ ...first.turns[0]?.snapshot, reused: true });
    expect((await wholeLog(test, second.id, 'work')).toString()).toMatch(/cannot access 'area-2\/file-2.txt'[^]*moved/);
    expect(await files(second)).toEqual(['modified README.md']);
    // What is left is the one image that the next run starts from.
    await expect.poll(() => test.labelled(), { timeout: 15_000 }).toEqual({ containers: [], images: [first.turns[0]?.snapshot?.image] });
  });
});
