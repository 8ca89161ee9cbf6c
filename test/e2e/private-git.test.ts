import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { startGitServer, type GitServer } from '../support/git-server.ts';
import { quietGit, repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const PASSWORD = 'pw_44af-2Qz7secret';

describe('a private git repository that setup needs', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let server: GitServer;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    const source = join(small.repository, '../source');
    mkdirSync(source);
    const repository = repositoryAt(source);
    repository.git('init', '--quiet', '--initial-branch=main');
    repository.write('library.txt', 'from a private repository\n');
    repository.commit();
    execFileSync('git', ['clone', '--quiet', '--bare', source, join(small.repository, '../served/private.git')], { env: quietGit });
    server = await startGitServer(join(small.repository, '../served'), 'robot', PASSWORD);
    await test.drydock.core.deps.secrets.keep(small.project.id, 'GIT_SIGN_IN', { kind: 'value', value: `http://robot:${PASSWORD}@${server.host}\n` });
  });
  afterAll(async () => {
    server.close();
    await test.dispose();
    await small.remove();
  });

  const setup = (): string => `git config --global credential.helper store\nGIT_TERMINAL_PROMPT=0 git clone -q http://${server.host}/private.git ~/private`;

  it('is cloned with a secret that is laid out as a file, and nothing of that is left', async () => {
    await small.setEnvironment({ secrets: [{ name: 'GIT_SIGN_IN', file: '~/.git-credentials' }], setup: setup() });
    const run = await runEnd(test, (await small.script(`cat ~/private/library.txt; ls -a ~; echo "found in $(grep -rl "44af[-]2Qz7" ~ /workspace /run /etc /tmp 2>/dev/null | wc -l) files"; git -C ~/private fetch 2>&1 | head -1`)).id);
    const log = (await wholeLog(test, run.id)).toString();
    expect([run.state.name, log]).toEqual(['reviewable', expect.stringContaining('from a private repository')]);
    expect(log).toContain('found in 0 files');
    expect(log).not.toContain('44af-2Qz7');
    expect(log).not.toMatch(/\.git-credentials|\.gitconfig/);
    expect(run.turns[0]?.snapshot?.receipt).toMatchObject({ secrets: ['GIT_SIGN_IN'], found: [], deleted: expect.arrayContaining(['/home/agent/.git-credentials']) });
    expect(server.asked.filter(({ signedIn }) => signedIn).length).toBeGreaterThan(0);
    expect(log).toMatch(/(unable to access|Could not resolve|Failed to connect)/);
  });

  it('is refused without one, and setup says so', async () => {
    await small.setEnvironment({ secrets: [], setup: setup() });
    const run = await runEnd(test, (await small.script('true')).id);
    expect(run.state).toMatchObject({ name: 'failed', phase: 'settingUp' });
    expect((await wholeLog(test, run.id, 'setup')).toString()).toMatch(/could not read Username|Authentication failed/);
  });
});
