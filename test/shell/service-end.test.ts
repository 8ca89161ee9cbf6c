import { once } from 'node:events';
import { existsSync, mkdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, expect, it } from 'vitest';
import { readHolder } from '../../src-main/adapters/files/claim-data-directory.ts';
import { type ForkedService, standInFork } from '../support/electron-stand-in/utility-process.ts';
import { scratchFolder } from '../support/scratch-folder.ts';

it('a service that is told to end while it is still starting lets go of the data directory', async () => {
  const data = join(scratchFolder(), 'data');
  mkdirSync(data, { mode: 0o700 });
  const services: ForkedService[] = [];
  // Its note is the first that is seen of the claim; everything else is still to be opened.
  const claimed = new Promise<void>((resolve) => {
    const watcher = watch(data, () => {
      if (existsSync(join(data, 'service.json'))) resolve();
    });
    onTestFinished(() => watcher.close());
  });
  const service = standInFork(services)(join(import.meta.dirname, '../../src-main/service.ts'), ['--data-dir', data]);
  const [forked] = services;
  onTestFinished(() => void forked?.child.kill('SIGKILL'));
  const ended = once(forked!.child, 'exit');
  service.postMessage({ type: 'start', secretKey: null });
  await Promise.race([claimed, ended]);
  expect(await readHolder(data), forked?.output.text).toMatchObject({ pid: forked?.child.pid });

  // Twice, as a person who quits twice.
  service.postMessage({ type: 'dispose' });
  service.postMessage({ type: 'dispose' });
  expect(await ended).toEqual([0, null]);
  expect(forked?.output.text).toBe('');
  expect(existsSync(join(data, 'service.json'))).toBe(false);
});
