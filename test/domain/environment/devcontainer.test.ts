import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environment } from '../../../src-main/contract/project.ts';
import { parseCommentedJson } from '../../../src-main/domain/environment/commented-json.ts';
import { devcontainerPaths, importDevcontainer } from '../../../src-main/domain/environment/devcontainer.ts';

const PATH = '.devcontainer/devcontainer.json';
const imported = (file: object | string, path = PATH) => importDevcontainer(path, typeof file === 'string' ? file : JSON.stringify(file));

describe('JSON with comments', () => {
  it('loses its comments and trailing commas, and nothing in its strings', () => {
    expect(parseCommentedJson('\uFEFF// first\n{ /* a, */ "a": "// no, /* no */ ,}", "b": ["\\"// x", 1, /* , */ ], // end\n}')).toEqual({ a: '// no, /* no */ ,}', b: ['"// x', 1] });
  });
  it('is any JSON, unchanged', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(parseCommentedJson(JSON.stringify(value, null, 1))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 300 },
    );
  });
  it.each(['{', '"a', '/* open', '{"a": 1,,}', '"\\', ''])('%j is refused as JSON is', (text) => {
    expect(() => parseCommentedJson(text)).toThrow(SyntaxError);
  });
  it.each([['quotes', '\\"'], ['stars', '/*'], ['commas', ', '], ['slashes', '/ /']])('of many %s costs no more than its size', (_what, piece) => {
    const started = performance.now();
    expect(() => parseCommentedJson(`"${piece.repeat(200_000)}\\`)).toThrow(SyntaxError);
    expect(() => parseCommentedJson(piece.repeat(200_000))).toThrow(SyntaxError);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

it('is looked for where it may lie, in order', () => {
  const paths = ['x/.devcontainer/devcontainer.json', '.devcontainer/b/devcontainer.json', '.devcontainer.json', '.devcontainer/a/devcontainer.json', PATH, '.devcontainer/a/b/devcontainer.json'];
  expect(devcontainerPaths(paths)).toEqual([PATH, '.devcontainer.json', '.devcontainer/a/devcontainer.json', '.devcontainer/b/devcontainer.json']);
});

describe('what is taken over', () => {
  it('the image, or the Dockerfile beside the file', () => {
    expect(imported({ image: 'mcr.example/node:20' }).environment.image).toBe('mcr.example/node:20');
    expect(imported({ build: { dockerfile: 'Dockerfile' } }).environment.dockerfile).toBe('.devcontainer/Dockerfile');
    expect(imported({ build: { dockerfile: '../docker/dev.Dockerfile' } }).environment.dockerfile).toBe('docker/dev.Dockerfile');
    expect(imported({ dockerFile: 'Dockerfile' }, '.devcontainer.json').environment.dockerfile).toBe('Dockerfile');
    const both = imported({ image: 'a', build: { dockerfile: 'b', context: '..', args: { A: '1' }, target: 'dev' } });
    expect([both.environment.image, both.environment.dockerfile]).toEqual([null, '.devcontainer/b']);
    expect(both.notTaken).toEqual([
      'build.context: not taken over, because an image is always built from the repository’s top folder',
      'build.args: not taken over, because a Dockerfile is built as it is, without options',
      'build.target: not taken over, because a Dockerfile is built as it is, without options',
      'image: not taken over, because the Dockerfile makes it',
    ]);
  });
  it('commands in each of their forms, in the order in which they run', () => {
    const { environment: made } = imported({
      postCreateCommand: { db: 'make db', install: ['npm', 'ci', "--x=it's"] }, updateContentCommand: 'npm ci', onCreateCommand: ['echo', 'a b'],
    });
    expect(made.setup).toBe(String.raw`echo 'a b'
npm ci
make db
npm ci '--x=it'\''s'`);
    expect(made.maintenance).toBe('npm ci');
  });
  it('plain variables and the names of folders', () => {
    const { environment: made, notTaken } = imported({
      containerEnv: { A: '${containerWorkspaceFolder}/bin', B: '${localEnv:HOME}/b', C: 3 }, remoteEnv: { PATH: '${containerEnv:PATH}:/x', D: 'd', 'E F': 'x', A: '${localWorkspaceFolder}' },
      postCreateCommand: 'cd ${localWorkspaceFolder}/api && echo ${HOME} ${localWorkspaceFolderBasename}',
    });
    expect(made.variables).toEqual({ A: '/workspace', D: 'd' });
    expect(made.setup).toBe('cd /workspace/api && echo ${HOME} workspace');
    expect(notTaken).toEqual([
      'containerEnv.B: not taken over, because ${localEnv:HOME} is a variable of your machine',
      'containerEnv.C: not taken over, because it is no text',
      'remoteEnv.PATH: not taken over, because ${containerEnv:PATH} is not known when the environment is made',
      'remoteEnv.E F: not taken over, because its name or length is not that of a variable',
    ]);
  });
  it('secrets by their names', () => {
    const { environment: made, notTaken } = imported({ secrets: { NPM_TOKEN: { description: 'x' }, 'no name': {} } });
    expect(made.secrets).toEqual([{ name: 'NPM_TOKEN', file: null }]);
    expect(notTaken).toHaveLength(1);
  });
});

describe('what is not', () => {
  it('is named one by one, with why', () => {
    const fields = { initializeCommand: 'rm -rf ~', features: {}, mounts: [], runArgs: ['--privileged'], privileged: true, forwardPorts: [1], customizations: {}, dockerComposeFile: 'x', postStartCommand: 'x', remoteUser: 'root', hostRequirements: { cpus: 64 }, frobnicate: 1 };
    const { notTaken, environment: made } = imported({ name: 'x', $schema: 'x', ...fields });
    expect(notTaken.map((line) => line.split(':')[0])).toEqual(Object.keys(fields));
    expect(notTaken[0]).toBe('initializeCommand: not taken over, because it would run on your machine');
    expect(notTaken.at(-1)).toBe('frobnicate: not taken over, because Drydock does not know it');
    expect(made.setup).toBe('');
    expect(notTaken.join('\n')).not.toContain('rm -rf');
  });
  it.each<[string, object]>([
    ['a Dockerfile outside', { build: { dockerfile: '../../evil' } }],
    ['an absolute Dockerfile', { build: { dockerfile: '/etc/passwd' } }],
    ['an image that is an option', { image: '--privileged' }],
    ['a command with a variable of the machine', { postCreateCommand: 'curl ${localEnv:TOKEN}' }],
    ['a command that is a number', { postCreateCommand: 3 }],
    ['commands in commands', { postCreateCommand: { a: { b: { c: 'x' } } } }],
    ['variables that are a list', { containerEnv: [1] }],
  ])('%s', (_what, file) => {
    const { environment: made, notTaken } = imported(file);
    expect([made.image, made.dockerfile, made.setup, made.variables]).toEqual([null, null, '', {}]);
    expect(notTaken).toHaveLength(1);
  });
  it.each(['', '{', '[]', 'null', '"x"', '['.repeat(100_000)])('a file that is none', (text) => {
    expect(imported(text).notTaken).toEqual([expect.stringMatching(/^\.devcontainer\/devcontainer\.json: ignored, because it is no/)]);
  });
  it('whatever it holds, an environment comes of it that the contract takes', () => {
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom('${localEnv:X}', '${containerWorkspaceFolder}', '\0', 'x'.repeat(70_000)));
    const keys = fc.constantFrom('image', 'build', 'dockerFile', 'postCreateCommand', 'onCreateCommand', 'updateContentCommand', 'containerEnv', 'remoteEnv', 'secrets', '__proto__', 'workspaceFolder', 'features');
    const nested = fc.oneof(value, fc.dictionary(fc.constantFrom('dockerfile', 'context', 'A', '__proto__', 'constructor'), value));
    fc.assert(
      fc.property(fc.dictionary(keys, nested), (file) => {
        expect(environment.safeParse(imported(file).environment).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
