import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../src-main/adapters/git/depot.ts';
import type { BaseChoice } from '../../src-main/contract/brief.ts';
import type { ProjectId } from '../../src-main/contract/ids.ts';
import { makeFolder, makeRepository, makeSmallRepository, quietGit } from '../support/repository.ts';

/** A folder whose programs leave a file named after them when they run. */
const traps = () => {
  const folder = makeFolder();
  const sprung = join(folder, 'sprung');
  mkdirSync(sprung);
  return {
    folder,
    program(name: string, then = 'cat'): string {
      const file = join(folder, name);
      writeFileSync(file, `#!/bin/sh\n: > '${join(sprung, name)}'\n${then}\n`, { mode: 0o755 });
      return file;
    },
    marker: (name: string) => join(sprung, name),
    sprung: () => readdirSync(sprung),
  };
};

const openDepot = (path: string) => ({
  depot: createDepot({ directory: join(makeFolder(), 'depots') }),
  project: { id: 'prj_0123456789ab' as ProjectId, path },
});

describe('a repository whose own configuration names programs', () => {
  const hostile = () => {
    const trap = traps();
    const repository = makeRepository();
    repository.write('file', 'one\n');
    repository.write('.gitattributes', '* filter=evil diff=evil merge=evil\nodd filter=a=b\n');
    repository.write('odd', 'one\n');
    repository.commit();
    const keys = [
      'core.fsmonitor', 'core.pager', 'core.editor', 'core.sshCommand', 'core.askPass', 'core.alternateRefsCommand', 'credential.helper', 'gpg.program', 'diff.external',
      'diff.evil.textconv', 'diff.evil.command', 'merge.evil.driver', 'filter.evil.clean', 'filter.evil.smudge', 'filter.a=b.clean', 'uploadpack.packObjectsHook',
    ];
    for (const key of keys) repository.git('config', key, trap.program(key.replaceAll('=', '-')));
    // A long-running filter is asked first; one that is required stops git when it does not answer.
    repository.git('config', 'filter.evil.required', 'true');
    for (const [key, value] of [['log.showSignature', 'true'], ['commit.gpgSign', 'true'], ['core.hooksPath', join(trap.folder, 'hooks')]] as const) repository.git('config', key, value);
    mkdirSync(join(trap.folder, 'hooks'));
    for (const hook of ['post-index-change', 'reference-transaction', 'post-checkout', 'pre-commit']) trap.program(`hooks/${hook}`);
    // Not as in the index, so that git has to look into them.
    repository.write('file', 'two\n');
    repository.write('odd', 'two\n');
    return { trap, repository };
  };

  test('is looked at and taken as a base without running one', async () => {
    const { trap, repository } = hostile();
    const { depot, project } = openDepot(repository.path);
    expect(await depot.inspect(repository.path)).toMatchObject({ changedFiles: 2 });
    await depot.resolve(project, { kind: 'head' });
    for (const choice of [{ kind: 'head' }, { kind: 'branch', name: 'main' }] satisfies BaseChoice[]) await depot.commitBase(project, choice);
    expect(trap.sprung()).toEqual([]);
  });

  test('the traps are real: git itself runs them', () => {
    const { trap, repository } = hostile();
    execFileSync('git', ['status'], { cwd: repository.path, env: quietGit, stdio: 'ignore' });
    expect(trap.sprung()).toEqual(expect.arrayContaining(['filter.evil.clean', 'filter.a-b.clean', 'core.fsmonitor']));
  });

  test('filters of the user\'s own configuration still apply', async () => {
    const repository = makeSmallRepository();
    const home = makeFolder();
    writeFileSync(join(home, '.gitconfig'), '[filter "same"]\n\tclean = "sed s/TWO/one/"\n\trequired = true\n');
    repository.write('.gitattributes', 'README.md filter=same\n');
    repository.commit();
    const { HOME } = process.env;
    process.env['HOME'] = home;
    try {
      repository.write('README.md', '# Small\n');
      expect(await openDepot(repository.path).depot.inspect(repository.path)).toMatchObject({ changedFiles: 0 });
    } finally {
      process.env['HOME'] = HOME;
    }
  });
});

test('a folder of committed files that looks like a repository is none', async () => {
  const trap = traps();
  const repository = makeSmallRepository();
  const inner = join(repository.path, 'inner');
  execFileSync('cp', ['-r', join(repository.path, '.git'), inner]);
  writeFileSync(join(inner, 'config'), `[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tworktree = .\n[filter "evil"]\n\tclean = ${trap.program('clean')}\n`);
  writeFileSync(join(inner, '.gitattributes'), '* filter=evil\n');
  writeFileSync(join(inner, 'README.md'), 'changed\n');
  const { depot, project } = openDepot(inner);
  await expect(depot.inspect(inner)).rejects.toMatchObject({ fault: { code: 'notARepository' } });
  await expect(depot.commitBase(project, { kind: 'workingTree' })).rejects.toMatchObject({ fault: { code: 'notARepository' } });
  expect(trap.sprung()).toEqual([]);
  // git by itself believes it.
  execFileSync('git', ['add', '-A'], { cwd: inner, env: quietGit, stdio: 'ignore' });
  expect(trap.sprung()).toEqual(['clean']);
});

describe('a repository that lacks an object and says where to fetch it', () => {
  test.each([
    ['by a program', 'ext', (program: string) => [['remote.origin.url', `ext::${program}`]]],
    ['by a server program of its choice', 'file', (program: string, path: string) => [['remote.origin.url', path], ['remote.origin.uploadpack', program]]],
  ])('%s: nothing is fetched', async (_, protocol, remote) => {
    const trap = traps();
    const repository = makeSmallRepository();
    const blob = repository.git('rev-parse', 'HEAD:README.md');
    const settings = [
      ['core.repositoryFormatVersion', '1'], ['extensions.partialClone', 'origin'], ['remote.origin.promisor', 'true'], [`protocol.${protocol}.allow`, 'always'],
      ...remote(trap.program('fetch', 'exit 1'), repository.path),
    ];
    for (const [key = '', value = ''] of settings) repository.git('config', key, value);
    rmSync(join(repository.path, '.git/objects', blob.slice(0, 2), blob.slice(2)));
    const { depot, project } = openDepot(repository.path);
    await depot.inspect(repository.path);
    await expect(depot.commitBase(project, { kind: 'head' })).rejects.toMatchObject({ fault: { code: 'gitFailed' } });
    expect(trap.sprung()).toEqual([]);
    expect(() => execFileSync('git', ['cat-file', 'blob', blob], { cwd: repository.path, env: quietGit, stdio: 'ignore' })).toThrow();
    expect(existsSync(trap.marker('fetch'))).toBe(true);
  });
});

describe('a name that is no branch', () => {
  test.each(['-x', '--output=/tmp/x', 'a..b', 'HEAD', '@{-1}', 'refs/heads/main', 'ma\nin', 'main\0', '../main', 'main^{tree}'])('%j is refused', async (name) => {
    const { depot, project } = openDepot(makeSmallRepository().path);
    await expect(depot.resolve(project, { kind: 'branch', name })).rejects.toMatchObject({ fault: { code: 'baseNotFound' } });
  });
});
