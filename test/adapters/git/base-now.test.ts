import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { createLandingSite } from '../../../src-main/adapters/git/landing-site.ts';
import { commitId, projectId } from '../../../src-main/contract/ids.ts';
import type { BaseChoice } from '../../../src-main/contract/brief.ts';
import { importFrom, makeFolder, makeSmallRepository, quietGit, repositoryAt } from '../../support/repository.ts';

const id = projectId.parse('prj_0123456789ab');
const main: BaseChoice = { kind: 'branch', name: 'main' };

const scene = () => {
  const user = makeSmallRepository();
  const directory = makeFolder();
  return { user, directory, depot: createDepot({ directory }), project: { id, path: user.path } };
};

test('a landing is missing from a base until it is merged, or squashed, or its branch is gone', async () => {
  const { user, depot, project } = scene();
  user.git('checkout', '--quiet', '-b', 'drydock/6');
  user.write('src/main.txt', 'ONE\ntwo\nthree\n');
  const commit = commitId.parse(user.commit('Six'));
  user.git('checkout', '--quiet', 'main');
  const landed = { branch: 'drydock/6', commit, paths: ['src/main.txt'] };
  const missing = (base = main): Promise<boolean[]> => depot.missingFrom(project, base, [landed]);
  expect(await missing()).toEqual([true]);
  expect(await missing({ kind: 'branch', name: 'drydock/6' })).toEqual([false]);
  user.write('other', 'x');
  user.commit('The base moves on');
  expect(await missing()).toEqual([true]);
  user.git('merge', '--squash', '--quiet', 'drydock/6');
  user.commit('Squashed');
  expect(await missing()).toEqual([false]);
  user.git('reset', '--hard', '--quiet', 'HEAD~1');
  expect(await missing()).toEqual([true]);
  user.git('merge', '--no-edit', '--quiet', 'drydock/6');
  user.write('src/main.txt', 'changed since\n');
  user.commit('Later');
  expect(await missing()).toEqual([false]);
  user.git('reset', '--hard', '--quiet', 'HEAD~2');
  user.git('branch', '-D', 'drydock/6');
  expect(await missing()).toEqual([false]);
});

test('a path that looks like a pattern is one path', async () => {
  const { user, depot, project } = scene();
  user.git('checkout', '--quiet', '-b', 'other');
  user.write('[ab]*', 'x');
  const commit = commitId.parse(user.commit());
  user.git('checkout', '--quiet', 'main');
  expect(await depot.missingFrom(project, main, [{ branch: 'other', commit, paths: ['[ab]*'] }, { branch: 'other', commit, paths: [':(exclude)README.md'] }])).toEqual([true, false]);
});

test('where the branch is that a base was chosen from, by commits it has won and lost', async () => {
  const { user, depot, project } = scene();
  const first = user.git('rev-parse', 'HEAD');
  const base = await depot.commitBase(project, { kind: 'head' });
  expect(base.branch).toBe('main');
  expect(await depot.baseNow(project, base)).toEqual({ branch: 'main', commit: first, commits: 0, rewritten: false });
  user.write('a', 'a');
  user.commit();
  user.write('b', 'b');
  const second = user.commit();
  // It is about the branch that was checked out then, not the one that is now.
  user.git('checkout', '--quiet', '-b', 'feature');
  expect(await depot.baseNow(project, base)).toEqual({ branch: 'main', commit: second, commits: 2, rewritten: false });
  const { branch: _branch, ...unnoted } = base;
  expect((await depot.baseNow(project, unnoted))?.branch).toBe('feature');
  user.git('checkout', '--quiet', 'main');
  user.git('commit', '--quiet', '--amend', '-m', 'Again');
  const amended = await depot.commitBase(project, main);
  user.git('reset', '--hard', '--quiet', 'HEAD~1');
  expect(await depot.baseNow(project, amended)).toMatchObject({ branch: 'main', commits: 0, rewritten: true });
  expect(await depot.baseNow(project, await depot.commitBase(project, { kind: 'commit', commit: first }))).toBe(null);
  user.git('checkout', '--quiet', '--detach');
  expect(await depot.baseNow(project, await depot.commitBase(project, { kind: 'head' }))).toBe(null);
  user.git('branch', '-D', 'main');
  expect(await depot.baseNow(project, base)).toBe(null);
});

test('how a result fits a commit: cleanly, not at all, or it is there already', async () => {
  const { user, directory, depot, project } = scene();
  const base = await depot.commitBase(project, { kind: 'head' });
  const agent = repositoryAt(join(makeFolder(), 'agent'));
  execFileSync('git', ['clone', '--quiet', user.path, agent.path], { env: quietGit });
  agent.write('src/main.txt', 'one\n2\nthree\n');
  agent.commit();
  const tree = await importFrom(depot, project, base, agent);
  const site = createLandingSite({ depotDirectory: directory });
  const fit = (commit: string) => site.fit({ project, base, tree }, commitId.parse(commit));
  user.write('other', 'x');
  expect(await fit(user.commit())).toEqual({ conflicts: [], contained: false });
  user.write('src/main.txt', 'one\nzwei\nthree\n');
  expect(await fit(user.commit())).toEqual({ conflicts: ['src/main.txt'], contained: false });
  user.write('src/main.txt', 'one\n2\nthree\n');
  expect(await fit(user.commit())).toEqual({ conflicts: [], contained: true });
});
