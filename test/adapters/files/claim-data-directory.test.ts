import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { claimDataDirectory, readHolder } from '../../../src-main/adapters/files/claim-data-directory.ts';
import { defaultDataDirectory } from '../../../src-main/adapters/files/data-directory.ts';
import { startProgram } from '../../support/child-program.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

test('another process is refused while one holds the directory, and not after it was killed', async () => {
  const directory = join(scratchFolder(), 'new', 'data');
  const program = startProgram('claim-and-wait.ts', directory);
  await program.until(1);
  await expect(claimDataDirectory(directory)).rejects.toMatchObject({
    fault: { code: 'dataHeld', detail: { pid: program.child.pid, since: 1_700_000_000_000, socket: '/run/some.sock' } },
  });
  program.child.kill('SIGKILL');
  await program.ended;
  const claim = await claimDataDirectory(directory);
  expect((await readHolder(directory))?.pid).toBe(process.pid);
  await claim.release();
  expect(existsSync(join(directory, 'service.json'))).toBe(false);
});

test('a second claim in the same process is refused, and possible after the release', async () => {
  const directory = scratchFolder();
  const claim = await claimDataDirectory(directory);
  await expect(claimDataDirectory(directory)).rejects.toMatchObject({ fault: { code: 'dataHeld', detail: { pid: process.pid } } });
  // The refused one must not have let go of the first one's lock.
  const program = startProgram('claim-and-wait.ts', directory);
  await program.ended;
  expect(program.lines).toEqual(['dataHeld']);
  await claim.release();
  await claim.release();
  await (await claimDataDirectory(directory)).release();
});

test('only its user can look into it', async () => {
  const directory = join(scratchFolder(), 'open');
  mkdirSync(directory, { mode: 0o755 });
  const claim = await claimDataDirectory(directory);
  expect(statSync(directory).mode & 0o777).toBe(0o700);
  await claim.release();
});

test('what is no usable folder is refused in words', async () => {
  const file = join(scratchFolder(), 'file');
  writeFileSync(file, '');
  await expect(claimDataDirectory(file)).rejects.toMatchObject({ fault: { code: 'invalid', message: `${file} is not a folder.` } });
  await expect(claimDataDirectory(join(file, 'below'))).rejects.toMatchObject({ fault: { code: 'invalid' } });
  await expect(claimDataDirectory('/proc/drydock')).rejects.toMatchObject({ fault: { code: 'invalid' } });
});

test('a note that cannot be read does not hide who is refused', async () => {
  const directory = scratchFolder();
  const claim = await claimDataDirectory(directory);
  writeFileSync(join(directory, 'service.json'), 'half a no');
  await expect(claimDataDirectory(directory)).rejects.toMatchObject({ fault: { code: 'dataHeld', detail: { pid: null } } });
  await claim.release();
});

describe('where data belongs', () => {
  test.each([
    ['linux', { HOME: '/home/ada' }, '/home/ada/.local/share/drydock'],
    ['linux', { HOME: '/home/ada', XDG_DATA_HOME: '/data' }, '/data/drydock'],
    ['linux', { HOME: '/home/ada', XDG_DATA_HOME: 'relative' }, '/home/ada/.local/share/drydock'],
    ['darwin', { HOME: '/Users/ada' }, '/Users/ada/Library/Application Support/Drydock'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\ada\\AppData\\Local' }, 'C:\\Users\\ada\\AppData\\Local\\Drydock'],
    ['win32', { USERPROFILE: 'C:\\Users\\ada' }, 'C:\\Users\\ada\\AppData\\Local\\Drydock'],
  ] as const)('%s %o', (platform, env, directory) => {
    expect(defaultDataDirectory(env, platform)).toBe(directory);
  });
  test('nowhere without a home', () => expect(() => defaultDataDirectory({}, 'linux')).toThrow('--data-dir'));
});
