import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newCommand, runEnd, runWhere, startDrydock } from '../support/drydock.ts';
import { addSmallProject } from '../support/small-project.ts';

/** A small disk of its own, or why there is none. */
const smallDisk = async (): Promise<{ path: string } | { reason: string }> => {
  const path = await mkdtemp(join(tmpdir(), 'drydock-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path], { stdio: 'pipe' });
    return { path };
  } catch {
    await rm(path, { recursive: true, force: true });
    return { reason: 'mounting a small disk is not permitted here' };
  }
};

const disk = await smallDisk();

describe('a disk that fills', () => {
  afterAll(async () => {
    if (!('path' in disk)) return;
    execFileSync('umount', ['--lazy', disk.path]);
    await rm(disk.path, { recursive: true, force: true });
  });

  /** Takes every last block. */
  const fill = async (path: string): Promise<void> => {
    for (const size of [2 ** 20, 4096]) {
      const file = createWriteStream(join(path, `filler-${size}`));
      await new Promise<void>((resolve) => {
        file.on('error', () => resolve());
        const more = (): void => void file.write(Buffer.alloc(size), (error) => (error === null || error === undefined ? more() : resolve()));
        more();
      });
      file.destroy();
    }
  };
  const free = async (path: string): Promise<void> => {
    for (const size of [2 ** 20, 4096]) await rm(join(path, `filler-${size}`), { force: true });
  };

  const name = 'reason' in disk ? `(skipped: ${disk.reason})` : '';
  it.skipIf('reason' in disk)(`ends or holds the run, says so, and after space returns a retry works ${name}`, async () => {
    if (!('path' in disk)) return;
    const dataDirectory = join(disk.path, 'data');
    await mkdir(dataDirectory, { mode: 0o700 });
    let test = await startDrydock({ dataDirectory });
    const small = await addSmallProject(test);
    const earlier = await runEnd(test, (await small.script('echo before >> README.md')).id);
    const launched = await small.script('sleep 2; echo after >> README.md; seq 100000');
    await runWhere(test, launched.id, (run) => run.state.name === 'working' && run.state.container !== null);
    await fill(disk.path);
    // Reading works on a full disk, and writing says what is wrong.
    expect((await test.client.runs.changes({ runId: earlier.id })).files).toHaveLength(1);
    const pauseSeen = async (): Promise<string> => {
      const run = await test.client.runs.get({ runId: launched.id });
      if (run.state.name === 'failed' && run.state.reason.kind === 'fault') return run.state.reason.fault.code;
      return test.drydock.core.supervisor.view().pauses[0]?.fault.code ?? run.state.name;
    };
    await expect.poll(pauseSeen, { timeout: 15_000 }).toBe('diskFull');
    // Until the database itself is refused: that too is said, and the service lives.
    let refused: unknown = null;
    for (let number = 0; number < 200 && refused === null; number += 1)
      refused = await small.write({ goal: `${number}`, context: 'x'.repeat(60_000) }).then(() => null, (error: { data?: { code: string; next: string } }) => error.data);
    expect(refused).toMatchObject({ code: 'diskFull', next: expect.stringMatching(/\S/) });
    expect((await test.client.service.hello({})).dataDirectory).toBe(dataDirectory);
    await free(disk.path);
    const ended = await runEnd(test, launched.id);
    if (ended.state.name !== 'reviewable') {
      const again = await test.client.runs.retry({ commandId: newCommand(), runId: launched.id });
      expect((await runEnd(test, again.id)).state).toEqual({ name: 'reviewable' });
    }
    await test.drydock.dispose();
    test = await startDrydock({ dataDirectory });
    expect((await test.client.runs.get({ runId: earlier.id })).state).toEqual({ name: 'reviewable' });
    expect((await test.client.runs.changes({ runId: earlier.id })).files.map((file) => file.path)).toEqual(['README.md']);
    const later = await test.client.runs.retry({ commandId: newCommand(), runId: earlier.id });
    expect((await runEnd(test, later.id)).state).toEqual({ name: 'reviewable' });
    await test.dispose();
    await small.remove();
  });
});
