import { chmod, mkdir, mkdtemp, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { localSocketPath, preparePrivateDirectory } from '../../src-main/wire/transports/local-socket-path.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-path-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('lies in the data directory, unless that is too long for a socket', () => {
  expect(localSocketPath('/data', 'linux')).toBe('/data/service.sock');
  const long = `/data/${'ü'.repeat(60)}`;
  const short = localSocketPath(long, 'linux');
  expect(Buffer.byteLength(short)).toBeLessThanOrEqual(100);
  expect(localSocketPath(long, 'linux')).toBe(short);
  expect(dirname(localSocketPath(`${long}x`, 'linux'))).not.toBe(dirname(short));
});

it('is a named pipe on Windows', () => {
  expect(localSocketPath('C:\\Users\\a', 'win32')).toMatch(/^\\\\\.\\pipe\\drydock-[0-9a-f]{16}$/);
});

it('makes its folder for this user alone, and uses no other', async () => {
  const own = join(folder, 'own');
  preparePrivateDirectory(own);
  expect((await stat(own)).mode & 0o777).toBe(0o700);
  const open = join(folder, 'open');
  await mkdir(open);
  await chmod(open, 0o777);
  expect(() => preparePrivateDirectory(open)).toThrow(/not a private directory/);
  const link = join(folder, 'link');
  await symlink(own, link);
  expect(() => preparePrivateDirectory(link)).toThrow(/not a private directory/);
});
