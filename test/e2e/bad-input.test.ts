import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FaultCode } from '../../src-main/contract/fault.ts';
import type { LandingTarget } from '../../src-main/contract/landing.ts';
import { briefText } from '../../src-main/contract/brief.ts';
import type { BriefInput } from '../support/small-project.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, startDrydock, type TestDrydock } from '../support/drydock.ts';
import { makeFolder, makeRepository, makeSmallRepository, quietGit, type TestRepository } from '../support/repository.ts';

describe('what cannot be done', () => {
  let test: TestDrydock;
  beforeAll(async () => {
    test = await startDrydock();
  });
  afterAll(() => test.dispose());

  /** Refused with this code, in words: what happened, and what to do. */
  const refused = async (call: Promise<unknown>, code: FaultCode, message: RegExp): Promise<void> => {
    const fault = await call.then(() => null, (error: { data?: { code: string; message: string; next: string } }) => error.data ?? error);
    expect(fault).toMatchObject({ code, message: expect.stringMatching(message), next: expect.stringMatching(/\w.*\.$/s) });
  };
  const add = (path: string) => test.client.projects.add({ commandId: newCommand(), path });
  const launch = async (repository: TestRepository, text: BriefInput): Promise<Run> => {
    const project = await add(repository.path);
    const brief = await test.client.briefs.create({ commandId: newCommand(), projectId: project.id, text: briefText.parse(text) });
    return runEnd(test, (await test.client.briefs.launch({ commandId: newCommand(), briefId: brief.id })).id);
  };
  const script = (command: string) => ({ mode: 'script' as const, command });

  it('a folder that is no repository, does not exist, is bare, or has no commit', async () => {
    await refused(add(makeFolder()), 'notARepository', /repository/);
    await refused(add('/nonexistent/folder'), 'notARepository', /nonexistent/);
    const bare = join(makeFolder(), 'bare.git');
    mkdirSync(bare);
    execFileSync('git', ['init', '--quiet', '--bare', bare], { env: quietGit });
    await refused(add(bare), 'bareRepository', /bare/);
    await refused(add(makeRepository().path), 'noCommit', /commit/);
  });

  it('a base that does not exist: refused before a run, and failing a run that names it', async () => {
    const repository = makeSmallRepository();
    const project = await add(repository.path);
    await refused(test.client.bases.resolve({ projectId: project.id, base: { kind: 'branch', name: 'nowhere' } }), 'baseNotFound', /nowhere/);
    const run = await launch(repository, { runsWith: { ...script('true'), base: { kind: 'commit', commit: 'deadbeef' } } });
    expect(run.state).toMatchObject({ name: 'failed', phase: 'preparing', reason: { kind: 'fault', fault: { code: 'baseNotFound', next: expect.stringMatching(/\w/) } } });
  });

  it('a brief file with wrong fields, a brief without a command', async () => {
    await refused(test.client.briefs.importFile({ markdown: '---\nruns: fast\ntimeBudgetMinutes: soon\n---\n' }), 'invalid', /timeBudgetMinutes|runs/);
    const project = await add(makeSmallRepository().path);
    const brief = await test.client.briefs.create({ commandId: newCommand(), projectId: project.id, text: briefText.parse({}) });
    await refused(test.client.briefs.launch({ commandId: newCommand(), briefId: brief.id }), 'invalid', /command/i);
  });

  it('landing: onto a branch that exists, onto one that moved, over a dirty path', async () => {
    const repository = makeSmallRepository();
    repository.git('branch', 'taken');
    const run = await launch(repository, { runsWith: script('echo new >> src/main.txt') });
    const preview = (target: LandingTarget) => test.client.runs.previewLanding({ runId: run.id, target });
    const land = async (target: LandingTarget, token: string) => test.client.runs.land({ commandId: newCommand(), runId: run.id, target, token });
    const taken: LandingTarget = { kind: 'branch', name: 'taken', onto: null, message: '' };
    await refused(preview(taken).then(({ token }) => land(taken, token)), 'branchExists', /taken/);
    const moved: LandingTarget = { kind: 'branch', name: 'fresh', onto: 'main', message: '' };
    const { token } = await preview(moved);
    repository.write('other.txt', 'moved\n');
    repository.commit('Moved');
    await refused(land(moved, token), 'targetMoved', /main|moved|changed/);
    repository.write('src/main.txt', 'edited by hand\n');
    const tree: LandingTarget = { kind: 'workingTree', overwriteChanged: false };
    await refused(preview(tree).then((seen) => land(tree, seen.token)), 'dirtyPath', /main\.txt/);
    expect(repository.git('status', '--porcelain')).toBe(' M src/main.txt'.trim() === '' ? '' : ' M src/main.txt');
    expect(repository.git('branch', '--format=%(refname:short)')).toBe('main\ntaken');
  });

  it('runs all the same, with a note, on a detached HEAD, a submodule that was not fetched, LFS pointers and a shallow clone', async () => {
    const detached = makeSmallRepository();
    detached.git('checkout', '--quiet', '--detach');
    const whole = makeSmallRepository();
    whole.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', makeSmallRepository().path, 'part');
    whole.commit('With a part');
    const submodule = makeRepository();
    submodule.git('fetch', '--quiet', `file://${whole.path}`, 'main');
    submodule.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const lfs = makeSmallRepository();
    lfs.write('.gitattributes', '*.bin filter=lfs diff=lfs merge=lfs -text\n');
    lfs.write('big.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`);
    lfs.commit('With LFS');
    const shallow = makeRepository();
    shallow.git('fetch', '--quiet', '--depth=1', `file://${makeSmallRepository().path}`, 'main');
    shallow.git('reset', '--quiet', '--hard', 'FETCH_HEAD');
    const runs = await Promise.all([detached, submodule, lfs, shallow].map((repository) => launch(repository, { runsWith: script('echo more >> README.md') })));
    expect(runs.map((run) => run.state.name)).toEqual(['reviewable', 'reviewable', 'reviewable', 'reviewable']);
    const [ofDetached, ofSubmodule, ofLfs] = runs.map((run) => run.turns[0]?.base);
    expect(ofDetached?.description).toMatch(/detached|HEAD/i);
    expect(ofSubmodule?.notes.join(' ')).toMatch(/Submodules .* are left empty: part/);
    expect(ofLfs?.notes.join(' ')).toMatch(/LFS/);
    for (const run of runs) expect((await test.client.runs.changes({ runId: run.id })).files.map((file) => file.path)).toEqual(['README.md']);
  });
});
