import { execFile } from 'node:child_process';
import { mkdtemp, copyFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { serviceSpec } from '../../src-main/contract/project.ts';
import { containerName } from '../../src-main/domain/container-spec.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { listenEverywhere, type ListeningMachine } from '../support/listening-machine.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const exec = promisify(execFile);
const IMAGE = 'drydock-test/hostile-server:1';
const PUBLIC = '93.184.216.34';

/** Runs every way out as root, then tells in twenty lines or less what it could do: all that is shown of a server that ends. */
const ENTRYPOINT = `#!/bin/sh
python3 /direct.py "$@" >/said 2>&1
echo "attempts $(wc -l </said), successful: $(grep -c '	done' /said)"
echo "networks: $(ls /sys/class/net | tr '\\n' ' ')routes: $(tail -n +2 /proc/net/route | wc -l)"
echo "user $(id -u)" $(grep -E '^(CapEff|CapBnd|NoNewPrivs|Seccomp):' /proc/self/status | tr '\\n\\t' '  ')
mount -t tmpfs none /mnt 2>/dev/null && echo mounted; unshare --net true 2>/dev/null && echo unshared; mknod /tmp/disk b 8 0 2>/dev/null && echo device
mount | grep -E ' / |/srv' | sed 's/ type.*//'
for name in /var/run/docker.sock /run/docker.sock /tmp/.X11-unix; do [ -e $name ] && echo "there is $name"; done
getent hosts example.org || echo "no names"
curl -sS --max-time 3 -x http://127.0.0.1:3128 http://denied.test/ 2>&1 | head -c 200; echo
[ -z "$STAYS" ] || exec sleep 1000
exit 9
`;

describe('the image of a service', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let machine: ListeningMachine;

  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drydock-hostile-'));
    await copyFile(join(import.meta.dirname, 'programs/direct.py'), join(folder, 'direct.py'));
    await writeFile(join(folder, 'entrypoint'), ENTRYPOINT, { mode: 0o755 });
    [machine, test] = await Promise.all([listenEverywhere(), startDrydock()]);
    await writeFile(
      join(folder, 'Dockerfile'),
      `FROM ${test.drydock.core.deps.baseImage}\nUSER root\nCOPY direct.py /direct.py\nCOPY entrypoint /entrypoint\nVOLUME /srv/data\nHEALTHCHECK CMD touch /health\nENTRYPOINT ["/entrypoint"]\n`,
    );
    await exec('docker', ['build', '--quiet', '--tag', IMAGE, folder]);
    await rm(folder, { recursive: true });
    small = await addSmallProject(test, { network: networkPolicy.parse({ rules: [{ host: 'allowed.test' }] }) });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
    await exec('docker', ['image', 'rm', '--force', IMAGE]);
    machine.close();
  });

  const hostile = (more: object = {}) => serviceSpec.parse({ name: 'evil', image: IMAGE, variables: {}, health: 'false', command: [String(machine.tcpPort), String(machine.udpPort), PUBLIC, ...machine.addresses], ...more });

  it.each(['off', 'allowlist'] as const)('reaches nothing in mode %s, as root of its container, and gets no further right', async (internet) => {
    await small.setEnvironment({ network: networkPolicy.parse({ rules: [{ host: 'allowed.test' }] }), services: [hostile()] });
    const ended = await runEnd(test, (await small.launch({ runsWith: { mode: 'script', command: 'true', internet } })).id);
    expect(ended.state).toMatchObject({ name: 'failed', reason: { fault: { code: 'serviceFailed', message: expect.stringContaining('ended with status 9') } } });
    const said = (await wholeLog(test, ended.id)).toString();
    expect(machine.came).toEqual([]);
    expect(said).toMatch(/evil: attempts [1-9]\d*, successful: 0\n/);
    expect(said).toContain('evil: networks: lo routes: 0\n');
    expect(said).toMatch(/evil: user 0 CapEff: 00000000000000cb CapBnd: 00000000000000cb NoNewPrivs: 1 Seccomp: 2\n/);
    for (const gained of ['mounted', 'unshared', 'device', 'there is']) expect(said).not.toContain(`evil: ${gained}`);
    expect(said).toContain('evil: tmpfs on /srv/data\n');
    expect(said).toContain('evil: no names\n');
    expect(said).toContain(internet === 'off' ? 'Failed to connect to 127.0.0.1 port 3128' : '"notAllowed"');
  });

  it('is kept to its own processes, files and limits, without a volume', async () => {
    const quiet = serviceSpec.parse({ name: 'quiet', image: test.drydock.core.deps.baseImage, variables: {}, command: ['sh', '-c', 'echo server > /tmp/mark; exec sleep 1000'] });
    await small.setEnvironment({ services: [quiet, hostile({ health: '', variables: { STAYS: '1' } })] });
    const run = await small.script('ls /tmp/mark; ps ax | grep -c "[s]leep 1000"; echo begun; sleep 600');
    await expect.poll(async () => (await wholeLog(test, run.id, 'work')).toString(), { timeout: 30_000 }).toMatch(/cannot access '\/tmp\/mark'.*\n0\nbegun/);
    const { stdout } = await exec('docker', ['inspect', `${containerName(run.id, 1, 'work')}-service-quiet`, `${containerName(run.id, 1, 'work')}-service-evil`]);
    for (const { HostConfig: host, Mounts, Config } of JSON.parse(stdout) as { HostConfig: Record<string, unknown>; Mounts: unknown[]; Config: Record<string, unknown> }[]) {
      expect(Mounts).toEqual([]);
      expect(Config['Healthcheck']).toEqual({ Test: ['NONE'] });
      expect(host).toMatchObject({ CapDrop: ['ALL'], Privileged: false, SecurityOpt: ['no-new-privileges'], Binds: null, PidsLimit: 512, Memory: 4 * 2 ** 30, MemorySwap: 4 * 2 ** 30, LogConfig: { Type: 'none' }, IpcMode: 'private', PidMode: '' });
    }
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    await runEnd(test, run.id);
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });

  it('that fills its disk is stopped, beside a run that goes on', async () => {
    const limits = { ...small.project.environment.limits, writtenBytes: 2 ** 26 };
    await small.setEnvironment({ limits, services: [serviceSpec.parse({ name: 'writer', image: test.drydock.core.deps.baseImage, variables: {}, command: ['sh', '-c', 'head -c 200000000 /dev/zero > /home/agent/large; sleep 1000'] })] });
    const run = await small.script('sleep 6; echo well');
    const ended = await runEnd(test, run.id);
    expect(ended.state.name).toBe('reviewable');
    expect((await wholeLog(test, run.id)).toString()).toMatch(/The service writer was stopped: it had written \d+ bytes/);
  });
});
