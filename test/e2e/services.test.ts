import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { check } from '../../src-main/contract/brief.ts';
import { serviceSpec, type ServiceSpec } from '../../src-main/contract/project.ts';
import { containerName } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { foreignImage } from '../support/foreign-image.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { testImage } from '../support/test-image.ts';

const exec = promisify(execFile);
const PRICES = `import psycopg2
with psycopg2.connect("host=127.0.0.1 dbname=shop user=postgres password=paper") as shop, shop.cursor() as cursor:
    cursor.execute("create table if not exists sold (item text, pence int)")
    cursor.execute("insert into sold values ('apple', 30)")
    cursor.execute("select count(*) from sold")
    print("sold", cursor.fetchone()[0])
`;
const RUN = `printf '%s' '${PRICES.replaceAll("'", `'\\''`)}' > prices.py`;

let postgres: string;
let redis: string;
let python: string;

const database = (change: Partial<ServiceSpec> = {}): ServiceSpec => ({
  ...serviceSpec.parse({ name: 'db', image: postgres, variables: { POSTGRES_PASSWORD: 'paper', POSTGRES_DB: 'shop' }, health: 'pg_isready --quiet --host 127.0.0.1' }),
  ...change,
});

beforeAll(async () => {
  [postgres, redis, python] = await Promise.all([testImage('postgres'), testImage('redis'), testImage('python')]);
}, 300_000);

describe('services beside a run', () => {
  let test: TestDrydock;
  let small: SmallProject;

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test, { image: python, services: [database()] });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  const base = () => test.drydock.core.deps.baseImage;
  /** A service of one shell command in the base image. */
  const shell = (name: string, command: string, more: Partial<ServiceSpec> = {}): ServiceSpec => ({ ...serviceSpec.parse({ name, image: base(), variables: {}, command: ['sh', '-c', command] }), ...more });
  const emptied = () => expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000, interval: 100 }).toEqual([]);

  it('are there for the work and, each time fresh, for its checks, with the internet off, and go with it', async () => {
    const run = await small.script(`${RUN}\npython3 prices.py; python3 prices.py; ls /sys/class/net; tail -n +2 /proc/net/route`, { checks: [{ command: 'python3 prices.py', expect: 'passes' }] });
    const ended = await runEnd(test, run.id);
    const log = (await wholeLog(test, run.id)).toString();
    expect([ended.state.name, log]).toEqual(['reviewable', expect.stringMatching(/Starting the service db .*\nThe service db is ready after \d+\.\d s\.\n/)]);
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe('sold 1\nsold 2\nlo\n');
    expect((await wholeLog(test, run.id, 'check:0:result')).toString()).toBe('sold 1\n');
    expect(ended.turns[0]?.checks.map(({ side, exitCode }) => [side, exitCode])).toEqual([['result', 0], ['base', 2]]);
    await emptied();
  });

  it('are several, each at its port, one told by its command where that is', async () => {
    const cache = serviceSpec.parse({ name: 'cache', image: redis, variables: {}, command: ['redis-server', '--port', '6400'], health: 'redis-cli -p 6400 ping | grep -q PONG' });
    await small.setEnvironment({ image: python, services: [database(), cache] });
    const asks = 'exec 3<>/dev/tcp/127.0.0.1/6400; printf "INCR asked\\r\\nSAVE\\r\\n" >&3; head -n 2 <&3';
    const ended = await runEnd(test, (await small.script(`${RUN}\npython3 prices.py; ${asks}`, { checks: [{ command: asks }] })).id);
    expect(ended.state.name).toBe('reviewable');
    for (const [source, said] of [['work', 'sold 1\n:1\r\n+OK\r\n'], ['check:0:result', ':1\r\n+OK\r\n'], ['check:0:base', ':1\r\n+OK\r\n']]) expect((await wholeLog(test, ended.id, source)).toString()).toBe(said);
    await emptied();
  });

  it.each(['allowlist', 'full'] as const)('are there in mode %s too, and for setup, whose data is not kept', async (internet) => {
    await small.setEnvironment({ image: python, services: [database()], setup: `${RUN}\npython3 prices.py # ${internet}` });
    const run = await small.launch({ runsWith: { mode: 'script', command: `${RUN}\npython3 prices.py; ls /sys/class/net`, internet } });
    const ended = await runEnd(test, run.id);
    expect([ended.state.name, (await wholeLog(test, run.id)).toString()]).toEqual(['reviewable', expect.stringContaining('sold')]);
    expect((await wholeLog(test, run.id, 'setup')).toString()).toBe('sold 1\n');
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe(`sold 1\n${internet === 'full' ? 'eth0\n' : ''}lo\n`);
    await emptied();
  });

  it.each<[string, () => ServiceSpec[], string[], string]>([
    ['is never well', () => [shell('cache', 'echo warming up; sleep 1000', { health: 'echo still cold; exit 7', readyWithinSeconds: 2 })], ['service cache', 'not ready within 2 s', 'ended with 7: still cold', 'warming up'], 'health command of cache'],
    ['has a health command that hangs', () => [shell('cache', 'sleep 1000', { health: 'sleep 1000', readyWithinSeconds: 2 })], ['not ready within 2 s', 'did not end'], 'cache'],
    ['ends early', () => [database(), shell('cache', 'echo one; sleep 0.3; echo no configuration >&2; exit 3', { health: 'false' })], ['service cache', 'ended with status 3 before it was ready', 'one / no configuration'], 'cache'],
    ['has no such program', () => [shell('cache', '', { command: ['/no/such/server'], health: 'true' })], ['service cache', '/no/such/server'], 'cache'],
    ['uses up its memory', () => [shell('cache', 'exec node -e "const all = []; for (;;) all.push(Buffer.alloc(2 ** 24, 1))"', { health: 'false', readyWithinSeconds: 60 })], ['service cache', 'used up its memory'], 'cache'],
    ['takes the port of another', () => [database(), { ...database(), name: 'second' }], ['ended with status 1', 'a port that it wants is in use'], '127.0.0.1'],
  ])('that %s fails the run, naming it, what it said last and the next step', async (_, services, words, next) => {
    await small.setEnvironment({ image: python, services: services(), limits: { ...small.project.environment.limits, memoryBytes: 2 ** 28 } });
    const ended = await runEnd(test, (await small.script('sleep 60; echo never')).id);
    expect(ended.state).toMatchObject({ name: 'failed', phase: 'working', reason: { kind: 'fault', fault: { code: 'serviceFailed', next: expect.stringContaining(next) } } });
    const { message } = (ended.state as { reason: { fault: { message: string } } }).reason.fault;
    for (const word of words) expect(message).toContain(word);
    expect((await wholeLog(test, ended.id)).toString()).not.toContain('never');
    await emptied();
  });

  it('that is not on this machine fails the run before its setup; one name twice is not taken', async () => {
    await small.setEnvironment({ image: python, services: [database({ image: 'nobody/has-this:1' })], setup: 'echo never' });
    const ended = await runEnd(test, (await small.script('true')).id);
    expect(ended.state).toMatchObject({ name: 'failed', phase: 'preparing', reason: { fault: { code: 'imageMissing', message: expect.stringMatching(/nobody\/has-this:1 of the service db/) } } });
    await expect(small.setEnvironment({ services: [database(), database()] })).rejects.toThrow();
  });

  it('made for another architecture is told as the reason', async () => {
    const image = await foreignImage();
    await small.setEnvironment({ services: [serviceSpec.parse({ name: 'far', image: image.reference, variables: {}, health: 'true' })] });
    const ended = await runEnd(test, (await small.script('true')).id);
    await image.remove();
    expect(ended.state).toMatchObject({ name: 'failed', reason: { fault: { code: 'serviceFailed', message: expect.stringMatching(/service far .*made for s390x, and this engine runs /) } } });
  });

  it('that ends while it is used is told, and the run goes on; without their network it ends', async () => {
    await small.setEnvironment({ services: [shell('cache', 'trap "echo told to go; exit 4" TERM; echo here; while :; do sleep 0.1; done')] });
    const run = await small.script('echo begun; for n in $(seq 300); do [ -e /tmp/go ] && break; sleep 0.1; done; echo done');
    const said = (source?: string) => async () => (await wholeLog(test, run.id, source)).toString();
    await expect.poll(said('work'), { timeout: 30_000 }).toContain('begun');
    await exec('docker', ['stop', `${containerName(run.id, 1, 'work')}-service-cache`]);
    await expect.poll(said('drydock'), { timeout: 10_000 }).toMatch(/The service cache has ended with status 4\.\n  cache: here\n  cache: told to go/);
    await exec('docker', ['exec', containerName(run.id, 1, 'work'), 'touch', '/tmp/go']);
    expect((await runEnd(test, run.id)).state.name).toBe('reviewable');
    const other = await small.script('echo begun; sleep 600');
    await expect.poll(async () => (await wholeLog(test, other.id, 'work')).toString(), { timeout: 30_000 }).toContain('begun');
    await exec('docker', ['kill', `${containerName(other.id, 1, 'work')}-holder`]);
    expect((await runEnd(test, other.id)).state).toMatchObject({ name: 'failed', phase: 'working', reason: { fault: { code: 'engineFailed', message: expect.stringContaining('network was lost') } } });
    await emptied();
  });

  it('goes at once when the run is cancelled while it starts', async () => {
    await small.setEnvironment({ services: [shell('slow', 'sleep 1000', { health: 'false', readyWithinSeconds: 600 })] });
    const run = await small.script('true');
    await expect.poll(async () => (await test.labelled()).containers.length, { timeout: 30_000 }).toBe(2);
    const began = performance.now();
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    expect((await runEnd(test, run.id)).state).toMatchObject({ name: 'cancelled' });
    await emptied();
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('stands beside a check that is tried, and goes with it', async () => {
    await small.setEnvironment({ image: python, services: [database()] });
    const tried = await test.client.briefs.tryCheck({ projectId: small.project.id, base: { kind: 'head' }, workingDirectory: '', check: check.parse({ command: `cd /tmp; ${RUN}\npython3 prices.py` }) });
    let said = '';
    for await (const event of tried) said += event.kind === 'output' ? Buffer.from(event.bytes, 'base64').toString() : `status ${event.exitCode}`;
    expect(said).toBe('sold 1\nstatus 0');
    await emptied();
  });

  it('goes on while Drydock is away: the same turn, the same data, one result', async () => {
    await small.setEnvironment({ image: python, services: [database()] });
    const run = await small.script(`${RUN}\npython3 prices.py; for n in $(seq 600); do [ -e /tmp/go ] && break; sleep 0.1; done; python3 prices.py`);
    await expect.poll(async () => (await wholeLog(test, run.id, 'work')).toString(), { timeout: 30_000 }).toBe('sold 1\n');
    const { dataDirectory } = test;
    await test.drydock.dispose();
    test = await startDrydock({ dataDirectory });
    await exec('docker', ['exec', containerName(run.id, 1, 'work'), 'touch', '/tmp/go']);
    const ended = await runEnd(test, run.id);
    expect([ended.state.name, ended.turns.length, ended.turns[0]?.result?.files]).toEqual(['reviewable', 1, 1]);
    expect((await wholeLog(test, run.id, 'work')).toString()).toBe('sold 1\nsold 2\n');
    await emptied();
  });
});
