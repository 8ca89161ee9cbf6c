import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { containerName } from '../../src-main/domain/container-spec.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { newCommand, runEnd, runWhere, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const exec = promisify(execFile);
const PROBE = `python3 - <<'END_OF_PROGRAM'\n${readFileSync(join(import.meta.dirname, 'programs/escape.py'), 'utf8')}\nEND_OF_PROGRAM`;
/** Each is the system's word for "no": not permitted, not there, or there is no such process. */
const NO = /^(?:PermissionError (?:EPERM|EACCES)|FileNotFoundError ENOENT|ProcessLookupError ESRCH|OSError (?:ENOSYS|EROFS|ENXIO)|ValueError not allowed to raise maximum limit)$/;

/** What the program says that is no try. */
const FACTS = new Set(['sockets', 'abstract sockets', 'steering', 'mounts', 'processes', 'user', 'setuid program']);

/** What a repository may ask of an editor, of Compose or of Drydock itself. */
const GREEDY: Readonly<Record<string, string>> = {
  '.devcontainer/devcontainer.json': JSON.stringify({
    image: 'drydock/base:latest', privileged: true, capAdd: ['SYS_ADMIN'], securityOpt: ['seccomp=unconfined'], runArgs: ['--pid=host', '-v', '/var/run/docker.sock:/var/run/docker.sock', '--device=/dev/kvm'],
    mounts: ['source=/,target=/host,type=bind'], remoteUser: 'root', initializeCommand: 'touch /tmp/ran-on-the-host', containerEnv: { SSH_AUTH_SOCK: '/ssh-agent', DOCKER_HOST: 'unix:///docker.sock' },
  }),
  '.drydock/environment.yaml': 'privileged: true\nmounts: [/var/run/docker.sock]\nnetworkMode: host\nuser: 0\n',
  'docker-compose.yml': 'services: { app: { image: drydock/base:latest, privileged: true, pid: host, volumes: ["/:/host"] } }\n',
};

let test: TestDrydock;
let small: SmallProject;
let image: string;
const abstract = createServer();

beforeAll(async () => {
  // A socket without a file, as desktops and some agents have them: only a network of one's own keeps it out.
  abstract.listen(`\0drydock-escape-${process.pid}`);
  await once(abstract, 'listening');
  test = await startDrydock();
  image = `drydock/escape:${test.drydock.core.deps.owner}`;
  const labels = ['--label', `drydock.data=${test.drydock.core.deps.owner}`];
  const { stdout } = await exec('docker', ['create', ...labels, '--network', 'none', 'drydock/base:latest', 'true']);
  const changes = ['ENTRYPOINT ["/bin/sh","-c","echo hijacked; exec sleep 600"]', 'CMD ["more"]', 'USER 0', 'VOLUME /data', 'HEALTHCHECK --interval=1s CMD touch /tmp/healthy', 'WORKDIR /root', 'ENV BASH_ENV=/evil ENV=/evil'];
  await exec('docker', ['commit', ...changes.flatMap((line) => ['--change', line]), stdout.trim(), image]);
  await exec('docker', ['rm', stdout.trim()]);
  small = await addSmallProject(test);
  const repository = repositoryAt(small.repository);
  for (const [path, text] of Object.entries(GREEDY)) repository.write(path, text);
  repository.commit();
});
afterAll(async () => {
  await test.dispose();
  await small.remove();
  await exec('docker', ['rmi', '--force', image]).catch(() => {});
  abstract.close();
});

const outcomes = async (run: Run): Promise<Map<string, string>> => {
  expect((await runEnd(test, run.id)).state).toEqual({ name: 'reviewable' });
  return new Map((await wholeLog(test, run.id, 'work')).toString().trimEnd().split('\n').map((line) => line.split('\t', 2) as [string, string]));
};

describe('a run that wants out of its container', () => {
  let came: Map<string, string>;
  const fact = (name: string): string | undefined => came.get(name);
  beforeAll(async () => {
    // A program that belongs to root and makes whoever starts it root, as an image or a setup with rights may leave it.
    const up = 'cp "$(readlink -f "$(command -v python3)")" /usr/local/bin/up && chmod 4755 /usr/local/bin/up && ls -l /usr/local/bin/up';
    await small.setEnvironment({ image, setupAsRoot: true, setup: up });
    came = await outcomes(await small.script(PROBE));
  });

  it('sees no socket of an engine, an agent or a desktop, and no variable that leads to one', () => {
    expect(['sockets', 'abstract sockets', 'steering'].map(fact)).toEqual(['', '0', '']);
  });

  it('has nothing of the host mounted but what the engine writes itself, and sees no process but its own', () => {
    const mounts = (fact('mounts') ?? '').split(' ').filter((path) => !['/etc/hostname', '/etc/hosts', '/etc/resolv.conf', '/usr/sbin/docker-init', '/sbin/docker-init', '/data'].includes(path));
    expect(mounts).toEqual([]);
    expect(Number(fact('processes'))).toBeLessThan(8);
  });

  it('is the agent user, and a program that would make it root does not', () => {
    expect([fact('user'), fact('setuid program')]).toEqual(['1000:1000 [1000]', '1000']);
  });

  it('is refused every mount, namespace, module, trace, device and limit that it asks for', async () => {
    // Docker's filter of system calls lets it through before version 25.
    const { stdout: version } = await exec('docker', ['version', '--format', '{{.Server.Version}}']);
    const letThrough = Number.parseInt(version, 10) >= 25 ? [] : ['io_uring'];
    const tries = [...came].filter(([name]) => !FACTS.has(name) && !letThrough.includes(name));
    expect(tries.length).toBeGreaterThan(45);
    expect(tries.filter(([, outcome]) => !NO.test(outcome))).toEqual([]);
  });
});

describe('an image that wants to decide how it is run', () => {
  it('has no say: its entrypoint, user, folder, health check and volume do nothing', async () => {
    await small.setEnvironment({ image });
    const run = await small.script('id -u; pwd; touch /data/mine 2>&1; sleep 1.5; ls /tmp/healthy 2>&1; echo more >> README.md; exec sleep 600');
    const name = containerName(run.id, 1, 'work');
    await runWhere(test, run.id, (each) => each.state.name === 'working' && each.state.container !== null);
    await expect.poll(async () => (await wholeLog(test, run.id, 'work')).toString(), { timeout: 20_000 }).toContain('healthy');
    expect((await wholeLog(test, run.id, 'work')).toString()).toMatch(/^1000\n\/workspace\n(touch: .*denied\n)?ls: .*healthy.*No such file.*\n$/);
    const { stdout } = await exec('docker', ['inspect', '--format', '{{json .Mounts}}', name]);
    const [volume] = JSON.parse(stdout) as { Type: string; Name: string }[];
    expect(volume?.Type).toBe('volume');
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    expect((await runEnd(test, run.id)).state.name).toBe('cancelled');
    await expect(exec('docker', ['volume', 'inspect', volume?.Name ?? ''])).rejects.toThrow();
  });
});

describe('a repository that asks for the host', () => {
  it('in devcontainer.json, Compose or its own environment file is told no, item by item, and its runs get nothing of it', async () => {
    const { client } = test;
    const reading = await client.projects.readEnvironmentFile({ projectId: small.project.id });
    expect([reading.file, reading.problems.length]).toEqual([null, 4]);
    await expect(client.projects.adoptEnvironmentFile({ commandId: newCommand(), projectId: small.project.id, from: reading.blob!, dockerfile: null })).rejects.toMatchObject({ data: { code: 'invalid' } });
    const imported = await client.projects.importDevcontainer({ projectId: small.project.id });
    expect(imported.notTaken.map((line) => line.split(':')[0])).toEqual(['privileged', 'capAdd', 'securityOpt', 'runArgs', 'mounts', 'remoteUser', 'initializeCommand']);
    await small.setEnvironment({ ...imported.environment, setup: '' });
    const run = await small.script(`${PROBE}\necho looked; exec sleep 600`);
    await expect.poll(async () => (await wholeLog(test, run.id, 'work')).toString(), { timeout: 30_000 }).toContain('looked');
    const { stdout } = await exec('docker', ['inspect', containerName(run.id, 1, 'work')]);
    const [{ HostConfig: host, Mounts: mounts }] = JSON.parse(stdout) as [{ HostConfig: Record<string, unknown>; Mounts: unknown[] }];
    expect(host).toMatchObject({ Privileged: false, CapAdd: [], CapDrop: ['ALL'], SecurityOpt: ['no-new-privileges'], NetworkMode: 'none', IpcMode: 'private', PidMode: '', UTSMode: '', UsernsMode: '' });
    expect(host['Devices'] ?? []).toEqual([]);
    expect([host['Binds'] ?? null, host['VolumesFrom'] ?? null, host['PortBindings'] ?? {}, mounts]).toEqual([null, null, {}, []]);
    const said = (await wholeLog(test, run.id, 'work')).toString();
    expect(said).toMatch(/^user\t1000:1000 \[1000\]$/m);
    expect(said).toMatch(/^sockets\t$/m);
    await expect(exec('ls', [join(tmpdir(), 'ran-on-the-host')])).rejects.toThrow();
    await client.runs.cancel({ commandId: newCommand(), runId: run.id });
    await runEnd(test, run.id);
  });
});

describe('a command that will not end', () => {
  it('and ignores every signal is gone soon after it is cancelled', async () => {
    await small.setEnvironment({ image: null });
    const stubborn = `exec python3 -u -c 'import signal,time\nfor each in set(range(1, 65)) - {9, 19, 32, 33}: signal.signal(each, signal.SIG_IGN)\nprint("deaf")\nwhile True: time.sleep(1)'`;
    const run = await small.script(stubborn);
    await expect.poll(async () => (await wholeLog(test, run.id, 'work')).toString(), { timeout: 20_000 }).toContain('deaf');
    const began = performance.now();
    await test.client.runs.cancel({ commandId: newCommand(), runId: run.id });
    expect((await runEnd(test, run.id)).state.name).toBe('cancelled');
    expect(performance.now() - began).toBeLessThan(15_000);
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });
});
