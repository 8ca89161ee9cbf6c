import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withLock } from '../../scripts/lib/with-lock.mjs';

const run = promisify(execFile);
const library = fileURLToPath(new URL('../../scripts/lib/with-lock.mjs', import.meta.url));
/** Greater than any process number Linux or macOS gives. */
const NOBODY = 2 ** 30;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dd-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A process that adds one to a number, badly: what another one adds between its look and its write is lost. */
function addOne(lock: string, counter: string) {
  const script = `
    import { readFileSync, writeFileSync } from 'node:fs'
    import { setTimeout } from 'node:timers/promises'
    import { withLock } from ${JSON.stringify(library)}
    await withLock(${JSON.stringify(lock)}, async () => {
      const seen = Number(readFileSync(${JSON.stringify(counter)}, 'utf8'))
      await setTimeout(20)
      writeFileSync(${JSON.stringify(counter)}, String(seen + 1))
    })`;
  return run(process.execPath, ['--input-type=module', '-e', script]);
}

describe('withLock', () => {
  it.each(['free', 'abandoned'])('lets one process in at a time when the lock is %s at first', async (state) => {
    const lock = join(folder, 'lock');
    const counter = join(folder, 'counter');
    writeFileSync(counter, '0');
    if (state === 'abandoned') writeFileSync(lock, `${NOBODY} -`);
    await Promise.all(Array.from({ length: 6 }, () => addOne(lock, counter)));
    expect(readFileSync(counter, 'utf8')).toBe('6');
  });

  it.runIf(process.platform === 'linux')('takes a lock over whose number now belongs to another process', async () => {
    const lock = join(folder, 'lock');
    writeFileSync(lock, `${process.pid} 1`);
    expect(await withLock(lock, async () => 'in')).toBe('in');
  });

  it('gives up on a lock that stays held, and names it', async () => {
    const lock = join(folder, 'lock');
    await withLock(lock, async () => {
      await expect(withLock(lock, async () => 'in', { patienceMs: 1 })).rejects.toThrow(lock);
    });
  });

  it('is free again after a failure', async () => {
    const lock = join(folder, 'lock');
    await expect(withLock(lock, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await withLock(lock, async () => 'in', { patienceMs: 1 })).toBe('in');
  });
});
