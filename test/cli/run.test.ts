import { beforeEach, describe, expect, it } from 'vitest';
import { FakeService, ids, makeCheck, makeRun } from '../support/fake-service.ts';
import { drydock } from '../support/command-line.ts';

let fake: FakeService;
beforeEach(() => {
  fake = new FakeService();
});
const script = ['run', '--script', 'npm run fix', '--project', '.'];

describe('drydock run', () => {
  it('makes a brief of its options and launches it', async () => {
    const options = [
      '--check', 'npm test', '--fails-then-passes', 'npm run bug', '--check-timeout', '30', '--base', 'release', '--directory', './packages/a/',
      '--time-budget', '5', '--internet', 'off', '--goal', 'No more bug',
    ];
    const { status, stdout } = await drydock(fake, [...script, ...options]);
    expect(status).toBe(0);
    expect(stdout).toBe(`#12 ${ids.run}\n`);
    expect(fake.inputOf('briefs.create')).toMatchObject({
      commandId: expect.stringMatching(/^cmd_[0-9a-hjkmnp-tv-z]{12}$/),
      projectId: ids.project,
      text: {
        goal: 'No more bug',
        scope: { workingDirectory: 'packages/a' },
        checks: [
          { command: 'npm test', expect: 'passes', timeoutSeconds: 30 },
          { command: 'npm run bug', expect: 'failsThenPasses', timeoutSeconds: 30 },
        ],
        timeBudgetMinutes: 5,
        runsWith: { mode: 'script', command: 'npm run fix', base: { kind: 'branch', name: 'release' }, internet: 'off' },
      },
    });
  });

  it('reads a brief from stdin, and adds a repository that is new', async () => {
    fake.isRepositoryKnown = false;
    const { status } = await drydock(fake, ['run', '-', '--json'], { stdin: '# a brief' });
    expect(status).toBe(0);
    expect(fake.inputOf('briefs.importFile')).toEqual({ markdown: '# a brief' });
    expect(fake.inputOf('projects.add')).toMatchObject({ path: '/repos/shop' });
    expect(fake.inputOf('briefs.create')).toMatchObject({ text: { goal: 'Fix the parser' } });
  });

  it('asks for a base that is named before anything is stored', async () => {
    await drydock(fake, [...script, '--base', 'branch:release']);
    const names = fake.calls.map((call) => call.name);
    expect(fake.inputOf('bases.resolve')).toEqual({ projectId: ids.project, base: { kind: 'branch', name: 'release' } });
    expect(names.indexOf('bases.resolve')).toBeLessThan(names.indexOf('briefs.create'));
  });

  it('sets the setup script before it launches', async () => {
    await drydock(fake, [...script, '--setup', 'npm ci']);
    const names = fake.calls.map((call) => call.name);
    expect(names.indexOf('projects.setEnvironment')).toBeLessThan(names.indexOf('briefs.launch'));
    expect(fake.inputOf('projects.setEnvironment')).toMatchObject({ environment: { setup: 'npm ci' } });
  });

  it.each([
    ['neither a brief nor a script', ['run']],
    ['both', ['run', 'brief.md', '--script', 'true']],
    ['a brief that is not there', ['run', '/nowhere/brief.md']],
    ['an impossible time', [...script, '--check', 'true', '--check-timeout', 'soon']],
    ['an impossible folder', [...script, '--directory', '../outside']],
    ['an unknown policy', [...script, '--internet', 'maybe']],
  ])('refuses %s with status 2 and a next step', async (_name, args) => {
    const { status, stderr, stdout } = await drydock(fake, args);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^drydock: .+\nNext: .+\n$/);
    expect(stdout).toBe('');
    expect(fake.calls.map((call) => call.name)).not.toContain('briefs.create');
  });
});

describe('drydock run --wait', () => {
  beforeEach(() => {
    fake.state = { name: 'queued' };
    const step = (name: 'working' | 'checking') => [{ kind: 'run' as const, run: makeRun({ name, container: null }, fake.text) }];
    fake.changes = [
      [{ kind: 'waiting', waiting: { [ids.run]: { kind: 'slots', message: 'slots full\x1b[2J' } } }], step('working'), step('working'), step('checking'),
    ];
  });
  const end = (state: Parameters<typeof makeRun>[0]) => fake.changes.push([{ kind: 'run', run: makeRun(state, fake.text) }]);

  it('says each state once on stderr and the outcome on stdout', async () => {
    fake.evidence = [makeCheck('npm test', 'passed')];
    end({ name: 'reviewable' });
    const { status, stdout, stderr } = await drydock(fake, [...script, '--wait']);
    expect(status).toBe(0);
    expect(stderr).toBe(`#12 ${ids.run}\nQueued\nQueued: slots full[2J\nWorking\nChecking\nNext: drydock diff 12, then drydock land 12 --branch NAME, or drydock retry 12\n`);
    expect(stdout).toBe('#12 Ready: 1 file, +2 −1\n  passed  npm test  (base not run · result not run)\n');
  });

  it('answers with one JSON object and nothing else', async () => {
    end({ name: 'reviewable' });
    const { status, stdout, stderr, json } = await drydock(fake, [...script, '--wait', '--json']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(json).toMatchObject({ ok: true, number: 12, runId: ids.run, state: { name: 'reviewable' }, result: { files: 1 } });
  });

  it('ends with 1 when the run failed', async () => {
    end({ name: 'failed', phase: 'settingUp', reason: { kind: 'commandFailed', exitCode: 2, outOfMemory: false } });
    const { status, stdout, stderr } = await drydock(fake, [...script, '--wait']);
    expect([status, stdout]).toEqual([1, '#12 Failed while setting up: The command ended with status 2.\n']);
    expect(stderr).toMatch(/Next: drydock logs 12, then drydock retry 12\n$/);
  });

  it('ends with 1 when a check did not pass', async () => {
    fake.evidence = [makeCheck('npm test', 'passed'), makeCheck('npm run lint', 'failed')];
    end({ name: 'reviewable' });
    const { status, stdout } = await drydock(fake, [...script, '--wait']);
    expect(status).toBe(1);
    expect(stdout).toContain('FAILED  npm run lint');
  });

  it('ends with 3 when the engine is down, and the brief stays', async () => {
    const fault = { code: 'engineUnavailable' as const, message: 'No engine answers.', next: 'Start Docker.' };
    fake.changes = [[{ kind: 'engine', engine: { state: 'down', since: 0, fault } }]];
    const { status, stderr } = await drydock(fake, [...script, '--wait']);
    expect(status).toBe(3);
    expect(stderr).toContain('drydock: No engine answers. The brief stays queued.\nNext: Start Docker.\n');
  });

  it('tells at the first Ctrl-C how to cancel, and leaves at the second', async () => {
    const { status, stderr } = await drydock(fake, [...script, '--wait'], {
      onError: (text, interrupt) => {
        if (/Checking\n$|to leave\.\n$/.test(text)) interrupt();
      },
    });
    expect(status).toBe(130);
    expect(stderr).toContain('The run goes on. Cancel it with: drydock cancel 12.');
    expect(fake.calls.map((call) => call.name)).not.toContain('runs.cancel');
  });
});
