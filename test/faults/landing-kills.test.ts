import { execFile, execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Run } from '../../src-main/contract/run.ts';
import { runEnd, startDrydock } from '../support/drydock.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const execute = promisify(execFile);
const LANDING = join(import.meta.dirname, '../support/killable-landing.ts');

interface Landed {
  readonly names: readonly string[];
  readonly answer: { readonly receipt?: unknown; readonly fault?: { readonly code: string } };
  readonly landed: Run['landed'];
}

describe('a service killed while it lands a branch', () => {
  let folder: string;
  let data: string;
  let small: SmallProject;
  let run: Run;
  let token: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'drydock-landing-'));
    data = join(folder, 'data');
    const dataDirectory = join(folder, 'template');
    execFileSync('mkdir', ['-m', '700', dataDirectory]);
    const test = await startDrydock({ dataDirectory });
    small = await addSmallProject(test);
    run = await runEnd(test, (await small.script('echo x >> README.md; echo y > new.txt')).id);
    token = (await test.client.runs.previewLanding({ runId: run.id, target: { kind: 'branch', name: 'landed', onto: null, message: '' } })).token;
    await test.drydock.dispose();
    await cp(small.repository, join(folder, 'repository'), { recursive: true, preserveTimestamps: true });
  });
  afterAll(async () => {
    await small.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const land = async (killAt: number): Promise<Landed | 'killed'> => {
    try {
      const { stdout } = await execute(process.execPath, ['--disable-warning=ExperimentalWarning', LANDING, data, run.id, String(killAt), token]);
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
    await cp(join(folder, 'template'), data, { recursive: true });
    await cp(join(folder, 'repository'), small.repository, { recursive: true, preserveTimestamps: true });
  };

  it('has landed exactly once when the service is back, whichever point it was killed at', async () => {
    await fresh();
    const undisturbed = await land(0);
    if (undisturbed === 'killed') throw new Error('killed without being asked to');
    expect(undisturbed.answer.fault).toBeUndefined();
    const tree = git('rev-parse', 'landed^{tree}');
    expect(undisturbed.names.length).toBeGreaterThan(3);
    for (const point of undisturbed.names.keys()) {
      await fresh();
      const before = await users();
      expect(await land(point + 1)).toBe('killed');
      const second = await land(0);
      if (second === 'killed') throw new Error('killed without being asked to');
      const at = `${point + 1} ${undisturbed.names[point] ?? ''}`;
      expect([at, second.answer.fault]).toEqual([at, undefined]);
      expect([at, second.landed.length]).toEqual([at, 1]);
      expect([at, git('rev-parse', 'landed^{tree}'), git('rev-parse', 'landed^')]).toEqual([at, tree, git('rev-parse', 'main')]);
      expect([at, await users()]).toEqual([at, before]);
      expect([at, git('for-each-ref', '--format=%(refname)', 'refs/heads')]).toEqual([at, 'refs/heads/landed\nrefs/heads/main']);
    }
  }, 240_000);
});
