import { networkInterfaces } from 'node:os';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import Docker from 'dockerode';
import { requireEngine } from '../support/engine.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

/** Looks around from inside and says what it finds, one fact a line. */
const LOOK = (addresses: readonly string[], port: number): string => `
fact() { printf '%s=%s\\n' "$1" "$2"; }
fact interfaces "$(ls /sys/class/net | tr '\\n' ' ')"
fact routes "$(tail -n +2 /proc/net/route | wc -l)"
fact routes6 "$(grep -vc ' lo$' /proc/net/ipv6_route 2>/dev/null)"
fact uid "$(id -u):$(id -g)"
while read -r key value; do
  case $key in CapEff:|CapPrm:|CapBnd:|CapAmb:|NoNewPrivs:|Seccomp:) fact "\${key%:}" "$value";; esac
done < /proc/self/status
for name in example.com localhost.localdomain host.docker.internal gateway.docker.internal example.org; do
  fact "name $name" "$(getent ahosts "$name" >/dev/null 2>&1 && echo resolved || echo none)"
done
for address in ${addresses.join(' ')}; do
  fact "tcp $address" "$(timeout 3 bash -c "exec 3<>/dev/tcp/$address/${port}" 2>/dev/null && echo open || echo closed)"
done
fact sockets "$(find / -xdev -type s 2>/dev/null | tr '\\n' ' ')"
fact environment "$(env | cut -d= -f1 | sort | tr '\\n' ' ')"
read_limit() { cat "$1" 2>/dev/null || cat "$2" 2>/dev/null; }
fact memory "$(read_limit /sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes)"
fact pids "$(read_limit /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max)"
fact cpu "$(cat /sys/fs/cgroup/cpu.max 2>/dev/null || echo "$(cat /sys/fs/cgroup/cpu/cpu.cfs_quota_us) $(cat /sys/fs/cgroup/cpu/cpu.cfs_period_us)")"
fact forks "$(for n in $(seq 200); do sleep 5 2>/dev/null & done 2>&1 | grep -c . ; jobs -p | wc -l)"
fact shadow "$(cat /etc/shadow >/dev/null 2>&1 && echo read || echo refused)"
fact mount "$(mount -t tmpfs none /mnt 2>/dev/null && echo mounted || echo refused)"
fact unshare "$(unshare -U true 2>/dev/null && echo done || echo refused)"
`;

describe('the work container from inside', () => {
  let test: TestDrydock;
  let small: SmallProject;
  const listener = createServer((socket) => socket.end('reached'));
  let facts: Map<string, string>;
  let addresses: string[];
  let ofImage: string[];

  beforeAll(async () => {
    listener.listen(0, '0.0.0.0');
    await once(listener, 'listening');
    const { endpoint, image } = await requireEngine();
    if (endpoint.kind !== 'socket') throw new Error('this test needs an engine on a local socket');
    const { Config } = await new Docker({ socketPath: endpoint.path }).getImage(image).inspect();
    ofImage = (Config.Env ?? []).map((each) => each.split('=')[0] ?? '');
    const { port } = listener.address() as { port: number };
    addresses = Object.values(networkInterfaces()).flatMap((each) => each ?? []).filter((each) => each.family === 'IPv4' && !each.internal).map((each) => each.address);
    test = await startDrydock();
    small = await addSmallProject(test, { variables: { PROJECT_SETTING: 'one' }, limits: { cpus: 0.5, memoryBytes: 256 * 2 ** 20, processes: 64, writtenBytes: 2 ** 30 } });
    const run = await runEnd(test, (await small.script(LOOK(addresses, port))).id);
    const log = (await wholeLog(test, run.id, 'work')).toString();
    facts = new Map(log.split('\n').flatMap((line) => {
      const at = line.indexOf('=');
      return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1).trim()] as const];
    }));
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
    listener.close();
  });

  it('has no interface but loopback and no route', () => {
    expect(facts.get('interfaces')).toBe('lo');
    expect(facts.get('routes')).toBe('0');
  });

  it('resolves no name', () => {
    const names = [...facts].filter(([fact]) => fact.startsWith('name '));
    expect(names).toHaveLength(5);
    for (const [name, answer] of names) expect([name, answer]).toEqual([name, 'none']);
  });

  it("reaches none of the host's addresses", () => {
    expect(addresses.length).toBeGreaterThan(0);
    for (const address of addresses) expect([address, facts.get(`tcp ${address}`)]).toEqual([address, 'closed']);
  });

  it('is an ordinary user without any capability, who cannot gain one', () => {
    expect(facts.get('uid')).toBe('1000:1000');
    for (const set of ['CapEff', 'CapPrm', 'CapBnd', 'CapAmb']) expect([set, facts.get(set)]).toEqual([set, '0000000000000000']);
    expect([facts.get('NoNewPrivs'), facts.get('Seccomp')]).toEqual(['1', '2']);
    expect([facts.get('shadow'), facts.get('mount'), facts.get('unshare')]).toEqual(['refused', 'refused', 'refused']);
  });

  it('finds no socket of the host', () => {
    expect(facts.get('sockets')).toBe('');
  });

  it('has the limits of its environment', () => {
    expect(facts.get('memory')).toBe(String(256 * 2 ** 20));
    expect(facts.get('pids')).toBe('64');
    const [quota, period] = (facts.get('cpu') ?? '').split(' ').map(Number);
    expect((quota ?? 0) / (period ?? 1)).toBe(0.5);
  });

  it('holds only the variables that are named for it', () => {
    // HOSTNAME and the shell's own come from engine and bash, others from the image; the rest is the allow-list.
    expect(facts.get('environment')?.split(' ')).toEqual(expect.arrayContaining(['CI', 'DRYDOCK', 'HOME', 'LANG', 'PROJECT_SETTING', 'TERM']));
    const known = new Set(['CI', 'DRYDOCK', 'HOME', 'LANG', 'PROJECT_SETTING', 'TERM', 'PATH', 'HOSTNAME', 'PWD', 'SHLVL', 'OLDPWD', '_', ...ofImage]);
    expect(facts.get('environment')?.split(' ').filter((name) => !known.has(name))).toEqual([]);
  });
});
