import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt, type TestRepository } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const CONTENT = Buffer.from(`\0${'content of a large file '.repeat(200)}`);
const pointer = (content: Buffer): { oid: string; text: string } => {
  const oid = createHash('sha256').update(content).digest('hex');
  return { oid, text: `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.length}\n` };
};

describe('a repository with submodules and files of Git LFS', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let repository: TestRepository;
  let library: TestRepository;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    repository = repositoryAt(small.repository);
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  /** Another repository, beside the project's. */
  const beside = (name: string): TestRepository => {
    const path = join(small.repository, '..', name);
    mkdirSync(path);
    const made = repositoryAt(path);
    made.git('init', '--quiet', '--initial-branch=main');
    return made;
  };

  const look = async (command: string) => {
    const run = await runEnd(test, (await small.script(command)).id);
    expect(run.state.name).toBe('reviewable');
    return {
      run,
      work: (await wholeLog(test, run.id, 'work')).toString(),
      notes: run.turns[0]?.base?.notes.join('\n') ?? '',
      changes: (await test.client.runs.changes({ runId: run.id })).files.map(({ kind, path }) => `${kind} ${path}`),
      findings: (run.turns[0]?.result?.findings ?? []).map(({ kind, path }) => `${kind} ${path}`),
    };
  };

  it('sees them as the clone has them checked out, at the commit that the base records, and its result says nothing of them', async () => {
    library = beside('library');
    library.write('lib.txt', 'one\n');
    library.write('only-first/file', 'x\n');
    library.link('link', 'lib.txt');
    library.commit();
    const inner = beside('inner');
    inner.write('inner.txt', 'inner\n');
    inner.commit();
    const withInner = ['-c', 'protocol.file.allow=always'];
    library.git(...withInner, 'submodule', '--quiet', 'add', inner.path, 'nested');
    library.commit('With one inside');
    repository.git(...withInner, 'submodule', '--quiet', 'add', '--name', 'the library', library.path, 'vendor/lib');
    repository.git(...withInner, 'submodule', '--quiet', 'update', '--init', '--recursive');
    const { oid, text } = pointer(CONTENT);
    const large = join(small.repository, '.git/lfs/objects', oid.slice(0, 2), oid.slice(2, 4));
    mkdirSync(large, { recursive: true });
    writeFileSync(join(large, oid), CONTENT);
    repository.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
    repository.write('large.bin', text);
    repository.write('absent.bin', pointer(Buffer.from('never fetched')).text);
    repository.commit('Submodules and large files');

    const seen = await look('cd vendor/lib && cat lib.txt link nested/inner.txt && ls -a && cd ../.. && sha256sum large.bin && head -1 absent.bin && echo 1 > made');
    expect(seen.work).toMatch(/^one\none\ninner\n\.\n\.\.\n\.gitmodules\nlib\.txt\nlink\nnested\nonly-first\n/);
    expect(seen.work).toContain(`${oid}  large.bin\nversion https://git-lfs`);
    expect([seen.changes, seen.findings]).toEqual([['added made'], []]);
    expect(seen.notes).toMatch(/Git LFS.*absent\.bin.*git lfs fetch/);
    expect(seen.notes).not.toMatch(/large\.bin|vendor/);
  });

  it('names what was changed in them: a submodule’s is left out, a large file’s is taken as what it is', async () => {
    const seen = await look('sed -i s/one/two/ vendor/lib/lib.txt && echo more >> large.bin && echo new > vendor/lib/new');
    expect(seen.changes).toEqual(['modified large.bin']);
    expect(seen.findings).toEqual(expect.arrayContaining(['leftOut vendor/lib', 'note large.bin']));
    expect(seen.findings.filter((one) => one.startsWith('leftOut'))).toHaveLength(1);
    const removed = await look('rm vendor/lib/lib.txt');
    expect([removed.changes, removed.findings]).toEqual([[], ['leftOut vendor/lib']]);
  });

  it('moves a snapshot to another commit of a submodule', async () => {
    await small.setEnvironment({ setup: 'cat vendor/lib/lib.txt > ~/seen-by-setup' });
    await look('true');
    library.write('lib.txt', 'three\n');
    library.remove('only-first');
    library.commit('Third');
    repositoryAt(join(small.repository, 'vendor/lib')).git('-c', 'protocol.file.allow=always', 'pull', '--quiet', 'origin', 'main');
    repository.commit('A newer library');
    const moved = await look('cat ~/seen-by-setup vendor/lib/lib.txt; ls vendor/lib');
    expect(moved.run.turns[0]?.snapshot?.reused).toBe(true);
    expect([moved.work, moved.changes, moved.findings]).toEqual(['one\nthree\nlib.txt\nlink\nnested\n', [], []]);
  });

  it('names a submodule that the clone does not have, and what would fetch it', async () => {
    const commit = 'ab'.repeat(20);
    repository.git('config', '-f', '.gitmodules', 'submodule.other.path', 'other');
    repository.git('config', '-f', '.gitmodules', 'submodule.other.url', 'https://me:hidden@example.org/other.git');
    repository.git('update-index', '--add', '--cacheinfo', `160000,${commit},other`);
    repository.git('add', '.gitmodules');
    repository.git('commit', '--quiet', '-m', 'Another');
    await small.setEnvironment({ setup: '' });
    const seen = await look('ls other');
    expect(seen.work).toBe('');
    expect(seen.notes).toContain(`git -C other fetch -q --depth 1 https://example.org/other.git ${commit}`);
    expect(seen.notes).not.toContain('hidden');
  });
});
