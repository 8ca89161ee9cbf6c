import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunId } from '../../src-main/contract/ids.ts';
import { networkPolicy, type Internet } from '../../src-main/contract/network.ts';
import { containerName } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { listenEverywhere, type ListeningMachine } from '../support/listening-machine.ts';
import { createWorld, type World } from '../support/proxy-world.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const exec = promisify(execFile);
const PUBLIC = '93.184.216.34';
/** `HTTP/1.`, to who speaks no TLS. */
const PLAIN_REFUSAL = `bytes ${Buffer.from('HTTP/1.').toString('hex')}`;
const program = (name: string): string => readFileSync(join(import.meta.dirname, 'programs', name), 'utf8');
const runs = (source: string, ...args: (string | number)[]): string => `python3 - ${args.join(' ')} <<'END_OF_PROGRAM'\n${source}\nEND_OF_PROGRAM`;

let test: TestDrydock;
let small: SmallProject;
let world: World;
let machine: ListeningMachine;

const CHANGING = [[PUBLIC], ['127.0.0.1']];
const LEADS: Readonly<Record<string, readonly string[]>> = {
  'allowed.test': [PUBLIC], 'read.test': [PUBLIC], 'path.test': [PUBLIC], 'denied.test': [PUBLIC],
  'loopback.test': ['127.0.0.1'], 'loopback6.test': ['::1'], 'private.test': ['10.0.0.1'], 'link.test': ['169.254.169.254'], 'mapped.test': ['::ffff:127.0.0.1'],
  'zero.test': ['0.0.0.0'], 'multicast.test': ['224.0.0.1'], 'mixed.test': ['127.0.0.1', '192.168.1.1'],
};
const policy = networkPolicy.parse({
  rules: [
    { host: 'allowed.test' },
    { host: '*.below.test' },
    { host: 'read.test', methods: ['GET'] },
    { host: 'path.test', path: '/packages' },
    ...[...Object.keys(LEADS).slice(4), 'host.test', 'changing.test'].map((host) => ({ host })),
  ],
});

beforeAll(async () => {
  [world, machine] = await Promise.all([createWorld(), listenEverywhere()]);
  for (const [name, addresses] of Object.entries(LEADS)) world.names.set(name, addresses);
  world.names.set('host.test', machine.addresses);
  const { reach } = world;
  const changing = structuredClone(CHANGING);
  test = await startDrydock({ reach: { ...reach, resolve: async (name) => (name === 'changing.test' ? (world.lookedUp.push(name), changing.shift() ?? []) : reach.resolve(name)) } });
  small = await addSmallProject(test, { network: policy });
});
afterAll(async () => {
  await test.dispose();
  await small.remove();
  await world.close();
  machine.close();
});
beforeEach(() => {
  for (const list of [world.arrived, world.lookedUp, world.dialled, machine.came]) list.length = 0;
  world.answer = (_request, response) => void response.end('hello');
});

const launch = (internet: Internet, command: string) => small.launch({ runsWith: { mode: 'script', command, internet } });
const said = async (id: RunId): Promise<string> => (await wholeLog(test, id, 'work')).toString();
const parsed = (text: string): Map<string, string> => new Map(text.trimEnd().split('\n').map((line) => line.split('\t', 2) as [string, string]));
const outcomes = async (internet: Internet, command: string): Promise<Map<string, string>> => parsed(await said((await runEnd(test, (await launch(internet, command)).id)).id));
/** Resolves when the run has said something. */
const hears = (id: RunId, words: string) => expect.poll(() => said(id), { timeout: 30_000 }).toContain(words);

describe('with the variables of the proxy unset, a run', () => {
  const attack = (): string => `unset HTTP_PROXY HTTPS_PROXY ALL_PROXY http_proxy https_proxy all_proxy\n${runs(program('direct.py'), machine.tcpPort, machine.udpPort, PUBLIC, ...machine.addresses)}`;

  it('is heard by the machine, if anything of it comes', async () => {
    const socket = connect(machine.tcpPort, machine.addresses[0]);
    await expect.poll(() => machine.came).toHaveLength(1);
    socket.destroy();
  });

  const expectNothingOut = (came: Map<string, string>): void => {
    expect([came.get('routes'), came.get('interfaces')]).toEqual(['0', 'lo']);
    came.delete('routes');
    came.delete('interfaces');
    expect(came.size).toBeGreaterThan(30);
    expect([...came].filter(([, outcome]) => !/^(?:OSError|PermissionError|ConnectionRefusedError|gaierror) /.test(outcome))).toEqual([]);
    expect(machine.came).toEqual([]);
    expect([world.lookedUp, world.dialled]).toEqual([[], []]);
  };

  it.each(['off', 'allowlist'] as const)('in mode %s gets nothing out: no TCP, UDP, ICMP, raw packet or name', async (internet) => {
    expectNothingOut(await outcomes(internet, attack()));
  });

  it('has checks that get nothing out either, whatever its mode', async () => {
    const { id } = await small.launch({ runsWith: { mode: 'script', command: 'echo more > made', internet: 'full' }, checks: [{ command: attack() }] });
    await runEnd(test, id);
    expectNothingOut(parsed((await wholeLog(test, id, 'check:0:result')).toString()));
  });
});

describe('through the proxy, a run', () => {
  it('reaches what is allowed, as it is allowed, and nothing else by any spelling', async () => {
    const before = world.bytes();
    const came = await outcomes('allowlist', runs(program('proxied.py')));
    const of = (outcome: RegExp): string[] => [...came].flatMap(([name, each]) => (outcome.test(each) ? [name.replace(/^['"]|['"]$/g, '')] : []));
    // What may pass: a tunnel that nothing is said in, TLS with its right name, reading, and the first answer of a name.
    expect(of(/^200$/)).toEqual(['connect allowed.test.', 'connect ALLOWED.TEST', 'inside, reading', 'changes, first']);
    expect(of(/^bytes 16/)).toEqual(['TLS with the name', 'TLS with the name, in two pieces']);
    expect(of(/^bytes 15/)).toEqual([
      'TLS with another name', 'TLS with another name, in two pieces', 'TLS with another name, byte by byte', 'TLS with another name, in small records', 'TLS with a name that goes on', 'TLS without a name',
    ]);
    expect([came.get("'no TLS'"), came.get("'SSH'")]).toEqual([PLAIN_REFUSAL, PLAIN_REFUSAL]);
    const refused = of(/^(?:notAName|notAllowed|badRequest|methodNotAllowed|pathNotAllowed|hostDiffers|privateAddress|upgradeRefused)$/);
    expect(refused).toHaveLength(came.size - 4 - 2 - 6 - 2);
    expect(refused.length).toBeGreaterThan(70);
    expect(of(/^privateAddress$/)).toEqual([...['loopback.test', 'loopback6.test', 'private.test', 'link.test', 'mapped.test', 'zero.test', 'multicast.test', 'host.test', 'mixed.test'].map((name) => `leads to ${name}`), 'changes, second']);
    expect(world.arrived.map(({ method, url, serverName }) => [method, url, serverName])).toEqual([['GET', '/page', 'read.test'], ['GET', '/', null]]);
    expect(new Set(world.dialled)).toEqual(new Set([`${PUBLIC}:443`, `${PUBLIC}:80`]));
    expect(world.lookedUp.filter((name) => !policy.rules.some(({ host }) => host === name))).toEqual([]);
    expect(machine.came).toEqual([]);
    expect(world.bytes() - before).toBeLessThan(8_192);
  });

  it('is not led to a denied host by an allowed one', async () => {
    world.answer = (request, response) => void response.writeHead(302, { Location: request.url === '/plain' ? 'http://denied.test/leak' : `https://${PUBLIC}/leak` }).end();
    const run = await runEnd(test, (await launch('allowlist', 'for page in plain address; do curl -sSLk "https://allowed.test/$page"; curl -sSL "http://allowed.test/$page"; done')).id);
    expect((await said(run.id)).match(/"notAllowed"|curl: \(56\)/g)).toHaveLength(4);
    expect(world.arrived.map(({ url }) => url)).toEqual(['/plain', '/plain', '/address', '/address']);
    expect(new Set(world.lookedUp)).toEqual(new Set(['allowed.test']));
  });

  it.each([['allowlist', 'allowlist'], ['allowlist', 'full'], ['full', 'full']] as const)('in mode %s reaches no container of another run, which is in mode %s', async (internet, mode) => {
    const { id } = await launch(mode, 'echo neighbour > page; echo ready; exec python3 -m http.server --bind 0.0.0.0 8000 2>&1');
    await hears(id, 'ready');
    const name = containerName(id, 1, 'work');
    const { stdout } = await exec('docker', ['inspect', '--format', '{{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}', name]);
    const addresses = stdout.match(/\d+\.\d+\.\d+\.\d+/g) ?? [];
    expect(addresses).toHaveLength(mode === 'full' ? 1 : 0);
    const asks = [name, ...addresses, '127.0.0.1'].flatMap((place) => [`curl -sS --noproxy "*" --max-time 3 http://${place}:8000/page`, `curl -sS --noproxy "" --max-time 3 http://${place}:8000/page`]);
    const run = await runEnd(test, (await launch(internet, `${asks.map((ask) => `${ask}; echo`).join('\n')}\necho end`)).id);
    expect(await said(run.id)).toContain('end');
    expect(await said(run.id)).not.toContain('neighbour\n');
    expect(await said(id)).not.toContain('GET');
    await test.client.runs.cancel({ commandId: newCommand(), runId: id });
    await runEnd(test, id);
  });

  it('has the policy that it began with, whatever is edited meanwhile', async () => {
    const ask = 'curl -sS http://denied.test/; echo';
    const run = await launch('allowlist', `${ask}; echo waiting; while [ ! -e /tmp/go ]; do sleep 0.1; done; ${ask}; echo end`);
    await hears(run.id, 'waiting');
    await small.setEnvironment({ network: networkPolicy.parse({ mode: 'full', rules: [{ host: 'denied.test' }] }) });
    await exec('docker', ['exec', containerName(run.id, 1, 'work'), 'touch', '/tmp/go']);
    await runEnd(test, run.id);
    expect((await said(run.id)).match(/"notAllowed"/g)).toHaveLength(2);
    expect([world.arrived, world.lookedUp]).toEqual([[], []]);
    await small.setEnvironment({ network: policy });
  });

  it('sends no more in queries than its budget', async () => {
    await small.setEnvironment({ network: { ...policy, budget: { ...policy.budget, sentBytes: 20_000 } } });
    const canary = 'c'.repeat(4_000);
    const run = await runEnd(test, (await launch('allowlist', `for n in 1 2 3 4 5 6 7 8; do curl -sS "http://allowed.test/$n?q=${canary}"; curl -sSk "https://read.test/$n?q=${canary}"; echo; done`)).id);
    expect(await said(run.id)).toContain('"sentBudget"');
    const arrived = world.arrived.reduce((sum, { url }) => sum + url.length, 0);
    expect(arrived).toBeGreaterThan(4_000);
    expect(arrived).toBeLessThan(20_000);
    await small.setEnvironment({ network: policy });
  });
});

it('a run whose service is gone has nothing carried, and the next service decides as the first', async () => {
  const second = await startDrydock({ reach: world.reach });
  const project = await addSmallProject(second, { network: policy });
  let next: TestDrydock | null = null;
  try {
    const { id } = await project.launch({ runsWith: { mode: 'script', command: 'curl -sS http://allowed.test/first; while [ ! -e /tmp/go ]; do sleep 0.1; done; curl -sS http://denied.test/second; echo; curl -sS http://allowed.test/third', internet: 'allowlist' } });
    await runWhere(second, id, (run) => run.state.name === 'working' && run.state.container !== null);
    await expect.poll(() => world.arrived.length, { timeout: 30_000 }).toBe(1);
    await second.drydock.dispose();
    const inside = (command: string) => exec('docker', ['exec', containerName(id, 1, 'work'), 'sh', '-c', command]);
    const away = await inside(`for url in http://allowed.test/away http://denied.test/away https://allowed.test/away; do curl -sS --max-time 1 $url; echo $?; done; curl -sS --noproxy "*" --max-time 1 http://${PUBLIC}/; echo $?`);
    expect(away.stdout).toBe('28\n28\n28\n7\n');
    expect(world.arrived.map(({ url }) => url)).toEqual(['/first']);
    await inside('touch /tmp/go');
    next = await startDrydock({ dataDirectory: second.dataDirectory, reach: world.reach });
    await runEnd(next, id);
    expect((await wholeLog(next, id, 'work')).toString()).toMatch(/hello.*"notAllowed".*\nhello/s);
    expect(world.arrived.map(({ url }) => url).filter((url) => url !== '/away')).toEqual(['/first', '/third']);
    expect(world.lookedUp).not.toContain('denied.test');
  } finally {
    await (next ?? second).dispose();
    await project.remove();
  }
});
