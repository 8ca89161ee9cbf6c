import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BASE_IMAGE_LATEST } from '../../resources/engine/base-image-tag.mjs';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt, type TestRepository } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const TOKEN = 'tok_61ab-9Qz/7+secret';

describe('an image from a Dockerfile of the repository', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let repository: TestRepository;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    repository = repositoryAt(small.repository);
    await test.drydock.core.deps.secrets.keep(small.project.id, 'TOKEN', { kind: 'value', value: TOKEN });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  /** Commits a Dockerfile and approves it, as somebody does who looks at it in the environment. */
  const describeBy = async (lines: readonly string[], files: Readonly<Record<string, string>> = {}, environment: Parameters<SmallProject['setEnvironment']>[0] = {}): Promise<void> => {
    for (const [path, content] of Object.entries({ Dockerfile: `FROM ${BASE_IMAGE_LATEST}\n${lines.join('\n')}\n`, ...files })) repository.write(path, content);
    repository.commit('An image');
    await small.setEnvironment({ dockerfile: null });
    await small.setEnvironment({ dockerfile: 'Dockerfile', ...environment });
  };
  const log = async (run: Pick<Run, 'id'>, source?: string): Promise<string> => (await wholeLog(test, run.id, source)).toString();
  const ended = async (command: string): Promise<Run> => runEnd(test, (await small.script(command)).id);
  const images = async (): Promise<string[]> => (await test.labelled()).images.filter((reference) => reference.startsWith('drydock/image:'));

  it('is made of what is committed, once, without secrets, and its own wishes are nobody’s orders', async () => {
    const wishes = ['USER root', 'RUN id -u > /made-by && env > /made-env', 'ENTRYPOINT ["/bin/echo", "hijacked"]', 'HEALTHCHECK CMD touch /healthy', 'VOLUME /data', 'USER 0', 'WORKDIR /root', `LABEL drydock.run=run_0 drydock.data=stolen`];
    await describeBy(
      ['USER root', 'COPY . /given', 'RUN cd /given && find . -type f -o -type l | sort > /made-from && grep -q 00000000 /proc/net/route', 'RUN ls /run/secrets /root/.ssh 2>&1 | head -3', `RUN echo "the token is ${TOKEN.slice(0, 8)}""${TOKEN.slice(8)}"`, ...wishes],
      { '.dockerignore': 'products*\n!products.keep\ntest\n**/*.md\n', 'products.keep': 'kept\n', 'notes/deep.md': 'no\n' },
      { secrets: [{ name: 'TOKEN', file: null }], setup: 'cp /made-from ~/from-setup; id -u > ~/who' },
    );
    repository.write('uncommitted.txt', 'never given\n');
    const first = await ended('cat ~/from-setup ~/who /made-by; ! grep -q TOKEN /made-env; id -u; pwd; ls /healthy');
    expect([first.state.name, await log(first)]).toEqual(['failed', expect.stringContaining('Step 3/')]);
    const said = await log(first, 'work');
    expect(said).toMatch(/^\.\/\.dockerignore\n\.\/Dockerfile\n/);
    for (const [name, isThere] of [['products.keep', true], ['uncommitted.txt', false], ['deep.md', false], ['./package.json', true], ['./test/', false], ['hijacked', false], ['.git/', false]] as const) expect([name, said.includes(name)]).toEqual([name, isThere]);
    expect(said).toMatch(/\n1000\n0\n1000\n\/workspace\nls: cannot access '\/healthy'/);
    expect(await log(first)).toContain(`the token is ${'*'.repeat(TOKEN.length)}`);
    expect(JSON.stringify(first) + (await log(first))).not.toContain('61ab-9Qz');
    expect(await images()).toHaveLength(1);

    const second = await ended('cat ~/from-setup');
    expect([second.state.name, second.turns[0]?.snapshot?.reused, await log(second)]).toEqual(['reviewable', true, expect.not.stringContaining('Step ')]);
    await expect.poll(async () => (await test.labelled()).containers).toEqual([]);
    await small.setEnvironment({ dockerfile: 'Dockerfile', setup: '' });
  });

  it('is made once when it is asked for twice at the same time, and is not made anew for a commit that changes nothing of it', async () => {
    await describeBy(['RUN sleep 1; date +%N > /tmp/made-at']);
    await test.client.service.changeSettings({ commandId: newCommand(), settings: { slots: 2 } });
    const runs = await Promise.all([small.script('cat /tmp/made-at'), small.script('cat /tmp/made-at')]);
    const ends = await Promise.all(runs.map(({ id }) => runEnd(test, id)));
    expect(ends.map(({ state }) => state.name)).toEqual(['reviewable', 'reviewable']);
    const logs = await Promise.all(ends.map((run) => log(run)));
    expect(logs.filter((text) => text.includes('Step 2/'))).toHaveLength(1);
    expect(new Set(await Promise.all(ends.map((run) => log(run, 'work')))).size).toBe(1);
    repository.write('README.md', 'changed\n');
    repository.commit('Nothing that the image is made of');
    const next = await ended('cat /tmp/made-at');
    expect([await log(next, 'work'), await log(next)]).toEqual([await log(ends[0] ?? next, 'work'), expect.not.stringContaining('Step 2/')]);
  });

  it('that cannot be made fails the run before it begins, says at which step and why, and waits for the project to be mended', async () => {
    await describeBy(['RUN echo fine', 'RUN echo "no such package: left-pad" && exit 3']);
    const run = await ended('true');
    expect(run.state).toMatchObject({ name: 'failed', phase: 'preparing', reason: { fault: { code: 'imageNotMade', message: expect.stringMatching(/step 3 of Dockerfile \(RUN echo "no such.*non-zero code: 3.*Last it said: no such package: left-pad/) } } });
    expect(await log(run, 'setup')).toContain('no such package: left-pad');
    const { pauses } = test.drydock.core.supervisor.view();
    expect(pauses).toMatchObject([{ projectId: small.project.id, fault: { code: 'imageNotMade' } }]);
    await describeBy(['RUN echo mended']);
    expect(test.drydock.core.supervisor.view().pauses).toEqual([]);
    expect((await ended('true')).state.name).toBe('reviewable');
  });

  it.each([
    ['an instruction that there is none', ['HALT now'], /unknown instruction: HALT/],
    ['a file that is not committed', ['COPY never-there.txt /'], /never-there\.txt/],
    ['a secret of the builder', ['RUN --mount=type=secret,id=TOKEN cat /run/secrets/TOKEN'], /mount/],
  ])('with %s says so', async (_, lines, why) => {
    await describeBy(lines);
    expect((await ended('true')).state).toMatchObject({ name: 'failed', reason: { fault: { code: 'imageNotMade', message: expect.stringMatching(why) } } });
  });

  it('takes no longer than setup may, and ends when the run is cancelled', async () => {
    await describeBy(['RUN echo begun; sleep 300'], {}, { setupTimeoutSeconds: 4 });
    expect((await ended('true')).state).toMatchObject({ reason: { fault: { message: expect.stringContaining('longer than the environment') } } });
    await small.setEnvironment({ dockerfile: 'Dockerfile' });
    const run = await small.script('true');
    await expect.poll(() => log(run, 'setup'), { timeout: 20_000 }).toContain('begun');
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    expect((await runWhere(test, run.id, ({ state }) => state.name === 'cancelled')).state.name).toBe('cancelled');
    await expect.poll(() => test.drydock.core.deps.engines.engine()?.networks({ 'drydock.run': run.id }), { timeout: 15_000 }).toEqual([]);
  });

  it('gets no internet when git has brought another Dockerfile, until that is approved', async () => {
    await describeBy(['RUN echo approved']);
    repository.write('Dockerfile', `FROM ${BASE_IMAGE_LATEST}\nRUN echo from somebody else > /tmp/made\n`);
    repository.commit('Somebody else’s');
    const run = await ended('cat /tmp/made');
    expect(run.state).toMatchObject({ name: 'failed', phase: 'preparing', reason: { fault: { code: 'notApproved', next: expect.stringContaining('env adopt') } } });
    expect(await log(run)).not.toContain('Step 1');
    const shown = await test.client.projects.readEnvironmentFile({ projectId: small.project.id });
    expect(shown).toMatchObject({ file: null, needsApproval: [{ field: 'dockerfile' }], dockerfileDiff: expect.stringContaining('-RUN echo approved\n+RUN echo from somebody else') });
    const project = (await test.client.projects.list({})).find(({ id }) => id === small.project.id);
    await test.client.projects.setEnvironment({ commandId: newCommand(), projectId: small.project.id, environment: project?.environment ?? expect.unreachable(), dockerfile: shown.dockerfile });
    expect(await log(await ended('cat /tmp/made'), 'work')).toBe('from somebody else\n');
  });

  it('goes with its project', async () => {
    expect((await images()).length).toBeGreaterThan(0);
    await test.client.projects.remove({ commandId: newCommand(), projectId: small.project.id });
    await expect.poll(images, { timeout: 15_000 }).toEqual([]);
  });
});
