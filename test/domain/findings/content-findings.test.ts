import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { BlobId } from '../../../src-main/contract/ids.ts';
import type { ChangedFile } from '../../../src-main/domain/findings/changed-file.ts';
import { contentFindings as byKind } from '../../../src-main/domain/findings/content-findings.ts';
import { BINARIES, CLEAN, DEPENDENCIES, INVISIBLE, RUNS, SECRETS, SKIPPED, WEAKENED, type Labelled, type LabelledFile, type Side } from './labelled-changes.ts';

const blobOf = (side: Side, name: string): BlobId | null =>
  side === null ? null : (createHash('sha1').update(typeof side === 'string' ? side : name).digest('hex') as BlobId);

const changed = ({ path, before, after, executable = false, oldPath }: LabelledFile): ChangedFile => {
  const binary = typeof before === 'object' && before !== null ? true : typeof after === 'object' && after !== null;
  const oldBlob = blobOf(before, oldPath ?? 'before');
  const newBlob = blobOf(after, oldPath ?? 'after');
  const kind = oldPath !== undefined ? 'renamed' : oldBlob === null ? 'added' : newBlob === null ? 'deleted' : 'modified';
  const was = executable && before !== null ? '100755' : '100644';
  return {
    change: {
      path, oldPath: oldPath ?? null, kind, oldMode: before === null ? null : was, newMode: after === null ? null : executable ? '100755' : '100644',
      oldBlob, newBlob, binary, additions: 1, deletions: 1,
    },
    text: binary ? null : { before: typeof before === 'string' ? before : '', after: typeof after === 'string' ? after : '' },
  };
};

const contentFindings = (files: readonly ChangedFile[]) => [...byKind(files)].flat();
const findingsOf = ({ files }: Labelled) => contentFindings(files.map(changed));

describe('labelled changes', () => {
  const labelled = { weakenedTest: WEAKENED, skippedTest: SKIPPED, dependency: DEPENDENCIES, runsOnYourMachine: RUNS, secret: SECRETS, invisibleCharacter: INVISIBLE, binary: BINARIES };
  for (const [kind, changes] of Object.entries(labelled)) {
    describe(kind, () => {
      it.each(changes.map((change) => [change.name, change] as const))('%s', (_, change) => {
        const found = findingsOf(change);
        expect([...new Set(found.map((each) => each.kind))].toSorted()).toEqual(change.kinds.toSorted());
        if (change.line !== undefined) expect(found[0]?.line).toBe(change.line);
        for (const each of found) {
          expect(each.message).toMatch(/^[^\n]+\.$/);
          expect(change.files.map((file) => file.path)).toContain(each.path);
        }
      });
    });
  }

  it('says of what is called like a picture that it is none, or empty', () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    const of = (head: Uint8Array, path = 'logo.png') => contentFindings([{ change: { ...changed({ path, before: null, after: 'text' }).change }, text: null, head }]).map(({ message }) => message);
    expect([of(png), of(new TextEncoder().encode('<html>')), of(new Uint8Array()), of(new Uint8Array(), 'notes.txt')]).toEqual([
      [], ['logo.png is not a picture, whatever its name says.'], ['logo.png is called like a picture and is empty.'], [],
    ]);
  });

  describe('clean', () => {
    it.each(CLEAN.map((change) => [change.name, change] as const))('%s', (_, change) => {
      expect(findingsOf(change)).toEqual([]);
    });
  });

  it('are enough to mean something', () => {
    expect(Object.values(labelled).flat().length).toBeGreaterThanOrEqual(60);
    expect(CLEAN.length).toBeGreaterThanOrEqual(20);
  });
});

describe('what is said', () => {
  it('never repeats a secret', () => {
    for (const change of SECRETS) {
      const lines = change.files.flatMap(({ after }) => (typeof after === 'string' ? after.split('\n') : []));
      const values = lines.flatMap((line) => line.match(/[A-Za-z0-9_-]{12,}/g) ?? []);
      for (const { message } of findingsOf(change)) for (const value of values) expect(message).not.toContain(value);
    }
  });

  it('names packages', () => {
    const of = (name: string) => findingsOf(DEPENDENCIES.find((each) => each.name === name) ?? expect.fail(name)).map(({ message }) => message);
    expect(of('npm adds')).toEqual(['package.json adds left-pad 1.3.0.']);
    expect(of('npm changes, in a monorepo')).toEqual(['packages/api/package.json changes vite from 7.0.0 to 8.0.0.']);
    expect(of('requirements')).toEqual(['requirements-dev.txt changes requests from ==2.31 to ==2.32, adds flask >=3.']);
    expect(of('go')).toEqual(['go.mod changes github.com/a/b from v1.0.0 to v1.1.0.']);
    expect(of('maven')).toEqual(['pom.xml adds guava 33.']);
  });

  it('is capped, and says how many more there are', () => {
    const after = Array.from({ length: 70 }, (_, at) => `it.skip('${at}', () => {});\n`).join('');
    const found = findingsOf({ name: '', files: [{ path: 'a.test.ts', before: '', after }], kinds: [] });
    expect(found).toHaveLength(51);
    expect(found.at(-1)).toEqual({ kind: 'skippedTest', path: null, message: '… and 20 more like these.' });
  });
});

describe('hostile text', () => {
  const LENGTH = 2 ** 18;
  const fill = (piece: string): string => piece.repeat(Math.ceil(LENGTH / piece.length)).slice(0, LENGTH);
  const pieces = ['a', 'token=', 'token="', 'a.a://', 'eyJ', 'eyJaaaaaaaaaaaa.', '-----BEGIN A ', '<dependency>', '"', '[', 'expect(', 'assert ', 'assert x == 1\n', '\u{e0041}', '\u200d', '(', ' ', '\t\n', 'it.', '@pytest.', '"a": 1,\n', 'AIza', 'x-x:/'];
  it.each(pieces)('of %j takes no more than moments', (piece) => {
    const paths = ['a.test.ts', 'test_a.py', 'a_test.go', 'a.rs', 'package.json', 'pyproject.toml', 'pom.xml', 'requirements.txt', '.env', 'build.gradle', 'x.csproj', 'Gemfile', '.npmrc'];
    const before = process.cpuUsage();
    contentFindings(paths.map((path) => changed({ path, before: fill('other\n'), after: fill(piece) })));
    const { user } = process.cpuUsage(before);
    // 3 MiB of text: patterns that go back and forth would take minutes.
    expect(user / 1e6).toBeLessThan(10);
  });
});
