import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { projectId } from '../../../src-main/contract/ids.ts';
import type { Depot, DepotProject } from '../../../src-main/ports/depot.ts';
import { makeFolder, makeRepository, makeSmallRepository, quietGit, repositoryAt, type TestRepository } from '../../support/repository.ts';

const id = projectId.parse('prj_0123456789ab');

function open(path: string): { depot: Depot; project: DepotProject } {
  return { depot: createDepot({ directory: makeFolder() }), project: { id, path } };
}

const fault = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: { fault?: { code: string } }) => error.fault?.code ?? String(error));

/** Every byte, mode and time of a folder, `.git` included. */
function stateOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const facts = lstatSync(path, { bigint: true });
      const content = facts.isFile() ? readFileSync(path, 'latin1') : facts.isSymbolicLink() ? readlinkSync(path) : '';
      return `${path} ${facts.mode} ${facts.mtimeNs} ${content}`;
    });
}

describe('a folder that can be a project', () => {
  test('facts, from a subfolder too, without a trace', async () => {
    const user = makeSmallRepository();
    user.git('branch', 'feature/x');
    user.write('src/main.txt', 'changed\n');
    user.write('untracked', '');
    const before = stateOf(user.path);
    const { depot } = open(user.path);
    const facts = await depot.inspect(join(user.path, 'src'));
    expect(facts).toMatchObject({ path: user.path, branch: 'main', changedFiles: 2, shallow: false, submodules: [], usesLfs: false });
    expect(facts.branches.map((branch) => [branch.name, branch.subject])).toEqual([['feature/x', 'First'], ['main', 'First']]);
    expect(stateOf(user.path)).toEqual(before);
  });

  test('what is no project says why', async () => {
    const { depot } = open('/');
    expect(await fault(depot.inspect(makeFolder()))).toBe('notARepository');
    expect(await fault(depot.inspect('/nonexistent/folder'))).toBe('notARepository');
    expect(await fault(depot.inspect(makeRepository().path))).toBe('noCommit');
    const bare = makeFolder();
    execFileSync('git', ['init', '--quiet', '--bare', bare], { env: quietGit });
    expect(await fault(depot.inspect(bare))).toBe('bareRepository');
    expect(await fault(depot.inspect(join(makeSmallRepository().path, '.git')))).toBe('notARepository');
  });

  test('submodules, LFS, detached HEAD and a shallow clone are told', async () => {
    const user = makeSmallRepository();
    user.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
    user.write('large.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`);
    user.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},vendor/lib`);
    user.git('-c', 'filter.lfs.required=false', 'add', '.gitattributes', 'large.bin');
    user.git('commit', '--quiet', '-m', 'More');
    const clone = repositoryAt(join(makeFolder(), 'clone'));
    execFileSync('git', ['clone', '--quiet', '--depth=1', `file://${user.path}`, clone.path], { env: quietGit });
    clone.git('checkout', '--quiet', '--detach');
    const { depot, project } = open(clone.path);
    expect(await depot.inspect(clone.path)).toMatchObject({ branch: null, shallow: true, submodules: ['vendor/lib'], usesLfs: true });
    const base = await depot.commitBase(project, { kind: 'head' });
    expect(base.notes.join()).toMatch(/vendor\/lib.*LFS.*large\.bin/s);
    expect(base.tree).toBe(user.git('rev-parse', 'HEAD^{tree}'));
  });
});

describe('a base', () => {
  test('by branch, commit and head; one that is not there is a fault', async () => {
    const user = makeSmallRepository();
    const first = user.git('rev-parse', 'HEAD');
    user.git('checkout', '--quiet', '-b', 'abcd');
    user.write('more', 'x');
    const second = user.commit('Second');
    const { depot, project } = open(user.path);
    expect((await depot.commitBase(project, { kind: 'branch', name: 'main' })).originCommit).toBe(first);
    expect((await depot.commitBase(project, { kind: 'head' })).originCommit).toBe(second);
    expect((await depot.commitBase(project, { kind: 'commit', commit: first.slice(0, 12).toUpperCase() })).originCommit).toBe(first);
    for (const choice of [{ kind: 'branch', name: 'absent' }, { kind: 'branch', name: '--all' }, { kind: 'commit', commit: 'abcd' }, { kind: 'commit', commit: '0'.repeat(40) }] as const) {
      expect(await fault(depot.commitBase(project, choice))).toBe('baseNotFound');
    }
  });

  test('many at once agree', async () => {
    const user = makeSmallRepository();
    const { depot, project } = open(user.path);
    const bases = await Promise.all(Array.from({ length: 6 }, (_, at) => depot.commitBase(project, at % 2 === 0 ? { kind: 'head' } : { kind: 'workingTree' })));
    expect(new Set(bases.map((base) => base.commit)).size).toBe(1);
  });

  test('stands alone: it needs nothing of the user’s repository', async () => {
    const user = makeSmallRepository();
    const directory = makeFolder();
    const depot = createDepot({ directory });
    const project = { id, path: user.path };
    await depot.commitBase(project, { kind: 'head' });
    user.write('src/main.txt', 'increment\n');
    const base = await depot.commitBase(project, { kind: 'workingTree' });
    user.remove('.git');
    const check = execFileSync('git', ['fsck', '--full', '--strict'], { cwd: join(directory, `${id}.git`), env: quietGit, encoding: 'utf8' });
    expect(check).not.toMatch(/missing|broken/);
    expect((await depot.texts(project, base.tree, ['src/main.txt', 'absent', 'src'])).get('src/main.txt')).toBe('increment\n');
  });

  test('of the working tree: what git add would take, and nothing of the repository changes', async () => {
    const user = makeSmallRepository();
    user.write('.gitignore', 'ignored\n');
    user.write('pinned', 'committed');
    user.commit('More');
    user.git('update-index', '--assume-unchanged', 'pinned');
    user.write('pinned', 'local secret');
    user.write('ignored', 'x');
    user.write('staged', 'staged');
    user.write('index only', 'staged and left');
    user.git('add', 'staged', 'index only');
    user.write('staged', 'staged and changed');
    user.write('later', 'i-t-a');
    user.git('add', '-N', 'later');
    user.write('dir/untracked é\n', 'u', 0o755);
    user.link('link', '../outside');
    user.remove('README.md');
    const nested = repositoryAt(join(user.path, 'nested'));
    mkdirSync(nested.path);
    nested.git('init', '--quiet');
    const before = stateOf(user.path);
    const { depot, project } = open(user.path);
    const base = await depot.commitBase(project, { kind: 'workingTree' });
    expect(stateOf(user.path)).toEqual(before);
    expect(base.description).toBe('working tree on main (6 files changed)');
    expect(base.notes.join()).toMatch(/assume-unchanged.*pinned/);
    expect(base.notes.join()).toMatch(/nested/);
    const head = await depot.commitBase(project, { kind: 'head' });
    const changes = await depot.changes(project, head.tree, base.tree);
    expect(changes.map((change) => [change.path, change.kind, change.newMode])).toEqual([
      ['README.md', 'deleted', null],
      ['dir/untracked é\n', 'added', '100755'],
      ['index only', 'added', '100644'],
      ['later', 'added', '100644'],
      ['link', 'added', '120000'],
      ['staged', 'added', '100644'],
    ]);
    expect((await depot.texts(project, base.tree, ['staged', 'pinned', 'index only']))).toEqual(new Map([['index only', 'staged and left'], ['pinned', 'committed'], ['staged', 'staged and changed']]));
  });

  test('of a working tree in the middle of a merge, of a linked one, of a sparse one', async () => {
    const user = makeSmallRepository();
    user.git('checkout', '--quiet', '-b', 'other');
    user.write('src/main.txt', 'other\n');
    user.commit();
    user.git('checkout', '--quiet', 'main');
    user.write('src/main.txt', 'main\n');
    user.commit();
    const linked = repositoryAt(join(makeFolder(), 'linked'));
    user.git('worktree', 'add', '--quiet', '-b', 'linked', linked.path);
    linked.write('only here', 'x');
    expect(() => user.git('merge', 'other')).toThrow();
    const before = stateOf(user.path);
    const { depot, project } = open(user.path);
    const merging = await depot.commitBase(project, { kind: 'workingTree' });
    expect(merging.notes.join()).toContain('merge is in progress');
    expect((await depot.texts(project, merging.tree, ['src/main.txt'])).get('src/main.txt')).toContain('<<<<<<<');
    const beside = await depot.commitBase({ id, path: linked.path }, { kind: 'workingTree' });
    expect((await depot.texts(project, beside.tree, ['only here'])).size).toBe(1);
    expect(stateOf(user.path)).toEqual(before);
    const sparse = repositoryAt(join(makeFolder(), 'sparse'));
    execFileSync('git', ['clone', '--quiet', user.path, sparse.path], { env: quietGit });
    sparse.git('sparse-checkout', 'set', '--cone', '--sparse-index', 'elsewhere');
    const thin = await depot.commitBase({ id, path: sparse.path }, { kind: 'workingTree' });
    expect(thin.tree).toBe(sparse.git('rev-parse', 'HEAD^{tree}'));
  });

  test('a file written in the second of the last git add is seen', async () => {
    for (let round = 0; round < 5; round += 1) {
      const user: TestRepository = makeSmallRepository();
      user.write('same', 'aaaa');
      user.commit();
      writeFileSync(join(user.path, 'same'), 'bbbb');
      const { depot, project } = open(user.path);
      const base = await depot.commitBase(project, { kind: 'workingTree' });
      expect((await depot.texts(project, base.tree, ['same'])).get('same')).toBe('bbbb');
    }
  });

  test('no hook and no monitor of the repository runs', async () => {
    const user = makeSmallRepository();
    const mark = join(makeFolder(), 'ran');
    const program = join(makeFolder(), 'program');
    writeFileSync(program, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
    user.git('config', 'core.fsmonitor', program);
    user.git('config', 'diff.external', program);
    user.write('.git/hooks/post-index-change', `#!/bin/sh\ntouch ${mark}\n`, 0o755);
    user.write('.git/hooks/reference-transaction', `#!/bin/sh\ntouch ${mark}\n`, 0o755);
    const { depot, project } = open(user.path);
    user.write('x', 'x');
    await depot.inspect(user.path);
    await depot.commitBase(project, { kind: 'workingTree' });
    expect(lstatSync(mark, { throwIfNoEntry: false })).toBeUndefined();
  });

  test('in SHA-256 too', async () => {
    const user = makeRepository({ objectFormat: 'sha256' });
    user.write('a', 'a');
    user.commit();
    const { depot, project } = open(user.path);
    expect((await depot.commitBase(project, { kind: 'head' })).tree).toBe(user.git('rev-parse', 'HEAD^{tree}'));
  });
});
