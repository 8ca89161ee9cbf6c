import { describe, expect, it } from 'vitest';
import { contextFiles, imageIdentity, tooMuchContext } from '../../../src-main/domain/environment/build-context.ts';
import { createBuildTrail } from '../../../src-main/domain/environment/build-failure.ts';

const file = (path: string, mode = '100644', size = 1) => ({ path, mode, id: `id of ${path}`, size });
const tree = ['.dockerignore', 'Dockerfile', 'a.md', 'docs/b.md', 'docs/keep.md', 'src/main.ts', 'Src/other.ts'].map((path) => file(path));
const given = (text: string, ignored = '', files = tree): string[] => contextFiles(files, { path: 'Dockerfile', text, ignored }).map(({ path }) => path);

describe('what a build is given', () => {
  it.each([
    ['all of it', 'FROM a\nCOPY . .', '', ['.dockerignore', 'Dockerfile', 'a.md', 'docs/b.md', 'docs/keep.md', 'src/main.ts', 'Src/other.ts']],
    ['without what is left out, at any depth', 'FROM a\n  copy x y', '**/*.md', ['.dockerignore', 'Dockerfile', 'src/main.ts', 'Src/other.ts']],
    ['with what an exception brings back', 'FROM a\nADD x y', 'docs\n!docs/keep.md', ['.dockerignore', 'Dockerfile', 'a.md', 'docs/keep.md', 'src/main.ts', 'Src/other.ts']],
    ['the Dockerfile in any case', 'FROM a\nONBUILD COPY x y', '*', ['Dockerfile']],
    ['names as they are written', 'FROM a\nCOPY x y', '*.md\ndocs\nsrc', ['.dockerignore', 'Dockerfile', 'Src/other.ts']],
    ['the Dockerfile alone when it copies nothing', 'FROM a\nRUN apk add git && echo COPY', '', ['Dockerfile']],
  ])('%s', (_, text, ignored, expected) => {
    expect(given(text, ignored)).toEqual(expected);
  });
  it('no submodule', () => {
    expect(given('FROM a\nCOPY . .', '', [file('Dockerfile'), file('library', '160000', 0), file('link', '120000')])).toEqual(['Dockerfile', 'link']);
  });
  it('not more than is sensible, and says how much it would be', () => {
    expect(tooMuchContext(tree)).toBeNull();
    expect(tooMuchContext([file('big', '100644', 600 * 2 ** 20)])).toContain('1 files with 600 MiB');
    expect(tooMuchContext(Array.from({ length: 50_001 }, (_, at) => file(`${at}`)))).toContain('50001 files');
  });
  it('names the image: by architecture, Dockerfile, path, mode and content', () => {
    const of = { dockerfile: 'Dockerfile', files: [file('a')], architecture: 'amd64' };
    const names = [of, { ...of, architecture: 'arm64' }, { ...of, dockerfile: 'a' }, { ...of, files: [file('b')] }, { ...of, files: [file('a', '100755')] }, { ...of, files: [{ ...file('a'), id: 'x' }] }].map(imageIdentity);
    expect(new Set(names).size).toBe(names.length);
    expect(imageIdentity(structuredClone(of))).toBe(names[0]);
  });
});

describe('why an image was not made', () => {
  it('names the step and what was said last, without the escapes of a terminal', () => {
    const trail = createBuildTrail();
    for (const text of ['Step 1/3 : FROM a\n ---> 1', '2\nStep 2/3 : RUN make\n ---> Running in 3\n', '\x1b[91mmake: *** no rule\x1b[0m\n\x1b]0;evil\x07', 'half a line']) trail.push(text);
    expect(trail.explain('Dockerfile', 'it ended with 2')).toBe('The image was not made: step 2 of Dockerfile (RUN make) failed: it ended with 2. Last it said: make: *** no rule · half a line');
    expect(createBuildTrail().explain('Dockerfile', 'no')).toBe('The image was not made: Dockerfile failed: no.');
  });
});
