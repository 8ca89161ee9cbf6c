import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LandingTarget } from '../../src-main/contract/landing.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { runEnd, startDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const execute = promisify(execFile);
const LANDING = join(import.meta.dirname, '../support/killable-landing.ts');

/** Of the two that the site's own tests cut off at every point, the short form takes what concerns the user's files. */
const chosen = (kind: LandingTarget['kind'], names: readonly string[]): number[] =>
  [...names.keys()].filter((point) => kind === 'branch' || process.env['DRYDOCK_ALL_FAULTS'] === '1' || names[point]?.startsWith('landing.'));

interface Landed {
  readonly names: readonly string[];
  readonly answer: { readonly receipt?: unknown; readonly fault?: { readonly code: string } };
  readonly landed: Run['landed'];
}

describe('a service killed while it lands', () => {
  let folder: string;
  let data: string;
  let small: SmallProject;
  let run: Run;
  const targets = (): Readonly<Record<'branch' | 'workingTree' | 'patch', LandingTarget>> => ({
    branch: { kind: 'branch', name: 'landed', onto: null, message: '' },
    workingTree: { kind: 'workingTree', overwriteChanged: false },
    patch: { kind: 'patch', file: join(folder, 'landed.patch') },
  });
  const tokens = new Map<string, string>();

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-landing-'));
    data = join(folder, 'data');
    const dataDirectory = join(folder, 'template');
    execFileSync('mkdir', ['-m', '700', dataDirectory]);
    const test = await startDrydock({ dataDirectory });
    small = await addSmallProject(test);
    run = await runEnd(test, (await small.script('echo x >> README.md; echo y > new.txt')).id);
    for (const [kind, target] of Object.entries(targets())) tokens.set(kind, (await test.client.runs.previewLanding({ runId: run.id, target })).token);
    await test.drydock.dispose();
    await cp(small.repository, join(folder, 'repository'), { recursive: true, preserveTimestamps: true });
  });
  afterAll(async () => {
    await small.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const land = async (target: LandingTarget, killAt: number): Promise<Landed | 'killed'> => {
    try {
      const { stdout } = await execute(process.execPath, ['--disable-warning=ExperimentalWarning', LANDING, data, run.id, String(killAt), tokens.get(target.kind) ?? '', JSON.stringify(target)]);
      return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Landed;
    } catch (error) {
      if ((error as { signal?: string }).signal === 'SIGKILL') return 'killed';
      throw error;
    }
  };

  const git = (...args: string[]): string => execFileSync('git', args, { cwd: small.repository, encoding: 'utf8' }).trim();

  /** The user's index and files, byte for byte. */
  const users = async (): Promise<string> => {
    const hash = createHash('sha256').update(await readFile(join(small.repository, '.git/index')));
    for (const file of git('ls-files').split('\n')) hash.update(file).update(await readFile(join(small.repository, file)));
    return `${hash.digest('hex')} ${git('symbolic-ref', 'HEAD')} ${git('rev-parse', 'main')}`;
  };

  const fresh = async (): Promise<void> => {
    await rm(data, { recursive: true, force: true });
    await rm(small.repository, { recursive: true, force: true });
    await rm(join(folder, 'landed.patch'), { force: true });
    await cp(join(folder, 'template'), data, { recursive: true });
    await cp(join(folder, 'repository'), small.repository, { recursive: true, preserveTimestamps: true });
  };

  /** What stands where it was landed. */
  const landedAs: Readonly<Record<LandingTarget['kind'], () => Promise<string>>> = {
    branch: async () => [git('rev-parse', 'landed^{tree}'), git('rev-parse', 'landed^'), await users()].join(' '),
    workingTree: async () => [await readFile(join(small.repository, 'README.md'), 'utf8'), await readFile(join(small.repository, 'new.txt'), 'utf8'), git('status', '--porcelain'), ...left()].join('\n'),
    patch: async () => [await readFile(join(folder, 'landed.patch'), 'utf8'), await users(), git('status', '--porcelain')].join('\n'),
  };
  /** What a landing needs only while it is under way. */
  const left = (): string[] => {
    const staging = join(small.repository, '.git/drydock/staging');
    return existsSync(staging) ? readdirSync(staging) : [];
  };

  it.each(['branch', 'workingTree', 'patch'] as const)('as %s has landed exactly once when it is back, whichever point it was killed at', async (kind) => {
    const target = targets()[kind];
    await fresh();
    const undisturbed = await land(target, 0);
    if (undisturbed === 'killed') throw new Error('killed without being asked to');
    expect(undisturbed.answer.fault).toBeUndefined();
    const whole = await landedAs[kind]();
    expect(undisturbed.names.length).toBeGreaterThan(3);
    for (const point of chosen(kind, undisturbed.names)) {
      await fresh();
      expect(await land(target, point + 1)).toBe('killed');
      const second = await land(target, 0);
      if (second === 'killed') throw new Error('killed without being asked to');
      const at = `${point + 1} ${undisturbed.names[point] ?? ''}`;
      expect([at, second.answer.fault]).toEqual([at, undefined]);
      expect([at, second.landed.length]).toEqual([at, 1]);
      expect([at, await landedAs[kind]()]).toEqual([at, whole]);
      expect([at, git('for-each-ref', '--format=%(refname)', 'refs/heads')]).toEqual([at, kind === 'branch' ? 'refs/heads/landed\nrefs/heads/main' : 'refs/heads/main']);
    }
  }, 240_000);
});
