import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { systemClock } from '../../../src-main/adapters/system/clock.ts';
import { projectId } from '../../../src-main/contract/ids.ts';
import { matchFiles } from '../../../src-main/core/bases/match-files.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import type { Depot, DepotProject } from '../../../src-main/ports/depot.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { makeFolder, makeRepository, makeSmallRepository, quietGit, type TestRepository } from '../../support/repository.ts';
import { sampleProject } from '../../support/sample-documents.ts';

const id = projectId.parse('prj_000000000001');

const open = ({ path }: TestRepository): { depot: Depot; project: DepotProject } => ({ depot: createDepot({ directory: makeFolder() }), project: { id, path } });
const fault = (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: { fault?: { code: string } }) => error.fault?.code ?? String(error));
/** Every name and time of a folder, `.git` included. */
const stateOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => join(entry.parentPath, entry.name)).sort().map((path) => `${path} ${lstatSync(path, { bigint: true }).mtimeNs}`);

describe('the commits of a branch', () => {
  const history = (): TestRepository => {
    const user = makeSmallRepository();
    for (const [at, subject] of ['Paint the SHED', 'Fix [a-z]* dates', 'Straße: \u202egnp.exe\u001b[31m'].entries()) {
      execFileSync('git', ['commit', '--quiet', '--allow-empty', '-m', `${subject}\n\nshed in the body`], {
        cwd: user.path,
        env: { ...quietGit, GIT_AUTHOR_NAME: at === 1 ? 'Grace Hopper' : 'Ada', GIT_COMMITTER_DATE: `@${1_700_000_000 + at} +0000` },
      });
    }
    return user;
  };
  const subjects = async ({ depot, project }: ReturnType<typeof open>, text: string, branch: string | null = null, limit = 50) =>
    (await depot.commits(project, { branch, text, limit })).map(({ subject }) => subject);

  test('newest first, with who and when, what deceives made visible', async () => {
    const user = history();
    const { depot, project } = open(user);
    const all = await depot.commits(project, { branch: null, text: '', limit: 50 });
    expect(all.map(({ subject }) => subject)).toEqual(['Straße: ‹U+202E›gnp.exe‹ESC›[31m', 'Fix [a-z]* dates', 'Paint the SHED', 'First']);
    expect(all[1]).toEqual({ commit: user.git('rev-parse', 'HEAD~1'), subject: 'Fix [a-z]* dates', author: 'Grace Hopper', at: 1_700_000_001_000 });
    expect(await subjects({ depot, project }, '', null, 2)).toHaveLength(2);
  });

  test('those whose subject, author or id hold the text, as it is written', async () => {
    const user = history();
    const base = open(user);
    expect(await subjects(base, 'shed')).toEqual(['Paint the SHED']);
    expect(await subjects(base, 'grace h')).toEqual(['Fix [a-z]* dates']);
    expect(await subjects(base, '[A-Z]*')).toEqual(['Fix [a-z]* dates']);
    expect(await subjects(base, '.*')).toEqual([]);
    expect(await subjects(base, '--all')).toEqual([]);
    expect(await subjects(base, user.git('rev-parse', 'HEAD~2').slice(0, 9).toUpperCase())).toEqual(['Paint the SHED']);
    expect(await subjects(base, 'a', null, 1)).toHaveLength(1);
  });

  test('of the branch that is named, and of no option, revision or range in its place', async () => {
    const user = history();
    user.git('branch', 'old', 'HEAD~3');
    user.git('update-ref', 'refs/remotes/origin/far', 'HEAD~2');
    const base = open(user);
    expect(await subjects(base, '', 'old')).toEqual(['First']);
    expect(await subjects(base, '', 'origin/far')).toEqual(['Paint the SHED', 'First']);
    for (const name of ['--output=x', '-n1', 'none', 'HEAD~1', 'old..main', '@{-1}', 'ma\0in', ':/Fix', '../heads/main']) {
      expect(await fault(base.depot.commits(base.project, { branch: name, text: '', limit: 5 })), name).toBe('baseNotFound');
    }
    expect(await fault((({ depot, project }) => depot.commits(project, { branch: null, text: '', limit: 5 }))(open(makeRepository())))).toBe('noCommit');
  });
});

describe('the files of a base', () => {
  const filled = (): TestRepository => {
    const user = makeSmallRepository();
    user.write('.gitignore', 'ignored/\n');
    user.write('src/.hidden', '');
    user.write(Buffer.from('src/caf\xe9', 'latin1'), '');
    user.link('link', 'README.md');
    user.git('add', '-A');
    user.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},vendor/lib`);
    user.git('commit', '--quiet', '-m', 'More');
    user.remove('run.sh');
    user.write('new file', '');
    user.write('ignored/x', '');
    user.write('src/main.txt', 'changed');
    return user;
  };
  const committed = ['.gitignore', 'README.md', 'link', 'run.sh', 'src/.hidden', 'src/caf\\xe9', 'src/main.txt'];

  test('of HEAD and of a branch: what is committed, submodules left out', async () => {
    const { depot, project } = open(filled());
    expect((await depot.baseFiles(project, { kind: 'head' })).toSorted()).toEqual(committed);
    expect((await depot.baseFiles(project, { kind: 'branch', name: 'main' })).toSorted()).toEqual(committed);
    expect(await fault(depot.baseFiles(project, { kind: 'branch', name: '--index-filter' }))).toBe('baseNotFound');
  });

  test('of the working tree: new ones with, deleted and ignored ones without, and no trace', async () => {
    const user = filled();
    const before = stateOf(join(user.path, '.git'));
    const { depot, project } = open(user);
    const expected = [...committed.filter((path) => path !== 'run.sh'), 'new file'].toSorted();
    expect((await depot.baseFiles(project, { kind: 'workingTree' })).toSorted()).toEqual(expected);
    expect(stateOf(join(user.path, '.git'))).toEqual(before);
  });

  const matching = (user: TestRepository) => {
    const store = fakeStore();
    store.commit({ at: 1, events: [], projects: [{ ...sampleProject(1), path: user.path }] });
    const deps = { store, depot: createDepot({ directory: makeFolder() }), clock: systemClock } as unknown as Deps;
    return (globs: string[], workingDirectory = '') => matchFiles(deps, { projectId: id, base: { kind: 'workingTree' }, workingDirectory, globs });
  };

  test('that globs match, from the working directory', async () => {
    const match = matching(filled());
    expect(await match(['src', 'new*'])).toEqual({ count: 4, paths: ['new file', 'src/.hidden', 'src/caf\\xe9', 'src/main.txt'], total: 7 });
    expect((await match(['*.txt', '/link'], 'src')).paths).toEqual(['link', 'src/main.txt']);
    expect(await match([])).toEqual({ count: 0, paths: [], total: 7 });
  });

  test('twenty thousand of them within a second', async () => {
    const user = makeRepository();
    const blob = user.git('hash-object', '-w', '--stdin', '--', '/dev/null').slice(0, 40);
    const lines = Array.from({ length: 20_000 }, (_, at) => `100644 ${blob}\tpackages/p${at % 50}/src/deep/f${at}.ts`);
    execFileSync('git', ['update-index', '--index-info'], { cwd: user.path, env: quietGit, input: lines.join('\n') });
    user.git('commit', '--quiet', '-m', 'Many');
    const store = fakeStore();
    store.commit({ at: 1, events: [], projects: [{ ...sampleProject(1), path: user.path }] });
    const deps = { store, depot: createDepot({ directory: makeFolder() }), clock: systemClock } as unknown as Deps;
    const begun = performance.now();
    const found = await matchFiles(deps, { projectId: id, base: { kind: 'head' }, workingDirectory: '', globs: ['packages/p1/**', 'packages/*/src/**/*9.ts', '**/*.md'] });
    expect([found.count, found.paths.length, found.total]).toEqual([2_400, 200, 20_000]);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
