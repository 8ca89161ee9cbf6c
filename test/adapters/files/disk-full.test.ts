import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createLogStore } from '../../../src-main/adapters/files/log-store.ts';
import { openStore } from '../../../src-main/adapters/sqlite/open-store.ts';
import { LogFailure } from '../../../src-main/ports/log-store.ts';
import { StoreFailure } from '../../../src-main/ports/run-store.ts';
import { patternAt } from '../../support/byte-pattern.ts';
import { readLog } from '../../support/read-whole-log.ts';
import { sampleBrief, sampleProject, sampleRunId } from '../../support/sample-documents.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

const mount = (folder: string): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const canMount = ((): boolean => {
  const folder = join(process.env['TMPDIR'] ?? '/tmp', `drydock-mount-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const mounted = process.platform === 'linux' && mount(folder);
  if (mounted) execFileSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
})();

const smallDisk = (): string => {
  const folder = join(scratchFolder(), 'disk');
  mkdirSync(folder);
  mount(folder);
  onTestFinished(() => {
    execFileSync('umount', ['-l', folder]);
  });
  return folder;
};

/** Takes all space but so many bytes. */
const fill = (folder: string, spare: number): void => {
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - spare)));
};

describe.skipIf(!canMount)('disk full (needs the right to mount a tmpfs)', () => {
  test('a commit on a full disk fails whole; with space again it succeeds', async () => {
    const directory = smallDisk();
    const store = openStore({ directory });
    store.commit({ at: 1, events: [], projects: [sampleProject(1)] });
    fill(directory, 64 * 1024);
    let committed = 0;
    let failure: unknown;
    while (failure === undefined) {
      try {
        store.commit({ at: 1, events: [], briefs: [sampleBrief(committed + 1, 'g'.repeat(9_000))] });
        committed += 1;
      } catch (error) {
        failure = error;
      }
    }
    expect(failure).toBeInstanceOf(StoreFailure);
    expect((failure as StoreFailure).fault.code).toBe('diskFull');
    expect([store.briefs().length, store.nextBriefNumber()]).toEqual([committed, committed + 1]);
    rmSync(join(directory, 'ballast'));
    store.commit({ at: 1, events: [], briefs: [sampleBrief(committed + 1)] });
    await store.close();
    const again = openStore({ directory });
    expect(again.briefs()).toHaveLength(committed + 1);
    await again.close();
  });

  test('a log on a full disk rejects, loses nothing it took, and goes on', async () => {
    const directory = smallDisk();
    const name = { run: sampleRunId(1), turn: 1 };
    const logs = createLogStore({ directory });
    const log = await logs.open(name);
    fill(directory, 300_000);
    let failure: unknown;
    while (failure === undefined) {
      try {
        await log.append('work', 'stdout', patternAt('stdout', log.held('work', 'stdout'), 50_000));
        await log.flush();
      } catch (error) {
        failure = error;
      }
    }
    expect(failure).toBeInstanceOf(LogFailure);
    expect((failure as LogFailure).fault.code).toBe('diskFull');
    const held = log.held('work', 'stdout');
    await expect(log.append('work', 'stdout', Buffer.from('x'))).rejects.toMatchObject({ fault: { code: 'diskFull' } });
    expect(log.held('work', 'stdout')).toBe(held);
    const { bytes } = await readLog(logs, name);
    expect(bytes.equals(patternAt('stdout', 0, bytes.length))).toBe(true);
    rmSync(join(directory, 'ballast'));
    await log.append('work', 'stdout', patternAt('stdout', held, 50_000));
    await log.end();
    const whole = await readLog(logs, name);
    expect([whole.bytes.equals(patternAt('stdout', 0, held + 50_000)), whole.ended]).toEqual([true, true]);
  });

  test('a log that cannot be compressed for want of space ends all the same', async () => {
    const directory = smallDisk();
    const name = { run: sampleRunId(1), turn: 1 };
    const logs = createLogStore({ directory });
    const log = await logs.open(name);
    const noise = patternAt('stdout', 0, 1_000_000);
    await log.append('work', 'stdout', noise);
    await log.flush();
    fill(directory, 8_192);
    await log.end();
    const whole = await readLog(logs, name);
    expect([whole.bytes.equals(noise), whole.ended]).toEqual([true, true]);
  });
});
