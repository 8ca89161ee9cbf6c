import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { startWorld, type World } from '../support/world.ts';

describe('a work phase with an allow-list', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let world: World;

  beforeAll(async () => {
    world = await startWorld();
    test = await startDrydock({ reach: world.reach });
    small = await addSmallProject(test, { network: networkPolicy.parse({ rules: [{ host: 'allowed.test', methods: ['GET'] }] }) });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
    world.close();
  });

  const asks = (command: string) => small.launch({ runsWith: { mode: 'script', command, internet: 'allowlist' } });

  it('reaches what is allowed, by the method that is allowed, and nothing else', async () => {
    const run = await asks(
      [
        'curl -sS http://allowed.test/page; echo',
        'curl -sS -X POST -d x http://allowed.test/page; echo',
        'curl -sS http://denied.test/?q=stolen; echo',
        'curl -sS --noproxy "*" --max-time 3 http://93.184.216.34/ || echo "no way around: $?"',
        'ls /sys/class/net; getent hosts allowed.test || echo "no names"',
      ].join('\n'),
    );
    const ended = await runEnd(test, run.id);
    const log = (await wholeLog(test, run.id, 'work')).toString();
    expect([ended.state.name, log]).toEqual(['reviewable', expect.stringContaining('the world says hello')]);
    expect(log).toContain('"methodNotAllowed"');
    expect(log).toContain('"notAllowed"');
    expect(log).toContain('no way around');
    expect(log).toContain('lo\nno names');
    expect(world.seen).toEqual([{ method: 'GET', host: 'allowed.test', url: '/page' }]);
    expect(new Set(world.resolved)).toEqual(new Set(['allowed.test']));
    const entries = test.drydock.core.deps.store.networkEntries(run.id);
    expect(entries.map(({ host, method, refused }) => [host, method, refused])).toEqual([
      ['allowed.test', 'GET', null],
      ['allowed.test', 'POST', 'methodNotAllowed'],
      ['denied.test', 'GET', 'notAllowed'],
    ]);
    await expect.poll(async () => (await test.labelled()).containers).toEqual([]);
  });

  it('tells what was asked for, and passes after "allow and retry", for this brief or for all', async () => {
    const run = await runEnd(test, (await asks('curl -fsS http://other.test/wanted || echo refused')).id);
    const { policy, entries } = await test.client.runs.network({ runId: run.id });
    expect(policy).toMatchObject({ mode: 'allowlist', rules: [{ host: 'allowed.test', methods: ['GET'] }] });
    expect(entries).toMatchObject([{ host: 'other.test', refused: 'notAllowed', count: 1 }]);
    const rules = entries.flatMap(({ wouldNeed }) => (wouldNeed === null ? [] : [wouldNeed]));
    const again = await runEnd(test, (await test.client.runs.allowAndRetry({ commandId: newCommand(), runId: run.id, rules, remember: false })).id);
    expect((await wholeLog(test, again.id, 'work')).toString()).toBe('the world says hello\n');
    const known = async () => (await test.client.projects.list({})).find(({ id }) => id === small.project.id)?.environment.network.rules.map(({ host }) => host);
    expect(await known()).toEqual(['allowed.test']);
    await runEnd(test, (await test.client.runs.allowAndRetry({ commandId: newCommand(), runId: run.id, rules, remember: true })).id);
    expect(await known()).toEqual(['allowed.test', 'other.test']);
  });

  it("writes the image's registries out as rules for reading, before the first container", async () => {
    await small.setEnvironment({ network: networkPolicy.parse({ presets: ['registries', 'sources'] }) });
    const run = await runEnd(test, (await asks('npm config get registry')).id);
    const registry = new URL((await wholeLog(test, run.id, 'work')).toString().trim());
    expect(run.order.network.presets).toEqual([]);
    expect(run.order.network.rules).toContainEqual(expect.objectContaining({ host: registry.hostname, methods: ['GET', 'HEAD'] }));
  });

  it('keeps checks sealed', async () => {
    const run = await small.launch({ checks: [{ command: 'ls /sys/class/net; ! curl -sS --max-time 3 http://allowed.test/' }], runsWith: { mode: 'script', command: 'echo 1 > made', internet: 'allowlist' } });
    const ended = await runEnd(test, run.id);
    expect(ended.turns[0]?.checks.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
  });
});
