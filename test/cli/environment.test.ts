import { beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { drydock } from '../support/command-line.ts';
import { FakeService, ids, project } from '../support/fake-service.ts';

let fake: FakeService;
beforeEach(() => {
  fake = new FakeService();
});

describe('drydock env show', () => {
  it('says what is in use', async () => {
    expect((await drydock(fake, ['env', 'show'])).stdout).toBe("Image     Drydock's base image\nSetup     none\nLimits    2 CPU, 4 GiB, 512 processes\n");
  });
  it('as the file that a repository would keep, byte for byte', async () => {
    const { stdout, stderr } = await drydock(fake, ['env', 'show', '--yaml']);
    expect([stdout, stderr]).toEqual([fake.environmentText, '']);
    expect((await drydock(fake, ['env', 'show', '--yaml', '--json'])).json).toEqual({ ok: true, projectId: ids.project, path: '.drydock/environment.yaml', text: fake.environmentText });
    expect((await drydock(fake, ['env', 'show', '--yaml'], { isTTY: true })).stdout).not.toContain('\x1b]');
  });
});

describe('drydock env propose', () => {
  it('prints each line with its reason, and applies only when asked', async () => {
    const { stdout } = await drydock(fake, ['env', 'propose', '--directory', 'api']);
    expect(stdout).toBe(
      "Image     Drydock's base image\nSetup     npm ci\nMaintain  as setup\nLocked by package-lock.json\nLimits    2 CPU, 4 GiB, 512 processes\nBecause   package-lock.json: dependencies by npm ci\nCheck     npm test\n",
    );
    expect(fake.inputOf('projects.propose')).toEqual({ projectId: ids.project, workingDirectory: 'api' });
    expect(fake.inputOf('projects.setEnvironment')).toBeUndefined();
    const applied = await drydock(fake, ['env', 'propose', '--apply', '--json']);
    expect(applied.json).toMatchObject({ ok: true, applied: true, checks: ['npm test'], needs: [{ tool: 'Node' }] });
    expect(fake.inputOf('projects.setEnvironment')).toMatchObject({ environment: { setup: 'npm ci' } });
  });
});

describe('drydock env import-devcontainer', () => {
  it('names what it leaves out, and applies only when asked', async () => {
    const { stdout } = await drydock(fake, ['env', 'import-devcontainer']);
    expect(stdout).toContain('Image     node:20\n');
    expect(stdout).toContain('Variable  A=1\nSecret    TOKEN\n');
    expect(stdout).toContain('Because   image: node:20\nLeft out  mounts: not taken over\n');
    expect(fake.inputOf('projects.setEnvironment')).toBeUndefined();
    expect((await drydock(fake, ['env', 'import-devcontainer', '--apply', '--json'])).json).toMatchObject({ applied: true, notTaken: ['mounts: not taken over'] });
    expect(fake.inputOf('projects.setEnvironment')).toMatchObject({ environment: { image: 'node:20' } });
  });
});

describe('drydock env adopt', () => {
  it('shows what would change, and changes nothing without --yes', async () => {
    const { status, stdout, stderr } = await drydock(fake, ['env', 'adopt']);
    expect([status, stdout]).toEqual([0, '-setup: ""\n+setup: make\nApprove   setup is another script\nNot given limits.cpus: yours holds\n']);
    expect(stderr).toContain('drydock env adopt --yes');
    expect(fake.inputOf('projects.adoptEnvironmentFile')).toBeUndefined();
  });
  it('adopts the very file that it showed', async () => {
    const { json } = await drydock(fake, ['env', 'adopt', '--yes', '--json']);
    expect(json).toMatchObject({ ok: true, adopted: true, blob: ids.blob, environment: { setup: 'make' } });
    expect(fake.inputOf('projects.adoptEnvironmentFile')).toMatchObject({ projectId: ids.project, from: ids.blob, dockerfile: null });
  });
  it('has nothing to do where it is in use already', async () => {
    fake.environmentReading = { ...fake.environmentReading, differs: false, needsApproval: [], problems: [], diff: '' };
    expect((await drydock(fake, ['env', 'adopt', '--yes', '--json'])).json).toMatchObject({ adopted: false });
    expect(fake.inputOf('projects.adoptEnvironmentFile')).toBeUndefined();
  });
  it('shows and approves a Dockerfile where the repository has no such file', async () => {
    fake.environmentReading = { ...fake.environmentReading, file: null, blob: null, dockerfile: ids.blob, differs: false, problems: [], diff: '', dockerfileDiff: '-FROM a\n+FROM b\n', needsApproval: [{ field: 'dockerfile', message: 'Dockerfile says something else' }] };
    const { stdout } = await drydock(fake, ['env', 'adopt']);
    expect([stdout, fake.inputOf('projects.setEnvironment')]).toEqual(['-FROM a\n+FROM b\nApprove   Dockerfile says something else\n', undefined]);
    expect((await drydock(fake, ['env', 'adopt', '--yes', '--json'])).json).toMatchObject({ adopted: true, dockerfile: ids.blob });
    expect(fake.inputOf('projects.setEnvironment')).toMatchObject({ projectId: ids.project, dockerfile: ids.blob });
  });
  it('says that there is none, or what is wrong with it', async () => {
    fake.environmentReading = { ...fake.environmentReading, file: null, problems: ['line 2: privileged: there is no such field'] };
    const wrong = await drydock(fake, ['env', 'adopt', '--yes']);
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringContaining('line 2: privileged: there is no such field')]);
    fake.environmentReading = { ...fake.environmentReading, blob: null, problems: [] };
    expect((await drydock(fake, ['env', 'adopt', '--json'])).json).toMatchObject({ ok: false, error: { code: 'notFound' } });
    expect(fake.inputOf('projects.adoptEnvironmentFile')).toBeUndefined();
  });
  it('shows controls of the file instead of obeying them', async () => {
    fake.environmentReading = { ...fake.environmentReading, diff: '+setup: \x1b]0;evil\x07\n', problems: ['\x1b[2Jx'] };
    const { stdout } = await drydock(fake, ['env', 'adopt'], { isTTY: true });
    for (const control of ['\x1b]', '\x1b[2J', '\x07']) expect(stdout).not.toContain(control);
    expect(stdout).toContain('␛]0;evil');
  });
});

it('drydock env save says where it wrote', async () => {
  const { stdout, stderr } = await drydock(fake, ['env', 'save']);
  expect([stdout, stderr]).toEqual(['.drydock/environment.yaml\n', 'Next: look at it, and commit it.\n']);
  expect((await drydock(fake, ['env', 'save', '--json'])).json).toEqual({ ok: true, projectId: ids.project, path: '.drydock/environment.yaml', written: true });
});

it('an environment with everything is told line by line', async () => {
  fake.environment = {
    ...DEFAULT_ENVIRONMENT, dockerfile: 'Dockerfile', setup: 'a\nb\n', maintenance: 'c', setupAsRoot: true, lockFiles: ['x.lock'], secrets: [{ name: 'K', file: '~/.k' }], warm: 1,
    network: { ...DEFAULT_ENVIRONMENT.network, mode: 'allowlist', presets: ['registries'], rules: [{ host: 'a.example', port: null, methods: [], path: '', allowPrivate: false }] },
    inject: [{ host: 'a.example', header: 'X-Key', secret: 'K' }], services: [{ name: 'db', image: 'postgres', variables: {}, health: '', readyWithinSeconds: 60, command: null }],
  };
  expect((await drydock(fake, ['env', 'show'])).stdout).toBe(`Image     made from Dockerfile
Setup     a
          b
As root   yes, setup runs as root of its container
Maintain  c
Locked by x.lock
Secret    K as ~/.k
Injects   K as X-Key for a.example
Service   db (postgres)
Internet  allowlist, registries, a.example
Warm      1 ahead, 0 wait now
Limits    2 CPU, 4 GiB, 512 processes
`);
  expect(project.environment).toEqual(DEFAULT_ENVIRONMENT);
});
