import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { projectId, type TreeId } from '../../../src-main/contract/ids.ts';
import type { Depot, DepotProject } from '../../../src-main/ports/depot.ts';
import { makeFolder, makeSmallRepository, packOf, type TestRepository } from '../../support/repository.ts';
import { readTar } from '../../support/tar.ts';

const id = projectId.parse('prj_0123456789ab');

function open(repository: TestRepository): { depot: Depot; project: DepotProject } {
  return { depot: createDepot({ directory: makeFolder() }), project: { id, path: repository.path } };
}

describe('the way of a result', () => {
  test('base, archive, index, import, changes, select, patch', async () => {
    const repository = makeSmallRepository();
    const { depot, project } = open(repository);
    const base = await depot.commitBase(project, { kind: 'head' });
    expect(base.tree).toBe(repository.git('rev-parse', 'HEAD^{tree}'));
    expect(base.description).toMatch(/^main at [0-9a-f]{7}$/);
    const files = await readTar(await depot.archive(project, base.tree, { prefix: 'work', uid: 1000 }));
    expect(files.map((file) => [file.name, file.type, file.mode, file.uid])).toEqual([
      ['work/', 'directory', 0o755, 1000],
      ['work/README.md', 'file', 0o644, 1000],
      ['work/run.sh', 'file', 0o755, 1000],
      ['work/src/', 'directory', 0o755, 1000],
      ['work/src/main.txt', 'file', 0o644, 1000],
    ]);
    expect(files[1]?.content.toString()).toBe('# Small\n');
    expect(Buffer.from(await depot.indexFile(project, base.tree)).toString('latin1', 0, 4)).toBe('DIRC');

    repository.write('src/main.txt', 'one\n2\nthree\n');
    repository.write('new.txt', 'new\n');
    repository.remove('README.md');
    const commit = repository.commit('Agent');
    const tree = repository.git('rev-parse', 'HEAD^{tree}') as TreeId;
    const pack = packOf(repository, [tree], [base.tree]);
    const result = await depot.importTree(project, base, { tree, pack: Readable.from([pack]), maxBytes: 1e6, maxObjects: 100 }, 'Result');
    expect(await depot.treeOf(project, result)).toBe(tree);
    const changes = await depot.changes(project, base.tree, tree);
    expect(changes.map((change) => [change.path, change.kind, change.additions, change.deletions])).toEqual([
      ['README.md', 'deleted', 0, 1],
      ['new.txt', 'added', 1, 0],
      ['src/main.txt', 'modified', 1, 1],
    ]);
    expect((await depot.deletedPaths(project, base.tree, tree)).files.map(String)).toEqual(['README.md']);
    const weight = { files: 3, bytes: ['new.txt', 'run.sh', 'src/main.txt'].reduce((sum, path) => sum + Number(repository.git('cat-file', '-s', `${tree}:${path}`)), 0) };
    expect(await depot.weigh(project, tree)).toEqual(weight);
    const chosen = await depot.select(project, base.tree, tree, { excluded: ['README.md'], excludedHunks: {} });
    expect((await depot.changes(project, base.tree, chosen)).map((change) => change.path)).toEqual(['new.txt', 'src/main.txt']);
    expect(commit).toHaveLength(40);
  });
});
