import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import type { ContainerFacts } from '../../src-main/ports/container-engine.ts';
import { LABEL } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { startWorld, type World } from '../support/world.ts';

const execute = promisify(execFile);
const PATIENCE = { timeout: 60_000 };

describe('containers that are made ahead', () => {
  let world: World;
  let test: TestDrydock;
  let small: SmallProject;

  beforeEach(async () => {
    world = await startWorld();
    test = await startDrydock({ reach: world.reach });
    small = await addSmallProject(test);
  });
  afterEach(async () => {
    await test.dispose();
    await small.remove();
    world.close();
  });

  const engine = () => {
    const present = test.drydock.core.deps.engines.engine();
    if (present === null) throw new Error('no engine');
    return present;
  };
  const made = async (): Promise<readonly ContainerFacts[]> => (await engine().containers({ [LABEL.owner]: test.drydock.core.deps.owner })).filter(({ labels }) => labels[LABEL.warm] !== undefined);
  const waiting = async (): Promise<ContainerFacts[]> => (await made()).filter(({ name, labels }) => name.startsWith('drydock-warm-') && labels[LABEL.phase] === 'work');
  const count = (): number => test.drydock.core.warm.counts()[small.project.id] ?? 0;
  const warm = (number: number) => expect.poll(count, PATIENCE).toBe(number);
  const commit = async (): Promise<void> => {
    await execute('git', ['-C', small.repository, '-c', 'user.name=A', '-c', 'user.email=a@example.invalid', 'commit', '--quiet', '--allow-empty', '-m', 'Same files']);
  };
  const move = async (): Promise<void> => {
    await execute('bash', ['-c', 'date +%N > moved.txt && git add -A && git -c user.name=A -c user.email=a@example.invalid commit --quiet -m Moved'], { cwd: small.repository });
  };
  const logOf = async (id: Parameters<typeof wholeLog>[1], source = 'work') => (await wholeLog(test, id, source)).toString();

  it('is taken by a run as it is, once, and made again; nothing of it stays at the end', async () => {
    await small.setEnvironment({ warm: 2, variables: { COLOUR: 'dark blue' } });
    await warm(2);
    const before = await waiting();
    expect(before.map(({ state }) => state)).toEqual(['created', 'created']);
    const command = "echo \"$COLOUR it's $(ls)\"; id -u; pwd; echo $0 $#; echo err >&2; echo more >> README.md";
    const run = await small.script(command, { checks: [{ command: 'grep more README.md' }] });
    const ended = await runEnd(test, run.id);
    expect([ended.state.name, await logOf(run.id, 'drydock')]).toEqual(['reviewable', expect.stringContaining('made ahead')]);
    const cold = await small.setEnvironment({ warm: 0, variables: { COLOUR: 'dark blue' } }).then(() => small.script(command));
    await runEnd(test, cold.id);
    // Exactly as the run would have said in a container of its own.
    expect(await logOf(run.id)).toBe(await logOf(cold.id));
    expect(await logOf(run.id)).toContain("dark blue it's");
    await small.setEnvironment({ warm: 2, variables: { COLOUR: 'dark blue' } });
    await warm(2);
    const ids = new Set(before.map(({ id }) => id));
    expect((await waiting()).filter(({ id }) => ids.has(id))).toEqual([]);
    await test.drydock.core.warm.dispose();
    await expect.poll(async () => (await test.labelled()).containers, PATIENCE).toEqual([]);
  });

  it('is thrown away when the base moves, the environment changes or its snapshot goes, and not when only the commit is another', async () => {
    await small.setEnvironment({ warm: 1, setup: 'echo set > made-by-setup' });
    // Nothing to make it from before the environment has been set up once.
    expect((await runEnd(test, (await small.script('cat made-by-setup; echo 1 > one')).id)).state.name).toBe('reviewable');
    await warm(1);
    const first = await waiting();
    await commit();
    const same = await runEnd(test, (await small.script('cat made-by-setup; echo 2 > two')).id);
    expect(await logOf(same.id, 'drydock')).toContain('made ahead');
    await warm(1);
    await move();
    // Not seen yet, and all the same not taken: the run starts from what is there now.
    const moved = await runEnd(test, (await small.script('cat made-by-setup moved.txt; echo 3 > three')).id);
    expect([moved.state.name, await logOf(moved.id, 'drydock')]).toEqual(['reviewable', expect.not.stringContaining('made ahead')]);
    await warm(1);
    const onMoved = await runEnd(test, (await small.script('cat made-by-setup moved.txt; echo 4 > four')).id);
    expect([await logOf(onMoved.id, 'drydock'), await logOf(onMoved.id)]).toEqual([expect.stringContaining('made ahead'), expect.stringMatching(/^set\n\d+\n$/)]);
    await warm(1);
    const [snapshot] = await test.client.fleet.snapshots({});
    await expect.poll(async () => (await test.client.fleet.snapshots({}))[0]?.inUse, PATIENCE).toBe(false);
    await test.client.fleet.removeSnapshot({ commandId: newCommand(), key: snapshot?.key ?? '' });
    await warm(0);
    await expect.poll(() => test.labelled(), PATIENCE).toEqual({ containers: [], images: [] });
    expect(first).toHaveLength(1);
  });

  it('behind an allow-list has its relay, tested; a run with another policy does not take it', async () => {
    await small.setEnvironment({ warm: 1, network: networkPolicy.parse({ mode: 'allowlist', rules: [{ host: 'allowed.test' }] }) });
    await warm(1);
    expect((await made()).map(({ labels, state }) => [labels[LABEL.phase], state]).toSorted()).toEqual([['relay', 'running'], ['work', 'created']]);
    const sealed = await runEnd(test, (await small.script('curl -sS --max-time 2 http://allowed.test/ || echo sealed; echo 1 > one')).id);
    expect([await logOf(sealed.id, 'drydock'), await logOf(sealed.id)]).toEqual([expect.not.stringContaining('made ahead'), expect.stringContaining('sealed')]);
    await warm(1);
    const asks = 'curl -sS http://allowed.test/page; curl -sS http://denied.test/; echo; ls /sys/class/net; echo 1 > one';
    const run = await runEnd(test, (await small.launch({ runsWith: { mode: 'script', command: asks, internet: 'allowlist' } })).id);
    expect([await logOf(run.id, 'drydock'), await logOf(run.id)]).toEqual([expect.stringContaining('made ahead'), expect.stringMatching(/^the world says hello\n.*notAllowed.*\nlo\n$/s)]);
    expect(test.drydock.core.deps.store.networkEntries(run.id).map(({ host, refused }) => [host, refused])).toEqual([['allowed.test', null], ['denied.test', 'notAllowed']]);
    // Another policy by its rules alone: what is forwarded is the run's own to say, and methods need an authority that was not built in.
    await warm(1);
    await small.setEnvironment({ warm: 1, network: networkPolicy.parse({ mode: 'allowlist', rules: [{ host: 'allowed.test', methods: ['GET'] }] }) });
    const trusting = await runEnd(test, (await small.launch({ runsWith: { mode: 'script', command: 'curl -sS -X POST -d x http://allowed.test/; test -s "$SSL_CERT_FILE" && echo trusts; echo 1 > one', internet: 'allowlist' } })).id);
    expect(await logOf(trusting.id)).toMatch(/methodNotAllowed.*trusts/s);
  });

  it('leaves nothing when the run that took it is cancelled, and is not taken when somebody has touched it', async () => {
    await small.setEnvironment({ warm: 1, network: networkPolicy.parse({ mode: 'allowlist', rules: [{ host: 'allowed.test' }] }) });
    await warm(1);
    const run = await small.launch({ runsWith: { mode: 'script', command: 'sleep 600', internet: 'allowlist' } });
    await runWhere(test, run.id, ({ state }) => state.name === 'working' && state.container !== null);
    await expect.poll(() => logOf(run.id, 'drydock'), PATIENCE).toContain('made ahead');
    await small.setEnvironment({ warm: 0 });
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    await runEnd(test, run.id);
    await expect.poll(async () => (await test.labelled()).containers, PATIENCE).toEqual([]);
    await small.setEnvironment({ warm: 1 });
    await warm(1);
    const [touched] = await waiting();
    await engine().start(touched?.id ?? '');
    const next = await runEnd(test, (await small.script('echo whole; echo 1 > one')).id);
    expect([next.state.name, await logOf(next.id), await logOf(next.id, 'drydock')]).toEqual(['reviewable', 'whole\n', expect.stringContaining('thrown away')]);
    expect((await made()).map(({ id }) => id)).not.toContain(touched?.id);
  });
});
