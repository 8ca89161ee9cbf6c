import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { startDrydock } from '../support/drydock.ts';
import { processEnd, runDrydock, startDrydockProcess, type ProcessWorld } from '../support/drydock-process.ts';
import { unpackPackage } from '../support/npm-package.ts';
import type { TestRepository } from '../support/repository.ts';

/** A line of the package, and the bug that is planted in its place: what the function returns is not flattened any more. */
const RIGHT = 'res.push.apply(res, x)';
const WRONG = 'res.push([].concat(x))';
const FIX = `sed -i 's/${WRONG.replace(/[[\]]/g, String.raw`\$&`)}/${RIGHT}/' index.js`;
const BREAK = `sed -i 's/return res;/return xs;/' index.js`;

interface Checked {
  ok: boolean;
  number: number;
  runId: string;
  state: { name: string };
  result: { tree: string } | null;
  checks: { verdict: string; command: string; base: { exitCode: number } | null; result: { exitCode: number } | null }[];
}

describe('the command line on a real package, in real containers', () => {
  let folder: string;
  let project: TestRepository;
  let world: ProcessWorld;
  const drydock = (args: string[], more: Partial<ProcessWorld> = {}) => runDrydock(args, { ...world, ...more });
  const runShown = async (name: string) => (await drydock(['show', name, '--json'])).json<{ run: Run }>().run;
  const sources = async (name: string) => {
    const { stdout } = await drydock(['logs', name, '--json']);
    const slices = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { marks?: { source: string }[] });
    return [...new Set(slices.flatMap(({ marks = [] }) => marks.map((mark) => mark.source)))];
  };
  /** HEAD, branches, index and every file of the user's repository. */
  const picture = () => ({
    head: project.git('symbolic-ref', 'HEAD'),
    commit: project.git('rev-parse', 'HEAD'),
    index: createHash('sha256').update(readFileSync(join(project.path, '.git/index'))).digest('hex'),
    status: project.git('status', '--porcelain=v1', '--ignored'),
    source: readFileSync(join(project.path, 'index.js'), 'utf8'),
  });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'drydock-line-'));
    project = unpackPackage('concat-map@0.0.1', folder);
    const source = readFileSync(join(project.path, 'index.js'), 'utf8');
    expect(source).toContain(RIGHT);
    project.git('branch', 'published');
    project.write('index.js', source.replace(RIGHT, WRONG));
    project.commit('Collect lists');
    world = { dataDirectory: join(folder, 'data'), cwd: folder };
  });
  afterAll(async () => {
    // A service on the same data knows what is its own on the engine.
    await (await startDrydock({ dataDirectory: world.dataDirectory })).dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it('mends a planted bug: the check is red on the base and green on the result', async () => {
    const { status, json, stdout, stderr } = await drydock(
      ['run', '--script', FIX, '--goal', 'Lists are joined', '--project', 'project', '--fails-then-passes', 'npm test', '--wait', '--json'],
    );
    expect([status, stderr, stdout.trimEnd().split('\n').length], stdout).toEqual([0, '', 1]);
    expect(json<Checked>()).toMatchObject({
      ok: true, number: 1, state: { name: 'reviewable' }, checks: [{ verdict: 'passed', command: 'npm test', base: { exitCode: 1 }, result: { exitCode: 0 } }],
    });
    // Nobody said how to set up: the lock file did.
    const run = await runShown('1');
    expect(run.order.environment).toMatchObject({ setup: 'npm ci', lockFiles: ['package-lock.json'] });
    expect(run.turns[0]?.snapshot?.reused).toBe(false);
    expect(await sources('1')).toEqual(['drydock', 'setup', 'check:0:result', 'check:0:base']);
  });

  it('ends with 1 when a green check turns red, and does not set up again', async () => {
    const { status, json } = await drydock(
      ['run', '--script', BREAK, '--base', 'published', '--project', 'project', '--check', 'npm test', '--wait', '--json'],
    );
    expect(status).toBe(1);
    expect(json<Checked>()).toMatchObject({
      ok: false, number: 2, state: { name: 'reviewable' }, checks: [{ verdict: 'failed', base: { exitCode: 0 }, result: { exitCode: 1 } }],
    });
    const [first, second] = [await runShown('1'), await runShown('#2')];
    expect(second.turns[0]?.snapshot).toEqual({ ...first.turns[0]?.snapshot, reused: true });
    expect([Object.keys(first.times), Object.keys(second.times)]).toEqual([expect.arrayContaining(['settingUp']), expect.not.arrayContaining(['settingUp', 'sealing'])]);
    expect(await sources('2')).not.toContain('setup');
  });

  it('shows what there is: show, diff, checks, logs, status, doctor', async () => {
    const { result } = (await runShown('1')).turns[0] ?? {};
    const patch = await drydock(['diff', '1']);
    expect(patch.stdout).toMatch(/^-.*res\.push\(\[\]\.concat\(x\)\);\n\+.*res\.push\.apply\(res, x\);$/m);
    expect((await drydock(['diff', '1', '--json'])).json()).toMatchObject({ ok: true, patch: patch.stdout });
    expect((await drydock(['diff', '1', '--stat'])).stdout).toBe('M +1 −1        index.js\n1 file, +1 −1\n');
    expect((await drydock(['diff', '1', '--stat', '--json'])).json()).toMatchObject({ ok: true, result: result?.commit, files: [{ path: 'index.js', kind: 'modified' }] });

    const passed = await drydock(['checks', '1']);
    expect([passed.status, passed.stdout]).toEqual([0, expect.stringMatching(/^passed {2}npm test\n {2}base status 1 after \d.* · result status 0 after \d.*\n$/)]);
    const failed = await drydock(['checks', '2']);
    expect([failed.status, failed.stdout]).toEqual([1, expect.stringMatching(/^FAILED {2}npm test\n {2}base status 0 after .* · result status 1 after /)]);
    expect((await drydock(['checks', '2', '--json'])).json()).toMatchObject({ ok: false, checked: true, items: [{ verdict: 'failed' }] });

    const { id } = await runShown('1');
    for (const name of [id, id.slice(0, -3), id.slice('run_'.length, -1).replace(/^\d+$/, id)]) expect((await runShown(name)).id).toBe(id);
    const shown = (await drydock(['show', '1'])).stdout;
    for (const line of [/^#1 Lists are joined$/m, /^Project +project /m, /^State +Ready: 1 file, \+1 −1$/m, /^Setup +npm ci {2}\(run for this one\)$/m]) expect(shown).toMatch(line);
    expect((await drydock(['show', '2'])).stdout).toMatch(/^Setup +npm ci {2}\(from its snapshot\)$/m);

    const log = (await drydock(['logs', '1'])).stdout;
    expect(log).toMatch(/added \d+ packages[\s\S]*# pass {2}5[\s\S]*not ok 1/);
    const slices = (await drydock(['logs', '1', '--json'])).stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { bytes?: string; end?: boolean });
    expect(Buffer.concat(slices.map(({ bytes = '' }) => Buffer.from(bytes, 'base64'))).toString()).toBe(log);
    expect(slices.at(-1)).toMatchObject({ ok: true, end: true });

    expect((await drydock(['status', '--json'])).json()).toMatchObject({
      ok: true, engine: { state: 'up' }, briefs: [{ number: 1, column: 'review', state: { name: 'reviewable' } }, { number: 2, column: 'review' }],
    });
    expect((await drydock(['status'])).stdout).toMatch(/^\S+ .* · slots 0\/\d+ · backlog 0 · done 0\n#1 +Ready: 1 file, \+1 −1 +project +Lists are joined\n#2 /);
    const doctor = await drydock(['doctor', '--json']);
    expect(doctor.json()).toMatchObject({ ok: true, items: expect.arrayContaining([expect.objectContaining({ name: 'Container engine', state: 'ok' })]) });
  });

  it('tries the result in a clone of its own, where its tests run', async () => {
    const before = picture();
    const { status, stdout } = await drydock(['try', '1', '--into', 'tried']);
    expect([status, stdout]).toEqual([0, `${join(folder, 'tried')}\n`]);
    const tree = execFileSync('git', ['rev-parse', 'HEAD^{tree}'], { cwd: join(folder, 'tried'), encoding: 'utf8' }).trim();
    expect(tree).toBe((await runShown('1')).turns[0]?.result?.tree);
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: join(folder, 'tried'), stdio: 'pipe' });
    expect(execFileSync('npm', ['test'], { cwd: join(folder, 'tried'), encoding: 'utf8', stdio: 'pipe' })).toContain('# pass  5');
    const again = await drydock(['try', '1', '--into', 'tried']);
    expect([again.status, again.stderr]).toEqual([2, expect.stringMatching(/exists already\.\nNext: Choose a folder/)]);
    expect(picture()).toEqual(before);
  });

  it('lands as a branch with exactly the tree, and touches nothing else', async () => {
    const before = picture();
    const tree = (await runShown('1')).turns[0]?.result?.tree;
    const dry = await drydock(['land', '1', '--branch', 'joined', '--dry-run']);
    expect([dry.status, dry.stdout]).toEqual([0, 'ref refs/heads/joined: new → a new commit\nmodify index.js\n']);
    expect(project.git('branch', '--list', 'joined')).toBe('');
    const { status, stdout } = await drydock(['land', '1', '--branch', 'joined', '--message', 'Join lists']);
    expect([status, stdout]).toEqual([0, `refs/heads/joined ${project.git('rev-parse', 'joined')}\n`]);
    expect(project.git('rev-parse', 'joined^{tree}')).toBe(tree);
    expect(project.git('rev-parse', 'joined^')).toBe(before.commit);
    expect(project.git('log', '-1', '--format=%s', 'joined')).toBe('Join lists');
    expect(picture()).toEqual(before);
    const again = await drydock(['land', '1', '--branch', 'joined']);
    expect([again.status, again.stderr]).toEqual([2, 'drydock: The branch joined exists already.\nNext: Choose another name, or build on it: --branch joined --onto joined\n']);
    expect((await drydock(['land', '1', '--branch', 'joined', '--json'])).json()).toMatchObject({ ok: false, error: { code: 'branchExists' } });
  });

  it('lands as a patch that git takes', async () => {
    const before = picture();
    const { status, stdout } = await drydock(['land', '1', '--patch', 'joined.patch']);
    expect([status, stdout]).toEqual([0, `${join(folder, 'joined.patch')}\n`]);
    project.git('apply', '--check', join(folder, 'joined.patch'));
    expect((await drydock(['land', '1', '--patch', '-'])).stdout).toBe(readFileSync(join(folder, 'joined.patch'), 'utf8'));
    writeFileSync(join(folder, 'other.patch'), 'mine');
    expect((await drydock(['land', '1', '--patch', 'other.patch'])).status).toBe(2);
    expect(readFileSync(join(folder, 'other.patch'), 'utf8')).toBe('mine');
    expect(picture()).toEqual(before);
  });

  it('lands into the working tree what was previewed; the index and HEAD stay', async () => {
    const before = picture();
    const dry = await drydock(['land', '1', '--working-tree', '--dry-run', '--json']);
    expect(dry.json()).toMatchObject({ ok: true, preview: { refs: [], paths: [{ path: 'index.js', change: 'modify', dirty: false }] } });
    expect(picture()).toEqual(before);
    const landed = await drydock(['land', '1', '--working-tree']);
    expect([landed.status, landed.stdout]).toEqual([0, '1 file changed in the working tree.\n']);
    const after = picture();
    expect(after.source).toBe(before.source.replace(WRONG, RIGHT));
    expect([after.head, after.commit, after.index]).toEqual([before.head, before.commit, before.index]);
    expect(project.git('diff', '--cached', '--name-only')).toBe('');
    project.git('checkout', '--quiet', '--', 'index.js');
    expect((await drydock(['status', '--json'])).json()).toMatchObject({ briefs: [{ number: 1, column: 'done' }, { column: 'review' }] });
  });

  it('retries, and has nothing to cancel in an ended run', async () => {
    const cancelled = await drydock(['cancel', '2']);
    expect([cancelled.status, cancelled.stderr]).toEqual([2, expect.stringMatching(/^drydock: This run has ended already \(ready\)\.\nNext: .*run again/)]);
    const earlier = await runShown('2');
    const { status, stdout, stderr } = await drydock(['retry', '2', '--wait']);
    expect([status, stdout]).toEqual([1, expect.stringMatching(/^#2 Ready, checks failed: 1 file, \+1 −1\n {2}FAILED {2}npm test {2}\(base status 0 .* result status 1 .*\)\n {2}note {5}\d+ files that the repository ignores were left out\.\n$/)]);
    expect(stderr).toMatch(/^#2 run_\w+\n[\s\S]*Checking\nNext: drydock diff 2, /);
    const later = await runShown('2');
    expect([later.attempt, later.id === earlier.id]).toEqual([2, false]);
    expect((await runShown(earlier.id)).state).toEqual({ name: 'reviewable' });
  });

  it('takes a brief from a file and from stdin', async () => {
    const brief = '---\nrunsWith:\n  command: echo note > NOTE\nchecks:\n  - command: test -s NOTE\n    expect: failsThenPasses\n---\n\n## Goal\n\nA note\n';
    writeFileSync(join(folder, 'brief.md'), brief);
    const file = await drydock(['run', 'brief.md', '--project', 'project', '--wait']);
    expect([file.status, file.stdout]).toEqual([0, expect.stringMatching(/^#3 Ready: 1 file, \+1 −0\n {2}passed {2}test -s NOTE /)]);
    const stdin = await drydock(['run', '-', '--project', 'project', '--wait', '--json'], { stdin: brief });
    expect(stdin.json()).toMatchObject({ ok: true, number: 4, checks: [{ verdict: 'passed' }] });
    expect((await drydock(['show', '4'])).stdout).toMatch(/^#4 A note$/m);
  });

  it.each([
    ['wrong fields', ['run', '-', '--project', 'project'], '---\nrunsWith:\n  comand: true\nchecks:\n  - timeoutSeconds: soon\n---\n', /runsWith.*comand.*/s],
    ['a folder that is no repository', ['run', '--script', 'true', '--project', '.'], '', /is not a git repository/],
    ['a base that does not exist', ['run', '--script', 'true', '--project', 'project', '--base', 'nowhere'], '', /nowhere/],
    ['a brief that is not there', ['run', 'absent.md', '--project', 'project'], '', /absent\.md cannot be read/],
    ['a brief without a command', ['run', '-', '--project', 'project'], 'Do something\n', /ommand/],
    ['a run that is not there', ['show', '99'], '', /no brief #99/],
  ])('refuses %s with status 2 and a next step', async (_name, args, stdin, message) => {
    const { status, stdout, stderr } = await drydock(args, { stdin });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^drydock: .+\nNext: .+\n$/);
    expect(stderr).toMatch(message);
    expect((await drydock([...args, '--json'], { stdin })).json()).toMatchObject({ ok: false, error: { message: expect.stringMatching(message) } });
  });

  it('ends with 3 and a next step where no engine answers', async () => {
    const env = { DOCKER_HOST: `unix://${join(folder, 'dead.sock')}` };
    const dead = { env, dataDirectory: join(folder, 'data-without-engine') };
    const run = await drydock(['run', '--script', 'true', '--project', 'project', '--wait'], dead);
    expect(run.status).toBe(3);
    expect(run.stderr).toMatch(/drydock: No container engine .*stays queued\.\nNext: .*DOCKER_HOST.*dead\.sock/);
    expect((await drydock(['status'], dead)).stdout).toMatch(/^Engine down: .*\n#1 +Queued +project +true +Waits for the container engine\.\n$/);
    const doctor = await drydock(['doctor', '--json'], dead);
    expect([doctor.status, doctor.json()]).toEqual([3, expect.objectContaining({ ok: false })]);
    const cancelled = await drydock(['cancel', '1', '--json'], dead);
    expect(cancelled.json()).toMatchObject({ ok: true, state: { name: 'cancelled' } });
  });

  it('becomes the client of a service that runs, and says so when it went', async () => {
    const serve = startDrydockProcess(['serve', '--json'], world);
    const served = processEnd(serve);
    onTestFinished(() => void serve.kill('SIGKILL'));
    const line = await new Promise<string>((resolve) => serve.stdout?.once('data', (text: string) => resolve(text)));
    const { url } = JSON.parse(line) as { url: string };
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\//);
    const opened = await fetch(url, { redirect: 'manual' });
    const cookie = opened.headers.get('set-cookie')?.split(';')[0] ?? '';
    expect((await fetch(new URL('/', url), { headers: { cookie } })).status).not.toBe(401);
    expect((await fetch(new URL('/', url))).status).toBe(401);
    expect((await drydock(['serve'])).stderr).toMatch(/^drydock: .+\nNext: .+/);
    expect((await drydock(['serve', '--json'])).status).toBe(3);

    const run = await drydock(['run', '--script', 'echo one > ONE', '--project', 'project']);
    expect([run.status, run.stderr, run.stdout]).toEqual([0, '', expect.stringMatching(/^#5 run_\w+\n$/)]);
    const followed = await drydock(['logs', '5', '--follow']);
    expect([followed.status, followed.stdout]).toEqual([0, expect.stringContaining('Environment: from its snapshot.')]);
    expect((await drydock(['diff', '5', '--stat'])).stdout).toBe('A +1 −0        ONE\n1 file, +1 −0\n');

    const watch = startDrydockProcess(['status', '--watch'], world);
    const watched = processEnd(watch);
    onTestFinished(() => void watch.kill('SIGKILL'));
    await new Promise((resolve) => watch.stdout?.once('data', resolve));
    const gone = new Promise((resolve) => watch.stdout?.on('data', (text: string) => text.includes('The service has gone') && resolve(text)));
    serve.kill('SIGTERM');
    expect(await served).toMatchObject({ status: 0, stderr: '' });
    await gone;
    watch.kill('SIGINT');
    expect(await watched).toMatchObject({ status: 0, stderr: '' });
    expect(existsSync(join(world.dataDirectory, 'service.json'))).toBe(false);
    expect((await drydock(['show', '5', '--json'])).status).toBe(0);
  });

  it('knows projects and their environments', async () => {
    expect((await drydock(['env', 'show', 'project'])).stdout).toMatch(/^Image +Drydock's base image\nSetup +npm ci\nMaintain +as setup\nLocked by package-lock\.json\nLimits +2 CPU, 4 GiB, 512 processes\n(?:Snapshot .*\n)*$/);
    expect((await drydock(['env', 'propose', 'project', '--json'])).json()).toMatchObject({ ok: true, applied: false, environment: { setup: 'npm ci' }, checks: ['npm test'] });
    expect((await drydock(['env', 'setup', 'npm ci --omit=dev', 'project', '--json'])).json()).toMatchObject({ environment: { setup: 'npm ci --omit=dev' } });
    expect((await drydock(['env', 'propose', 'project', '--apply'])).status).toBe(0);
    expect((await drydock(['env', 'show', 'project', '--json'])).json()).toMatchObject({ environment: { setup: 'npm ci' } });

    const other = join(folder, 'other');
    mkdirSync(other);
    execFileSync('git', ['clone', '--quiet', project.path, join(other, 'copy')], { stdio: 'pipe' });
    expect((await drydock(['project', 'add', 'other/copy', '--json'])).json()).toMatchObject({ ok: true, project: { name: 'copy' } });
    const copy = join(other, 'copy');
    const commit = (): void => void execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '--all', '-m', 'Environment'], { cwd: copy, stdio: 'pipe' });
    expect((await drydock(['env', 'save', 'copy'])).stdout).toBe('.drydock/environment.yaml\n');
    execFileSync('git', ['add', '.drydock'], { cwd: copy, stdio: 'pipe' });
    commit();
    expect((await drydock(['env', 'adopt', 'copy', '--json'])).json()).toMatchObject({ ok: true, differs: false, needsApproval: [] });
    writeFileSync(join(copy, '.drydock/environment.yaml'), 'setup: make deps\n');
    expect((await drydock(['env', 'setup', 'make all', 'copy'])).status).toBe(0);
    expect(await drydock(['env', 'save', 'copy'])).toMatchObject({ status: 2, stderr: expect.stringContaining('is not as in the last commit') });
    commit();
    expect((await drydock(['env', 'adopt', 'copy'])).stdout).toMatch(/^\+setup: make deps$/m);
    expect((await drydock(['env', 'show', 'copy'])).stdout).toMatch(/^Setup +make all$/m);
    expect((await drydock(['env', 'adopt', 'copy', '--yes', '--json'])).json()).toMatchObject({ ok: true, adopted: true });
    expect((await drydock(['env', 'show', 'copy'])).stdout).toMatch(/^Setup +make deps$/m);
    expect((await drydock(['env', 'import-devcontainer', 'copy'])).status).toBe(2);
    expect((await drydock(['project', 'list'])).stdout).toMatch(/^prj_\w+ {2}project {2}.*\nprj_\w+ {2}copy {5}.*\n$/);
    expect((await drydock(['project', 'remove', 'copy'])).stdout).toMatch(/^copy is forgotten; .* stays as it is\.\n$/);
    expect((await drydock(['project', 'list', '--json'])).json()).toMatchObject({ projects: [{ name: 'project' }] });
    expect(existsSync(join(other, 'copy/.git'))).toBe(true);
    expect((await drydock(['env', 'show', 'copy'])).stderr).toMatch(/^drydock: copy is no project\.\nNext: .*project add copy/);
  });

  it('runs from a clone through npm, in the folder of the caller', async () => {
    const script = join(import.meta.dirname, '../../scripts/drydock.mjs');
    const { status, stdout, json } = await drydock(['show', '1', '--json'], { program: script, env: { INIT_CWD: folder } });
    expect([status, stdout.split('\n').length], stdout).toEqual([0, 2]);
    expect(json()).toMatchObject({ ok: true, brief: { number: 1 } });
  });
});
