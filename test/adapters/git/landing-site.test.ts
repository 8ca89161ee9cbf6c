import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { createLandingSite } from '../../../src-main/adapters/git/landing-site.ts';
import { projectId, type TreeId } from '../../../src-main/contract/ids.ts';
import type { LandingTarget } from '../../../src-main/contract/landing.ts';
import type { CommittedBase } from '../../../src-main/contract/result.ts';
import type { LandingRequest, LandingSite } from '../../../src-main/ports/landing-site.ts';
import { importFrom, makeFolder, makeSmallRepository, quietGit, repositoryAt, type TestRepository } from '../../support/repository.ts';

const id = projectId.parse('prj_0123456789ab');

interface Scene {
  readonly user: TestRepository;
  readonly base: CommittedBase;
  readonly tree: TreeId;
  readonly site: LandingSite;
  request(target: LandingTarget, landing?: string): LandingRequest;
  siteWith(faultPoint: (name: string) => void): LandingSite;
}

/** A user's repository and a result in its depot, made by `work` in a copy of it. */
async function scene(work: (agent: TestRepository) => void, prepare: (user: TestRepository) => void = () => {}): Promise<Scene> {
  const user = makeSmallRepository();
  prepare(user);
  const depotDirectory = makeFolder();
  const depot = createDepot({ directory: depotDirectory });
  const project = { id, path: user.path };
  const base = await depot.commitBase(project, { kind: 'head' });
  const agent = repositoryAt(join(makeFolder(), 'agent'));
  execFileSync('git', ['clone', '--quiet', user.path, agent.path], { env: quietGit });
  work(agent);
  agent.commit('Agent');
  const tree = await importFrom(depot, project, base, agent);
  return {
    user,
    base,
    tree,
    site: createLandingSite({ depotDirectory }),
    request: (target, landing = 'lnd_1') => ({ project, base, tree, target, message: 'Do the work', landing }),
    siteWith: (faultPoint) => createLandingSite({ depotDirectory, faultPoint }),
  };
}

const edit = (agent: TestRepository): void => {
  agent.write('src/main.txt', 'one\n2\nthree\n');
  agent.write('new/deep file.txt', 'new\n', 0o755);
  agent.remove('README.md');
};

/** Everything of a repository that a landing must leave as it is: content, times and names. */
function stateOf(folder: string, skip: (name: string) => boolean = () => false, times = true): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !skip(path.slice(folder.length + 1)))
    .sort()
    .map((path) => {
      const facts = lstatSync(path, { bigint: true });
      const content = facts.isFile() ? readFileSync(path, 'latin1') : facts.isSymbolicLink() ? readlinkSync(path) : '';
      return `${path} ${facts.mode} ${facts.isDirectory() || !times ? '' : facts.mtimeNs} ${content}`;
    });
}

const fault = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: { fault?: { code: string } }) => error.fault?.code ?? String(error));
const branch = (name: string, onto: string | null = null): LandingTarget => ({ kind: 'branch', name, onto, message: '' });

describe('as a branch', () => {
  test('makes one commit on the base and touches nothing else', async () => {
    const { user, tree, base, site, request } = await scene(edit);
    user.write('README.md', 'dirty\n');
    user.write('new/deep file.txt', 'mine\n');
    const before = stateOf(user.path, (name) => name.startsWith('.git/objects') || /^\.git\/(refs|logs)/.test(name));
    const preview = await site.preview(request(branch('fix/parser')));
    expect(preview.refs).toEqual([{ name: 'refs/heads/fix/parser', from: null, to: null }]);
    expect(preview.paths).toEqual([
      { path: 'README.md', change: 'delete', dirty: false },
      { path: 'new/deep file.txt', change: 'add', dirty: false },
      { path: 'src/main.txt', change: 'modify', dirty: false },
    ]);
    const facts = await site.land(request(branch('fix/parser')), preview.token);
    expect(user.git('rev-parse', 'fix/parser^{tree}')).toBe(tree);
    expect(user.git('rev-parse', 'fix/parser~1')).toBe(base.originCommit);
    expect(user.git('log', '-1', '--format=%an <%ae> %s', 'fix/parser')).toBe('Ada <ada@example.org> Do the work');
    expect(facts.refs).toEqual([{ name: 'refs/heads/fix/parser', to: user.git('rev-parse', 'fix/parser') }]);
    expect(stateOf(user.path, (name) => name.startsWith('.git/objects') || /^\.git\/(refs|logs)/.test(name))).toEqual(before);
    expect(user.git('fsck', '--strict', '--connectivity-only')).not.toMatch(/missing|broken/);
    expect(await site.land(request(branch('fix/parser')), preview.token)).toEqual(facts);
  });

  test('refuses names that exist, leave no place, are checked out or are options', async () => {
    const { user, site, request } = await scene(edit);
    user.git('branch', 'taken');
    expect(await fault(site.preview(request(branch('taken'))))).toBe('branchExists');
    expect(await fault(site.preview(request(branch('taken/more'))))).toBe('branchExists');
    expect(await fault(site.preview(request(branch('main', 'main'))))).toBe('refusedByState');
    for (const name of ['-d', '--delete', 'a..b', 'a b', 'HEAD', 'x.lock', '@{-1}']) {
      expect(await fault(site.preview(request(branch(name))))).toBe('invalid');
    }
    expect(await fault(site.preview(request(branch('fresh', 'absent'))))).toBe('baseNotFound');
  });

  test('refuses a branch that came into being after the preview', async () => {
    const { user, site, request } = await scene(edit);
    const { token } = await site.preview(request(branch('fresh')));
    user.git('branch', 'fresh');
    expect(await fault(site.land(request(branch('fresh')), token))).toBe('branchExists');
    expect(user.git('rev-parse', 'fresh')).toBe(user.git('rev-parse', 'main'));
  });

  test('merges onto a branch that went on, refuses one that moved since, and names conflicts', async () => {
    const { user, site, request } = await scene(edit);
    user.git('checkout', '--quiet', '-b', 'target');
    user.write('other.txt', 'other\n');
    user.commit('Other');
    user.git('checkout', '--quiet', 'main');
    const old = await site.preview(request(branch('target', 'target')));
    user.git('checkout', '--quiet', 'target');
    user.write('third.txt', 'third\n');
    user.commit('Third');
    user.git('checkout', '--quiet', 'main');
    expect(await fault(site.land(request(branch('target', 'target')), old.token))).toBe('targetMoved');
    const preview = await site.preview(request(branch('target', 'target')));
    await site.land(request(branch('target', 'target')), preview.token);
    expect(user.git('ls-tree', '-r', '--name-only', 'target').split('\n')).toEqual(['new/deep file.txt', 'other.txt', 'run.sh', 'src/main.txt', 'third.txt']);

    user.git('checkout', '--quiet', '-b', 'clash', 'main');
    user.write('src/main.txt', 'one\nzwei\nthree\n');
    user.commit('Clash');
    user.git('checkout', '--quiet', 'main');
    const clash = await site.preview(request(branch('merged', 'clash'), 'lnd_2'));
    expect(clash.conflicts).toEqual(['src/main.txt']);
    expect(clash.clashes).toEqual([{ path: 'src/main.txt', there: 'modify', here: 'modify', parts: [{ there: 'zwei', here: '2' }] }]);
    expect(await fault(site.land(request(branch('merged', 'clash'), 'lnd_2'), clash.token))).toBe('conflict');
    expect(user.git('branch', '--list', 'merged')).toBe('');

    user.git('checkout', '--quiet', '-b', 'gone', 'main');
    user.remove('src/main.txt');
    user.commit('Gone');
    user.git('checkout', '--quiet', 'main');
    expect((await site.preview(request(branch('merged', 'gone')))).clashes).toEqual([{ path: 'src/main.txt', there: 'delete', here: 'modify', parts: [] }]);
  });
});

const workingTree = (overwriteChanged = false): LandingTarget => ({ kind: 'workingTree', overwriteChanged });

describe('into the working tree', () => {
  test('writes exactly the accepted files, unstaged', async () => {
    const { user, site, request, tree } = await scene((agent) => {
      edit(agent);
      agent.link('link', '/etc/passwd');
      agent.write('run.sh', '#!/bin/sh\n', 0o644);
    });
    const index = readFileSync(join(user.path, '.git/index'));
    const indexTime = statSync(join(user.path, '.git/index'), { bigint: true }).mtimeNs;
    const preview = await site.preview(request(workingTree()));
    expect(preview.paths.map((path) => [path.path, path.change, path.dirty])).toEqual([
      ['README.md', 'delete', false],
      ['link', 'add', false],
      ['new/deep file.txt', 'add', false],
      ['run.sh', 'mode', false],
      ['src/main.txt', 'modify', false],
    ]);
    const facts = await site.land(request(workingTree()), preview.token);
    expect(readFileSync(join(user.path, '.git/index')).equals(index)).toBe(true);
    expect(statSync(join(user.path, '.git/index'), { bigint: true }).mtimeNs).toBe(indexTime);
    expect(readlinkSync(join(user.path, 'link'))).toBe('/etc/passwd');
    expect(await site.land(request(workingTree()), preview.token)).toEqual(facts);
    expect(readdirSync(join(user.path, '.git/drydock/staging'))).toEqual([]);
    user.git('add', '-A');
    expect(user.git('write-tree')).toBe(tree);
  });

  test('does not write over the user’s own changes without consent, and keeps a copy with it', async () => {
    const { user, site, request } = await scene(edit);
    user.write('src/main.txt', 'mine\n');
    user.write('new/deep file.txt', 'untracked\n');
    const preview = await site.preview(request(workingTree()));
    expect(preview.paths.filter((path) => path.dirty).map((path) => path.path)).toEqual(['new/deep file.txt', 'src/main.txt']);
    const before = stateOf(user.path, (name) => name.startsWith('.git/drydock'));
    expect(await fault(site.land(request(workingTree()), preview.token))).toBe('dirtyPath');
    expect(stateOf(user.path, (name) => name.startsWith('.git/drydock'))).toEqual(before);
    const consent = await site.preview(request(workingTree(true)));
    expect(consent.notes.join()).toContain('drydock/replaced');
    await site.land(request(workingTree(true)), consent.token);
    expect(readFileSync(join(user.path, 'src/main.txt'), 'utf8')).toBe('one\n2\nthree\n');
    expect(readFileSync(join(user.path, '.git/drydock/replaced/lnd_1/src/main.txt'), 'utf8')).toBe('mine\n');
    expect(readFileSync(join(user.path, '.git/drydock/replaced/lnd_1/new/deep file.txt'), 'utf8')).toBe('untracked\n');
  });

  test('never follows a link out of the working tree', async () => {
    const { user, site, request } = await scene(edit);
    const outside = makeFolder();
    writeFileSync(join(outside, 'main.txt'), 'one\ntwo\nthree\n');
    rmSync(join(user.path, 'src'), { recursive: true });
    symlinkSync(outside, join(user.path, 'src'));
    symlinkSync(outside, join(user.path, 'new'));
    const preview = await site.preview(request(workingTree(true)));
    expect(preview.conflicts).toEqual(['new/deep file.txt', 'src/main.txt']);
    expect(await fault(site.land(request(workingTree(true)), preview.token))).toBe('conflict');
    expect(readdirSync(outside)).toEqual(['main.txt']);
  });

  test('refuses what changed after the preview, and says what', async () => {
    const { user, site, request } = await scene(edit);
    const { token } = await site.preview(request(workingTree()));
    user.write('src/main.txt', 'late\n');
    const error = await site.land(request(workingTree()), token).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ fault: { code: 'targetMoved', detail: { changed: ['src/main.txt'] } } });
    expect(readFileSync(join(user.path, 'README.md'), 'utf8')).toBe('# Small\n');
  });

  test('a folder becomes a file, a file a folder, a link a folder', async () => {
    const prepare = (user: TestRepository): void => {
      user.write('folder/one', '1');
      user.write('folder/deep/two', '2');
      user.write('file', 'f');
      user.link('link', 'file');
      user.commit('Shapes');
    };
    const { user, site, request, tree } = await scene((agent) => {
      agent.remove('folder');
      agent.write('folder', 'now a file');
      agent.remove('file');
      agent.write('file/inside', 'x');
      agent.remove('link');
      agent.write('link/inside', 'y');
    }, prepare);
    const preview = await site.preview(request(workingTree()));
    expect(preview.conflicts).toEqual([]);
    await site.land(request(workingTree()), preview.token);
    user.git('add', '-A');
    expect(user.git('write-tree')).toBe(tree);
  });

  test('a folder with files of the user is not removed for a file', async () => {
    const { user, site, request } = await scene((agent) => agent.write('place', 'file'));
    mkdirSync(join(user.path, 'place'));
    writeFileSync(join(user.path, 'place/mine'), 'mine');
    const preview = await site.preview(request(workingTree(true)));
    expect(preview.conflicts).toEqual(['place']);
  });

  test('line ends are the user’s own', async () => {
    const { user, site, request } = await scene(edit, (repository) => repository.git('config', 'core.autocrlf', 'true'));
    user.write('src/main.txt', 'one\r\ntwo\r\nthree\r\n');
    const preview = await site.preview(request(workingTree()));
    expect(preview.paths.some((path) => path.dirty)).toBe(false);
    await site.land(request(workingTree()), preview.token);
    expect(readFileSync(join(user.path, 'src/main.txt'), 'utf8')).toBe('one\r\n2\r\nthree\r\n');
  });

  test('an error half way takes everything back', async () => {
    let thrown = false;
    const { user, request, siteWith } = await scene(edit);
    const site = siteWith((name) => {
      if (name !== 'landing.files.moved.2' || thrown) return;
      thrown = true;
      throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'rename' });
    });
    const { token } = await site.preview(request(workingTree()));
    const before = stateOf(user.path, (name) => name.startsWith('.git'), false);
    expect(await fault(site.land(request(workingTree()), token))).toBe('diskFull');
    expect(stateOf(user.path, (name) => name.startsWith('.git'), false)).toEqual(before);
    await site.land(request(workingTree()), token);
    expect(readFileSync(join(user.path, 'src/main.txt'), 'utf8')).toBe('one\n2\nthree\n');
  });
});

describe('as a patch', () => {
  test('is what git diff gives, applies, and never replaces a file', async () => {
    const { user, site, request, tree, base } = await scene((agent) => {
      edit(agent);
      agent.write('binary', Buffer.from([0, 1, 2, 255]));
    });
    const file = join(makeFolder(), 'work.patch');
    const target: LandingTarget = { kind: 'patch', file };
    const preview = await site.preview(request(target));
    await site.land(request(target), preview.token);
    const text = await site.land(request({ kind: 'patch', file: null }, 'lnd_2'), (await site.preview(request({ kind: 'patch', file: null }, 'lnd_2'))).token);
    expect(text.patch).toBe(readFileSync(file, 'utf8'));
    user.git('apply', '--index', file);
    expect(user.git('write-tree')).toBe(tree);
    expect(readFileSync(file, 'utf8').replace(/\n$/, '')).toBe(user.git('diff', '--binary', '--full-index', base.tree, tree));
    writeFileSync(file, 'other');
    expect(await fault(site.preview(request(target, 'lnd_3')))).toBe('dirtyPath');
    expect(await fault(site.preview(request({ kind: 'patch', file: join(user.path, '.git/x.patch') }, 'lnd_3')))).toBe('invalid');
    expect(await fault(site.preview(request({ kind: 'patch', file: 'relative.patch' }, 'lnd_3')))).toBe('invalid');
  });
});

describe('cut off at every point', () => {
  const targets: Record<string, LandingTarget> = { branch: branch('fix'), workingTree: workingTree(), patch: { kind: 'patch', file: null } };
  for (const [name, target] of Object.entries(targets)) {
    test(`${name}: a repeat lands exactly once`, async () => {
      const points: string[] = [];
      const counted = await scene(edit);
      const first = counted.siteWith((point) => points.push(point));
      await first.land(counted.request(target), (await first.preview(counted.request(target))).token);
      expect(points.length).toBeGreaterThanOrEqual(2);
      for (const at of points.keys()) {
        const { user, request, tree, base, site, siteWith } = await scene(edit);
        const { token } = await site.preview(request(target));
        let seen = -1;
        const dying = siteWith(() => {
          seen += 1;
          if (seen === at) throw new Error('killed');
        });
        await expect(dying.land(request(target), token)).rejects.toThrow('killed');
        const facts = await site.land(request(target), token);
        expect(await site.land(request(target), token)).toEqual(facts);
        if (name === 'branch') {
          expect(user.git('rev-list', 'fix', `^${base.originCommit}`)).toBe(facts.refs[0]?.to);
          expect(user.git('rev-parse', 'fix^{tree}')).toBe(tree);
        }
        if (name === 'workingTree') {
          user.git('add', '-A');
          expect(user.git('write-tree')).toBe(tree);
        }
      }
    });
  }
});
