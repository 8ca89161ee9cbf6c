import { expect, test } from 'vitest';
import type { FileChange } from '../../src-main/contract/result.ts';
import { collisionFindings, largeFileFindings, leftOutFindings, nestedFindings, scopeFindings } from '../../src-main/domain/collection-findings.ts';
import { blobId } from '../../src-main/contract/ids.ts';

const change = (path: string, changes: Partial<FileChange> = {}): FileChange => ({
  path, oldPath: null, kind: 'added', oldMode: null, newMode: '100644', oldBlob: null, newBlob: blobId.parse('a'.repeat(40)), binary: false, additions: 1, deletions: 0, ...changes,
});
const paths = (findings: readonly { path: string | null }[]) => findings.map(({ path }) => path);

test('scope: globs, folders by name, dot files, both ends of a rename', () => {
  const changes = [change('src/a.ts'), change('src/.hidden/b'), change('docs/c.md'), change('src/new', { oldPath: 'lib/old', kind: 'renamed' }), change('src/secret/key')];
  expect(paths(scopeFindings(changes, { inPlay: [], offLimits: [] }))).toEqual([]);
  expect(paths(scopeFindings(changes, { inPlay: ['src'], offLimits: [] }))).toEqual(['docs/c.md', 'lib/old']);
  expect(paths(scopeFindings(changes, { inPlay: ['./src/', 'lib/**', 'docs/*.md'], offLimits: ['src/secret/**'] }))).toEqual(['src/secret/key']);
  expect(scopeFindings([change('!a')], { inPlay: ['!b'], offLimits: [] })).toHaveLength(1);
});

test('scope: globs are from the working directory, which is a name and no glob', () => {
  const inPlay = (globs: string[], workingDirectory: string) => ({ inPlay: globs, offLimits: [], workingDirectory });
  const changes = ['apps/[id]/src/a.ts', 'apps/i/src/a.ts', 'apps/[id]/top.md', 'apps/lib/b.ts', 'src/a.ts'].map((path) => change(path));
  const outside = (...globs: string[]) => paths(scopeFindings(changes, inPlay(globs, 'apps/[id]')));
  expect(outside('src')).toEqual(['apps/i/src/a.ts', 'apps/[id]/top.md', 'apps/lib/b.ts', 'src/a.ts']);
  expect(outside('.')).toEqual(['apps/i/src/a.ts', 'apps/lib/b.ts', 'src/a.ts']);
  expect(outside('./*.md', '../lib/**')).toEqual(['apps/[id]/src/a.ts', 'apps/i/src/a.ts', 'src/a.ts']);
  expect(outside('/src', '..')).toEqual([]);
  expect(outside('../../../src')).toHaveLength(5);
  expect(outside('/')).toEqual([]);
});

test('a flood of findings is counted', () => {
  const findings = scopeFindings(Array.from({ length: 260 }, (_, at) => change(`f${at}`)), { inPlay: ['src'], offLimits: [] });
  expect(findings).toHaveLength(51);
  expect(findings.at(-1)?.message).toContain('210');
});

test('what is left out is named with its reason', () => {
  const [large, pipe, ignored] = leftOutFindings([{ path: 'big\xe9', reason: 'tooLarge', detail: 300 * 2 ** 20 }, { path: 'p', reason: 'special', detail: 'p' }], 1);
  expect(large).toEqual({ kind: 'leftOut', path: 'big\\xe9', message: 'big\\xe9 was left out: 300.0 MiB is above the limit of 200 MiB for one file.' });
  expect(pipe?.message).toContain('a named pipe');
  expect(ignored?.message).toBe('1 file that the repository ignores was left out.');
});

test('large files, collisions, bare repositories', () => {
  const sizes = new Map([['a', 2 ** 20], ['b', 2 ** 20 + 1], ['unchanged', 2 ** 30]]);
  expect(paths(largeFileFindings([change('a'), change('b'), change('gone', { newBlob: null })], sizes))).toEqual(['b']);
  expect(paths(collisionFindings([change('Readme')], ['Readme', 'README', 'other']))).toEqual(['Readme']);
  expect(collisionFindings([change('Readme', { kind: 'modified' })], ['Readme', 'README'])).toEqual([]);
  expect(paths(nestedFindings(['n'], ['x/HEAD', 'x/config', 'x/refs/a', 'y/HEAD', 'y/config'].map((path) => change(path))))).toEqual(['n', 'x']);
});
