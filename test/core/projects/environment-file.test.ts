import { existsSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDepot } from '../../../src-main/adapters/git/depot.ts';
import { createLandingSite } from '../../../src-main/adapters/git/landing-site.ts';
import type { BlobId } from '../../../src-main/contract/ids.ts';
import type { Project } from '../../../src-main/contract/project.ts';
import type { Deps } from '../../../src-main/core/deps.ts';
import { createOnce, type Once } from '../../../src-main/core/once.ts';
import { adoptEnvironmentFile, environmentFileText, readEnvironmentFile } from '../../../src-main/core/projects/environment-file.ts';
import { importFromDevcontainer } from '../../../src-main/core/projects/import-devcontainer.ts';
import { proposeChange } from '../../../src-main/core/projects/propose-environment.ts';
import { saveEnvironmentFile } from '../../../src-main/core/projects/save-environment-file.ts';
import { setEnvironment } from '../../../src-main/core/projects/set-environment.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import { fakeStore } from '../../support/fake-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { makeFolder, makeSmallRepository, type TestRepository } from '../../support/repository.ts';
import { sampleCommandId, sampleProject, sampleProjectId } from '../../support/sample-documents.ts';

const FILE = '.drydock/environment.yaml';
const projectId = sampleProjectId(1);

let user: TestRepository;
let store: ReturnType<typeof fakeStore>;
let deps: Deps;
let once: Once;

beforeEach(() => {
  user = makeSmallRepository();
  const depotDirectory = makeFolder();
  store = fakeStore();
  deps = { store, clock: handClock(), depot: createDepot({ directory: depotDirectory }), landingSite: createLandingSite({ depotDirectory }) } as unknown as Deps;
  once = createOnce(deps);
  store.commit({ at: 1, events: [], projects: [{ ...sampleProject(1), path: user.path, environment: DEFAULT_ENVIRONMENT }] });
});

const commit = (files: Record<string, string>): void => {
  for (const [path, text] of Object.entries(files)) user.write(path, text);
  user.commit();
};
const project = (): Project => store.project(projectId) ?? expect.unreachable();
const read = () => readEnvironmentFile(deps, { projectId });
let commands = 0;
const adopt = (from: BlobId | null, dockerfile: BlobId | null = null) => adoptEnvironmentFile(deps, once, { commandId: sampleCommandId((commands += 1)), projectId, from: from ?? expect.unreachable(), dockerfile });
const save = (command = (commands += 1)) => saveEnvironmentFile(deps, once, { commandId: sampleCommandId(command), projectId });
const fault = async (work: Promise<unknown>): Promise<string> => work.then(() => 'none', (error: { fault?: { code: string } }) => error.fault?.code ?? String(error));
const own = (path: string): string => readFileSync(join(user.path, path), 'utf8');

describe('the file of the repository', () => {
  it('where there is none, says nothing', async () => {
    expect(await read()).toEqual({ file: null, blob: null, dockerfile: null, problems: [], differs: false, needsApproval: [], diff: '', dockerfileDiff: '' });
  });

  it('is read from the last commit, not from the working tree, and shown beside what is in use', async () => {
    commit({ [FILE]: 'setup: make deps\nsecrets: [TOKEN]\nlimits: { cpus: 64 }\n' });
    user.write(FILE, 'setup: evil\n');
    const { file, differs, needsApproval, problems, diff, blob } = await read();
    expect(file).toEqual({ ...DEFAULT_ENVIRONMENT, setup: 'make deps', secrets: [{ name: 'TOKEN', file: null }] });
    expect([differs, blob]).toEqual([true, user.git('rev-parse', `HEAD:${FILE}`)]);
    expect(needsApproval.map(({ field }) => field)).toEqual(['setup', 'secrets']);
    expect(problems).toEqual(['limits.cpus: the file asks for 64; yours is 2, and that holds']);
    expect(diff).toMatch(/^-setup: ""$\n^\+setup: make deps$/m);
  });

  it.each<[string, string, RegExp]>([
    ['an unknown field', 'privileged: true\n', /privileged: there is no such field/],
    ['bytes that are no text', 'setup: \0', /too large, or no text/],
    ['far too much', `setup: ${'x'.repeat(600_000)}`, /too large, or no text/],
  ])('with %s is not used', async (_what, text, problem) => {
    commit({ [FILE]: text });
    const { file, problems, differs, blob } = await read();
    expect([file, differs]).toEqual([null, false]);
    expect(problems.join('\n')).toMatch(problem);
    expect(await fault(adopt(blob))).toBe('invalid');
    expect(project().environment).toEqual(DEFAULT_ENVIRONMENT);
  });

  it('that is a link is none', async () => {
    user.link(FILE, '../README.md');
    user.commit();
    expect((await read()).blob).toBeNull();
  });
});

describe('adopting', () => {
  it('makes exactly what was shown the environment in use', async () => {
    commit({ [FILE]: 'setup: make deps\nlimits: { cpus: 64, memoryBytes: 1073741824 }\n' });
    const shown = await read();
    const adopted = await adopt(shown.blob, shown.dockerfile);
    expect(adopted.environment).toEqual(shown.file);
    expect(adopted.environment.limits).toMatchObject({ cpus: 2, memoryBytes: 2 ** 30 });
    expect(project()).toEqual(adopted);
    expect(store.events.at(-1)).toMatchObject({ type: 'environmentAdopted' });
    expect(await read()).toMatchObject({ differs: false, needsApproval: [], diff: '' });
  });

  it('is refused when the last commit has another file by now, or none', async () => {
    commit({ [FILE]: 'setup: a\n' });
    const { blob } = await read();
    commit({ [FILE]: 'setup: evil\n' });
    expect(await fault(adopt(blob))).toBe('targetMoved');
    user.remove('.drydock');
    user.commit();
    expect(await fault(adopt(blob))).toBe('targetMoved');
    expect(project().environment.setup).toBe('');
  });

  it('binds the content of the Dockerfile too', async () => {
    commit({ [FILE]: 'dockerfile: Dockerfile\n', Dockerfile: 'FROM a\n' });
    const shown = await read();
    expect(shown.dockerfile).toBe(user.git('rev-parse', 'HEAD:Dockerfile'));
    commit({ Dockerfile: 'FROM evil\n' });
    expect((await read()).blob).toBe(shown.blob);
    expect(await fault(adopt(shown.blob, shown.dockerfile))).toBe('targetMoved');
    await adopt(shown.blob, (await read()).dockerfile);
    expect((await read()).needsApproval).toEqual([]);
    commit({ Dockerfile: 'FROM evil-again\n' });
    expect(await read()).toMatchObject({ differs: false, needsApproval: [{ field: 'dockerfile', message: 'Dockerfile says something else' }], dockerfileDiff: '-FROM evil\n+FROM evil-again\n' });
  });
});

describe('a Dockerfile that the user names by hand', () => {
  const set = (fields: object, dockerfile?: BlobId | null) =>
    setEnvironment(deps, once, { commandId: sampleCommandId((commands += 1)), projectId, environment: { ...DEFAULT_ENVIRONMENT, ...fields }, dockerfile });
  it('is approved as it is then; what git brings later is not, until it was shown', async () => {
    commit({ Dockerfile: 'FROM a\n' });
    await set({ dockerfile: 'Dockerfile' });
    expect((await read()).needsApproval).toEqual([]);
    commit({ Dockerfile: 'FROM b\n' });
    await set({ dockerfile: 'Dockerfile', setup: 'x' });
    const changed = await read();
    expect(changed.needsApproval.map(({ field }) => field)).toEqual(['dockerfile']);
    expect(await fault(set({ dockerfile: 'Dockerfile' }, project().approvedDockerfile ?? null))).toBe('targetMoved');
    await set({ dockerfile: 'Dockerfile', setup: 'x' }, changed.dockerfile);
    expect((await read()).needsApproval).toEqual([]);
    await set({});
    expect(project().approvedDockerfile).toBeNull();
  });
});

describe('saving', () => {
  it('writes the file that reads back as what is in use, once, and touches nothing else', async () => {
    await setEnvironment(deps, once, { commandId: sampleCommandId((commands += 1)), projectId, environment: { ...DEFAULT_ENVIRONMENT, setup: 'npm ci\n', secrets: [{ name: 'TOKEN', file: null }] } });
    user.write('README.md', 'dirty\n');
    const head = user.git('rev-parse', 'HEAD');
    expect(await save(900)).toEqual({ path: FILE, written: true });
    expect(own(FILE)).toBe(environmentFileText(deps, { projectId }).text);
    expect(user.git('status', '--porcelain', '-uall')).toBe(' M README.md\n?? .drydock/environment.yaml');
    expect(user.git('rev-parse', 'HEAD')).toBe(head);
    expect(user.git('diff', '--cached', '--name-only')).toBe('');
    expect(await save(900)).toEqual({ path: FILE, written: true });
    expect(await save()).toEqual({ path: FILE, written: false });
    user.commit();
    expect(await save()).toEqual({ path: FILE, written: false });
    expect(await read()).toMatchObject({ differs: false, needsApproval: [], problems: [] });
  });

  it('replaces the committed file, keeping its mode', async () => {
    user.write(FILE, 'setup: old\n', 0o755);
    user.commit();
    expect(await save()).toMatchObject({ written: true });
    expect(own(FILE)).toBe(environmentFileText(deps, { projectId }).text);
    expect(statSync(join(user.path, FILE)).mode & 0o111).not.toBe(0);
  });

  it.each<[string, () => void, string]>([
    ['a new file of the user', () => user.write(FILE, 'mine\n'), 'dirtyPath'],
    ['a committed file that the user changed', () => (commit({ [FILE]: 'setup: a\n' }), user.write(FILE, 'mine\n')), 'dirtyPath'],
    ['a committed file that the user deleted', () => (commit({ [FILE]: 'setup: a\n' }), user.remove(FILE)), 'dirtyPath'],
    ['a link in its place', () => user.link(FILE, '../README.md'), 'dirtyPath'],
    ['a committed link in its place', () => (user.link(FILE, '../README.md'), user.commit()), 'conflict'],
    ['a folder that is a link', () => symlinkSync(makeFolder(), join(user.path, '.drydock')), 'conflict'],
    ['a committed folder that is a link', () => (user.link('.drydock', 'src'), user.commit()), 'conflict'],
    ['a file where the folder would be', () => commit({ '.drydock': 'x' }), 'conflict'],
    ['a folder in its place', () => commit({ [`${FILE}/x`]: 'x' }), 'conflict'],
  ])('is refused by %s', async (_what, prepare, code) => {
    prepare();
    const before = user.git('status', '--porcelain', '-uall');
    expect(await fault(save())).toBe(code);
    expect(user.git('status', '--porcelain', '-uall')).toBe(before);
    expect(own('README.md')).toBe('# Small\n');
    expect(existsSync(join(user.path, 'src/environment.yaml'))).toBe(false);
  });
});

describe('proposals and imports', () => {
  it('read the last commit, by real paths, and keep what the files say nothing about', async () => {
    commit({ 'package-lock.json': '{}', 'package.json': '{"scripts":{"test":"x"}}', '.github/workflows/ci.yml': 'jobs: { a: { steps: [{ run: npx tsc --noEmit }] } }', 'packages/a b/package.json': '{"scripts":{"lint":"x"}}' });
    const limits = { ...DEFAULT_ENVIRONMENT.limits, cpus: 1 };
    const inUse = { ...project(), environment: { ...DEFAULT_ENVIRONMENT, image: 'mine', limits, variables: { A: '1' } } };
    const { environment, checks } = await proposeChange(deps, inUse, '');
    expect(environment).toEqual({ ...inUse.environment, setup: 'npm ci', maintenance: 'npm ci', lockFiles: ['package-lock.json'] });
    expect(checks).toEqual(['npm test', 'npx tsc --noEmit']);
    expect((await proposeChange(deps, inUse, 'packages/a b')).checks).toEqual(['npm run lint']);
  });

  it('a devcontainer.json is found in its places, and the others are named', async () => {
    expect(await fault(importFromDevcontainer(deps, { projectId }))).toBe('notFound');
    commit({ '.devcontainer/b/devcontainer.json': '{"image": "b"}', '.devcontainer.json': '// mine\n{"image": "a", "postCreateCommand": "make", "mounts": [],}' });
    const { environment, notTaken } = await importFromDevcontainer(deps, { projectId });
    expect([environment.image, environment.setup, environment.limits]).toEqual(['a', 'make', DEFAULT_ENVIRONMENT.limits]);
    expect(notTaken).toEqual(['mounts: not taken over, because no folder or socket of your machine is given to a container', '.devcontainer/b/devcontainer.json: not taken over, because .devcontainer.json counts']);
    expect(project().environment).toEqual(DEFAULT_ENVIRONMENT);
  });
});
