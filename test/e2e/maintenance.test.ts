import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt, type TestRepository } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const TOKEN = 'tok_82cd-5Qz/3+secret';

describe('the maintenance script', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let repository: TestRepository;
  let changes = 0;
  const environment = {
    lockFiles: ['deps.lock', 'absent.lock'],
    secrets: [{ name: 'TOKEN', file: null }],
    setup: 'date +%s%N > ~/set-up; cp deps.lock ~/installed; rm -rf ~/maintained',
    maintenance: [
      'test "$(printf %s "$TOKEN" | wc -c)" = 21 && grep -q 00000000 /proc/net/route',
      'printf "//registry.test/:_authToken=%s\\n" "$TOKEN" > ~/.npmrc',
      'if grep -q broken deps.lock; then echo "cannot resolve $TOKEN" && exit 9; fi',
      'cp deps.lock ~/installed; ls > ~/seen; date +%s%N >> ~/maintained',
    ].join('\n'),
  };

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    repository = repositoryAt(small.repository);
    await test.drydock.core.deps.secrets.keep(small.project.id, 'TOKEN', { kind: 'value', value: TOKEN });
    repository.write('gone-later/file.txt', 'gone\n');
    await lock('one');
    await small.setEnvironment(environment);
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const lock = async (content: string): Promise<void> => {
    repository.write('deps.lock', `${content}\n`);
    repository.write('number.txt', `${(changes += 1)}\n`);
    repository.commit('Another lock file');
  };
  /** A run, what its environment holds, and its log. */
  const look = async () => {
    const run = await runEnd(test, (await small.script('for file in set-up installed maintained; do echo "$file: $(tr "\\n" " " < ~/$file)"; done; cat number.txt; ls /drydock-deletions ~/.npmrc gone-later/file.txt 2>&1; true')).id);
    const work = (await wholeLog(test, run.id, 'work')).toString();
    const of = (name: string): string[] => new RegExp(`^${name}: (.*)$`, 'm').exec(work)?.[1]?.split(' ').filter((word) => word !== '') ?? [];
    return { run, work, log: (await wholeLog(test, run.id)).toString(), setUp: of('set-up').join(), installed: of('installed').join(), maintained: of('maintained') };
  };

  it('runs with internet and secrets on what the newest snapshot holds, moved to the new base, and is sealed as setup is', async () => {
    const first = await look();
    expect([first.installed, first.maintained, first.log]).toEqual(['one', [], expect.not.stringContaining('aintenance')]);
    repository.remove('gone-later');
    await lock('two');
    const second = await look();
    expect(second.log).toContain('Environment: deps.lock changed; maintenance runs on the newest snapshot before that.');
    expect([second.setUp, second.installed, second.maintained.length]).toEqual([first.setUp, 'two', 1]);
    expect(second.work).toMatch(/\n2\n.*drydock-deletions/s);
    expect(second.work).not.toMatch(/^(\/drydock-deletions|gone-later.*|.*\.npmrc)$/m);
    expect(second.work).toContain("cannot access 'gone-later/file.txt'");
    expect(second.run.turns[0]?.snapshot).toMatchObject({ reused: false, tree: second.run.turns[0]?.base?.tree, receipt: { found: [], deleted: expect.arrayContaining(['/home/agent/.npmrc']) } });
    const third = await look();
    expect([third.run.turns[0]?.snapshot?.reused, third.maintained]).toEqual([true, second.maintained]);
    await lock('three');
    const fourth = await look();
    expect([fourth.setUp, fourth.maintained.length, fourth.installed]).toEqual([first.setUp, 2, 'three']);
    expect(JSON.stringify(fourth.run) + fourth.log).not.toContain(TOKEN);
  });

  it('that fails gives way to setup from the beginning, once, and the run says why', async () => {
    const before = await look();
    await lock('broken');
    const after = await look();
    expect(after.log).toContain('Maintenance ended with status 9. The environment is set up from the beginning.');
    expect(after.log).toContain(`cannot resolve ${'*'.repeat(TOKEN.length)}`);
    expect([after.run.state.name, after.setUp === before.setUp, after.installed, after.maintained]).toEqual(['reviewable', false, 'broken', []]);
    expect(after.run.turns[0]?.snapshot?.reused).toBe(false);
    await expect.poll(async () => (await test.labelled()).containers).toEqual([]);
  });

  it('does not run where anything else of the environment has changed, nor where there is none', async () => {
    await lock('four');
    await small.setEnvironment({ ...environment, variables: { OTHER: '1' } });
    expect((await look()).log).not.toContain('aintenance');
    await small.setEnvironment({ ...environment, maintenance: '' });
    expect((await look()).maintained).toEqual([]);
    await lock('five');
    expect(await look()).toMatchObject({ maintained: [], installed: 'five' });
  });
});
