import { randomBytes } from 'node:crypto';
import { chmod, copyFile, mkdtemp, readdir, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretStore } from '../../../src-main/adapters/keychain/secret-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleProjectId } from '../../support/sample-documents.ts';

const VALUE = 'tok_9f1c-7Qz/8+value';
const project = sampleProjectId(1);

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'drydock-secrets-'));
});
afterEach(() => rm(directory, { recursive: true }));

const open = (key: Uint8Array | null = null) => createSecretStore({ directory, clock: handClock(1_000), key });
const keep = (name = 'TOKEN', text = VALUE, key: Uint8Array | null = null) => open(key).keep(project, name, { kind: 'value', value: text });
const files = async (): Promise<string[]> => (await readdir(directory, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const sealed = async (name: string): Promise<string> => (await files()).find((file) => file.includes(`/${name}.`) && file.endsWith('.sealed')) ?? expect.unreachable(`${name} has no file`);

describe('on disk', () => {
  it('nothing of a value or a reference is in the clear, and only the user can read it', async () => {
    await keep();
    await open().keep(project, 'KEY', { kind: 'command', command: `echo ${VALUE}` });
    await open().reveal(project, ['TOKEN']);
    const all = await files();
    expect(all).toHaveLength(4);
    for (const file of all) {
      const bytes = await readFile(file);
      for (const trace of [VALUE, Buffer.from(VALUE).toString('base64').slice(0, 12), Buffer.from(VALUE).toString('hex')]) expect(bytes.includes(trace)).toBe(false);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      if (dirname(file) !== directory) expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    }
    expect((await stat(join(directory, 'secrets'))).mode & 0o777).toBe(0o700);
  });

  it('the same value is sealed differently each time', async () => {
    await keep();
    const first = await readFile(await sealed('TOKEN'));
    await keep();
    expect((await readFile(await sealed('TOKEN'))).equals(first)).toBe(false);
  });

  it('asking makes no key and no folder', async () => {
    expect(await open().facts(project)).toEqual([]);
    await expect(open().reveal(project, ['TOKEN'])).rejects.toMatchObject({ fault: { code: 'notFound' } });
    expect(await readdir(directory)).toEqual([]);
  });

  it('what a killed service left half written is no secret, and in nobody’s way', async () => {
    await keep();
    const path = await sealed('TOKEN');
    await rename(path, `${path}.half`);
    await writeFile(join(directory, 'secrets.key.0badc0de.half'), 'half');
    expect(await open().facts(project)).toEqual([]);
    await keep('TOKEN', 'another-value-1');
    expect((await open().reveal(project, ['TOKEN'])).get('TOKEN')).toBe('another-value-1');
    expect((await readdir(dirname(path))).filter((name) => name.endsWith('.half'))).toEqual([]);
  });
});

describe('a damaged file', () => {
  const damages: [string, (path: string) => Promise<unknown>][] = [
    ['cut', async (path) => writeFile(path, (await readFile(path)).subarray(0, 20))],
    ['empty', (path) => writeFile(path, '')],
    ['with one bit turned', async (path) => writeFile(path, (await readFile(path)).map((byte, at, { length }) => (at === length - 3 ? byte ^ 1 : byte)))],
    ['of another secret', async (path) => copyFile(await sealed('KEY'), path)],
  ];
  it.each(damages)('%s says so, the others still work, and it can be given anew', async (_, damage) => {
    await keep();
    await keep('KEY', 'another-value-1');
    await damage(await sealed('TOKEN'));
    await expect(open().reveal(project, ['TOKEN'])).rejects.toMatchObject({ fault: { code: 'damagedData', message: expect.stringContaining('TOKEN'), next: 'Give it anew.' } });
    expect((await open().reveal(project, ['KEY'])).get('KEY')).toBe('another-value-1');
    expect((await open().facts(project)).map(({ name, damaged = false }) => [name, damaged])).toEqual([['KEY', false], ['TOKEN', true]]);
    await keep();
    expect((await open().reveal(project, ['TOKEN'])).get('TOKEN')).toBe(VALUE);
    expect((await open().facts(project)).some(({ damaged }) => damaged)).toBe(false);
  });

  it('copied from another project does not open', async () => {
    await keep();
    await open().keep(sampleProjectId(2), 'TOKEN', { kind: 'value', value: 'another-value-1' });
    const [one, two] = (await files()).filter((file) => file.endsWith('.sealed'));
    await copyFile(one ?? '', two ?? '');
    const found = await Promise.allSettled([open().reveal(project, ['TOKEN']), open().reveal(sampleProjectId(2), ['TOKEN'])]);
    expect(found.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('the key', () => {
  it('of a keychain leaves no key file, and a store without it opens nothing', async () => {
    const key = randomBytes(32);
    await keep('TOKEN', VALUE, key);
    expect((await files()).map((file) => dirname(file))).not.toContain(directory);
    expect((await open(key).reveal(project, ['TOKEN'])).get('TOKEN')).toBe(VALUE);
    for (const wrong of [null, randomBytes(32)]) {
      await expect(open(wrong).reveal(project, ['TOKEN'])).rejects.toMatchObject({ fault: { code: 'damagedData', message: expect.stringContaining('another key') } });
      expect(await open(wrong).facts(project)).toMatchObject([{ name: 'TOKEN', damaged: true }]);
    }
  });

  it('of a keychain comes after one in a file: what that one sealed stays readable', async () => {
    const before = await keep();
    const key = randomBytes(32);
    expect([open().keptBy, open(key).keptBy]).toEqual(['keyFile', 'keychain']);
    expect((await open(key).reveal(project, ['TOKEN'])).get('TOKEN')).toBe(VALUE);
    expect((await open(key).facts(project))[0]?.version).toBe(before.version);
    await keep('TOKEN', VALUE, key);
    await rm(join(directory, 'secrets.key'));
    expect((await open(key).reveal(project, ['TOKEN'])).get('TOKEN')).toBe(VALUE);
  });

  it('is one for all, also when two ask for it at once', async () => {
    await Promise.all(Array.from({ length: 8 }, (_, at) => keep(`S${at}`)));
    expect((await open().reveal(project, ['S0', 'S3', 'S7'])).size).toBe(3);
    expect((await stat(join(directory, 'secrets.key'))).size).toBe(32);
  });

  it.skipIf(process.platform === 'win32').each([0o640, 0o604, 0o666])('in a file that others can read (%o) is refused, with what to do', async (mode) => {
    await keep();
    await chmod(join(directory, 'secrets.key'), mode);
    const refused = { fault: { code: 'damagedData', message: expect.stringContaining('can be read by others'), next: expect.stringContaining('chmod 600') } };
    await expect(open().reveal(project, ['TOKEN'])).rejects.toMatchObject(refused);
    await expect(keep('KEY')).rejects.toMatchObject(refused);
    await chmod(join(directory, 'secrets.key'), 0o600);
    expect((await open().reveal(project, ['TOKEN'])).get('TOKEN')).toBe(VALUE);
  });

  it.each([
    ['cut', async (path: string) => writeFile(path, 'short')],
    ['a link', async (path: string) => rename(path, `${path}.real`).then(() => symlink(`${path}.real`, path))],
  ])('in a file that is %s is refused', async (_, damage) => {
    await keep();
    await damage(join(directory, 'secrets.key'));
    await expect(open().reveal(project, ['TOKEN'])).rejects.toMatchObject({ fault: { code: 'damagedData', message: expect.stringContaining('secrets.key') } });
  });
});
