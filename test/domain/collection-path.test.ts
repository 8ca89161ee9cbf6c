import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldersAbove, gitComponent, quotedPath, shownPath, unquotedPath } from '../../src-main/domain/collection-path.ts';
import { makeRepository, quietGit } from '../support/repository.ts';

const rawName = fc.uint8Array({ minLength: 1, maxLength: 12 }).map((bytes) => Buffer.from(bytes.map((byte) => (byte === 0 || byte === 0x2f ? 0x61 : byte))).toString('latin1'));

test('paths are quoted exactly as git quotes them', () => {
  const names = [...new Set([...fc.sample(rawName, { numRuns: 500, seed: 7 }), '"', '\\', '\t', '\x7f', ' ', 'caf\xc3\xa9'])].filter((name) => name !== '.' && name !== '..');
  const repository = makeRepository();
  const id = repository.git('hash-object', '-w', '--stdin');
  const input = Buffer.from(names.map((name) => `100644 ${id}\tp/${name}\0`).join(''), 'latin1');
  execFileSync('git', ['-c', 'core.protectNTFS=false', 'update-index', '-z', '--index-info'], { cwd: repository.path, env: quietGit, input });
  const lines = execFileSync('git', ['ls-files', '-c'], { cwd: repository.path, env: quietGit, encoding: 'latin1' }).split('\n').slice(0, -1);
  expect(new Set(names.map((name) => quotedPath(`p/${name}`)))).toEqual(new Set(lines));
});

test('quoting can be undone and leaves one line of ASCII', () => {
  fc.assert(
    fc.property(rawName, (name) => {
      expect(unquotedPath(quotedPath(name))).toBe(name);
      expect(quotedPath(name)).toMatch(/^[\x20-\x7e]+$/);
    }),
  );
});

test('bytes that are not UTF-8 are shown one by one', () => {
  expect(shownPath('caf\xc3\xa9/caf\xe9')).toBe('café/caf\\xe9');
  expect(shownPath('plain')).toBe('plain');
});

const spelled = ['.git', '.GIT', '.gIt', '.git ', '.git...', '.git. .', 'git~1', 'GIT~1', '.git::$INDEX_ALLOCATION', '.git:x', 'a\\.git', 'x\\git~1\\y', '.g\u200cit', '\ufeff.git', '.gi\u206ft'];
test.each(spelled)('%j is .git somewhere', (name) => {
  const raw = Buffer.from(name).toString('latin1');
  expect(gitComponent(`a/${raw}/b`)).toBe(`a/${raw}`);
  expect(gitComponent(raw)).toBe(raw);
});

test.each(['.gitignore', '.gitattributes', 'git', '.github', 'git~2', 'x.git', '.git-x', 'digit', '.git\u00e9'])('%j is not', (name) => {
  expect(gitComponent(`a/${Buffer.from(name).toString('latin1')}`)).toBeNull();
});

test('folders above a path', () => {
  expect(foldersAbove('a/b/c')).toEqual(['a', 'a/b']);
  expect(foldersAbove('a')).toEqual([]);
});
