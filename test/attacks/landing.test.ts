import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../src-main/adapters/git/depot.ts';
import { createLandingSite } from '../../src-main/adapters/git/landing-site.ts';
import { projectId } from '../../src-main/contract/ids.ts';
import type { LandingTarget } from '../../src-main/contract/landing.ts';
import { importFrom, makeFolder, makeSmallRepository, quietGit, repositoryAt } from '../support/repository.ts';

/** A user's repository, and a result of an agent that changed, added and deleted a file. */
const makeScene = async () => {
  const user = makeSmallRepository();
  const depotDirectory = makeFolder();
  const depot = createDepot({ directory: depotDirectory });
  const project = { id: projectId.parse('prj_0123456789ab'), path: user.path };
  const base = await depot.commitBase(project, { kind: 'head' });
  const agent = repositoryAt(join(makeFolder(), 'agent'));
  execFileSync('git', ['clone', '--quiet', user.path, agent.path], { env: quietGit });
  agent.remove('README.md');
  agent.write('new.txt', 'of the agent\n');
  agent.write('src/main.txt', 'of the agent\n');
  agent.commit();
  const tree = await importFrom(depot, project, base, agent);
  const requestFor = (target: LandingTarget) => ({ project, base, tree, target, message: 'Do the work', landing: 'lnd_1' });
  return { user, depot, depotDirectory, project, base, tree, requestFor };
};

test('what the user writes while the files of a landing are moved is not lost', async () => {
  const { user, depotDirectory, requestFor } = await makeScene();
  const site = createLandingSite({
    depotDirectory,
    faultPoint: (name) => {
      // The deletion is done; the other two come.
      if (name !== 'landing.files.moved.1') return;
      user.write('new.txt', 'of the user\n');
      user.write('src/main.txt', 'of the user\n');
    },
  });
  const request = requestFor({ kind: 'workingTree', overwriteChanged: false });
  const { token } = await site.preview(request);
  await site.land(request, token);
  expect(readFileSync(join(user.path, 'src/main.txt'), 'utf8')).toBe('of the agent\n');
  const kept = join(user.path, '.git/drydock/replaced/lnd_1');
  expect(existsSync(kept)).toBe(true);
  expect(readdirSync(kept, { recursive: true }).sort()).toEqual(['new.txt', 'src', 'src/main.txt']);
  expect([readFileSync(join(kept, 'new.txt'), 'utf8'), readFileSync(join(kept, 'src/main.txt'), 'utf8')]).toEqual(['of the user\n', 'of the user\n']);
});

test('hooks of the repository run neither when its working tree is taken nor when something lands', async () => {
  const { user, depot, depotDirectory, project, requestFor } = await makeScene();
  const hooks = join(makeFolder(), 'hooks');
  const sprung = join(hooks, 'sprung');
  mkdirSync(sprung, { recursive: true });
  for (const hook of ['pre-commit', 'post-commit', 'post-index-change', 'reference-transaction', 'post-checkout', 'post-merge', 'pre-auto-gc']) {
    writeFileSync(join(hooks, hook), `#!/bin/sh\n: > '${join(sprung, hook)}'\n`, { mode: 0o755 });
  }
  user.git('config', 'core.hooksPath', hooks);
  user.write('mine.txt', 'mine\n');
  await depot.commitBase(project, { kind: 'workingTree' });
  const site = createLandingSite({ depotDirectory });
  for (const [landing, target] of [['lnd_1', { kind: 'branch', name: 'landed', onto: null, message: '' }], ['lnd_2', { kind: 'workingTree', overwriteChanged: false }]] as const) {
    const request = { ...requestFor(target), landing };
    await site.land(request, (await site.preview(request)).token);
  }
  expect(user.git('rev-parse', '--verify', '--quiet', 'landed')).toMatch(/^[0-9a-f]+$/);
  expect(readdirSync(sprung)).toEqual([]);
  // The traps are real: git itself runs them.
  user.commit();
  expect(readdirSync(sprung)).toEqual(expect.arrayContaining(['pre-commit', 'post-commit', 'post-index-change', 'reference-transaction']));
});

describe('a place that is none', () => {
  const branches = ['-x', '--force', 'a..b', 'refs/heads/x', 'HEAD', '@', '@{-1}', 'a\nb', 'a b', '../x', 'x.lock', '.x', 'x/', 'x~1', 'a\0b'];
  test('for a branch: refused, whatever its name would mean to git', async () => {
    const { user, depotDirectory, requestFor } = await makeScene();
    const site = createLandingSite({ depotDirectory });
    for (const name of branches) await expect(site.preview(requestFor({ kind: 'branch', name, onto: null, message: '' })), name).rejects.toMatchObject({ fault: { code: 'invalid' } });
    expect(user.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  });

  test('for a patch or a clone: refused, nothing is made or replaced', async () => {
    const { user, depot, depotDirectory, project, base, tree, requestFor } = await makeScene();
    const folder = makeFolder();
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    symlinkSync(join(user.path, '.git'), join(folder, 'gitlink'));
    const before = readdirSync(join(user.path, '.git'), { recursive: true }).sort();
    const site = createLandingSite({ depotDirectory });
    const places = ['relative', join(user.path, '.git/hooks/post-checkout'), join(folder, 'dangling'), join(folder, 'nul\0'), folder + '/../../etc/passwd/x'];
    for (const place of [...places, join(folder, 'gitlink/hooks/pre-commit'), '/dev/null', '/etc/passwd']) {
      await expect(site.preview(requestFor({ kind: 'patch', file: place })), place).rejects.toMatchObject({ fault: { code: expect.stringMatching(/invalid|dirtyPath/) } });
    }
    for (const place of [...places, '/etc', '/', '/dev/null/x', join(folder, 'gitlink'), join(folder, 'gitlink/hooks2')]) {
      await expect(depot.cloneInto(project, base, tree, place, 'Try'), place).rejects.toMatchObject({ fault: { code: 'invalid' } });
    }
    expect(readdirSync(folder).sort()).toEqual(['dangling', 'gitlink']);
    expect(lstatSync(join(folder, 'dangling')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(user.path, '.git'), { recursive: true }).sort()).toEqual(before);
  });
});
