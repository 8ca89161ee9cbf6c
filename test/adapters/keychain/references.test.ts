import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SecretSource } from '../../../src-main/contract/secret.ts';
import { resolveReference } from '../../../src-main/adapters/keychain/resolve-reference.ts';
import { runProgram } from '../../../src-main/adapters/keychain/run-program.ts';
import { createSecretStore } from '../../../src-main/adapters/keychain/secret-store.ts';
import { handClock } from '../../support/hand-clock.ts';
import { sampleProjectId } from '../../support/sample-documents.ts';

const VALUE = 'tok_9f1c-7Qz/8+value';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-references-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const resolve = (source: Exclude<SecretSource, { kind: 'stored' }>) => resolveReference('TOKEN', source);
const write = async (content: string | Uint8Array): Promise<SecretSource & { kind: 'file' }> => {
  await writeFile(join(folder, 'value'), content);
  return { kind: 'file', path: join(folder, 'value') };
};
const refused = (why: RegExp) => ({ fault: { code: 'secretUnreadable', message: expect.stringMatching(why), next: expect.stringMatching(/\S/) } });

describe('a variable', () => {
  it('is that of the service', async () => {
    vi.stubEnv('DRYDOCK_TEST_VALUE', ` ${VALUE}\n`);
    expect(await resolve({ kind: 'environment', variable: 'DRYDOCK_TEST_VALUE' })).toBe(` ${VALUE}\n`);
    await expect(resolve({ kind: 'environment', variable: 'DRYDOCK_TEST_NONE' })).rejects.toMatchObject(refused(/DRYDOCK_TEST_NONE is not set/));
  });
});

describe('a file', () => {
  const key = '-----BEGIN KEY-----\nabcd1234\n-----END KEY-----\n';
  it.each([
    ['without a line break', VALUE, VALUE],
    ['with one at its end', `${VALUE}\n`, VALUE],
    ['with one of another system', `${VALUE}\r\n`, VALUE],
    ['of several lines, as it is', key, key],
    ['with spaces, as they are', ` ${VALUE} `, ` ${VALUE} `],
  ])('%s', async (_, content, value) => expect(await resolve(await write(content))).toBe(value));

  it.each([
    ['nothing in it', '', /empty/],
    ['only a line break', '\n', /empty/],
    ['too much in it', 'x'.repeat(262_145), /larger than 256 KiB/],
    ['no text in it', new Uint8Array([0x61, 0xff, 0xfe, 0x62]), /no text/],
  ])('with %s is refused', async (_, content, why) => expect(resolve(await write(content))).rejects.toMatchObject(refused(why)));

  it('that is missing, a folder, without an end, or a pipe that nobody writes to is refused', async () => {
    const file = (path: string) => resolve({ kind: 'file', path });
    await expect(file(join(folder, 'none'))).rejects.toMatchObject(refused(/ENOENT/));
    await expect(file(folder)).rejects.toMatchObject(refused(/no regular file/));
    await expect(file('/dev/zero')).rejects.toMatchObject(refused(/no regular file/));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    await expect(file(join(folder, 'pipe'))).rejects.toMatchObject(refused(/no regular file/));
  });

  it('is named by its whole path', async () => {
    const store = createSecretStore({ directory: folder, clock: handClock(), key: null });
    await expect(store.keep(sampleProjectId(1), 'TOKEN', { kind: 'file', path: 'value' })).rejects.toMatchObject({ fault: { code: 'invalid', message: expect.stringContaining('not absolute') } });
  });
});

describe('1Password', () => {
  const install = async (script: string): Promise<void> => {
    await writeFile(join(folder, 'op'), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, 'op'), 0o755);
    vi.stubEnv('PATH', `${folder}:${process.env['PATH'] ?? ''}`);
  };
  const reference = 'op://Vault/$(touch made);`id`/field name';

  it('is asked by its tool, without a shell', async () => {
    await install(`printf '%s\\n' "$@" > "${folder}/args"; printf ${VALUE}`);
    expect(await resolve({ kind: 'onePassword', reference })).toBe(VALUE);
    expect(execFileSync('cat', [join(folder, 'args')]).toString()).toBe(`read\n--no-newline\n${reference}\n`);
  });

  it('says in its own words why not, without control characters', async () => {
    await install(`printf '\\033[31m[ERROR] not signed in\\n\\007more' >&2; exit 1`);
    const refusal = refused(/status 1: \[31m\[ERROR\] not signed in\.$/);
    await expect(resolve({ kind: 'onePassword', reference })).rejects.toMatchObject(refusal);
  });

  it('that is not installed is named', async () => {
    vi.stubEnv('PATH', folder);
    await expect(resolve({ kind: 'onePassword', reference })).rejects.toMatchObject(refused(/not on this machine/));
  });
});

describe('a command', () => {
  it('is run by a shell, without input', async () => {
    expect(await resolve({ kind: 'command', command: `cat; printf '%s' '${VALUE}' | cat` })).toBe(VALUE);
  });

  it('that fails is told by its status alone: what it says may hold the value', async () => {
    const failing = resolve({ kind: 'command', command: `set -x; echo ${VALUE}; echo ${VALUE} >&2; exit 7` });
    await expect(failing).rejects.toMatchObject(refused(/ended with status 7\.$/));
    expect(JSON.stringify(await failing.catch((error: unknown) => [String(error), (error as Error).stack, error, (error as Error).cause]))).not.toContain(VALUE);
  });

  it('that says too much is ended', async () => {
    await expect(resolve({ kind: 'command', command: 'yes a-value-without-end' })).rejects.toMatchObject(refused(/more than 256 KiB/));
  });

  it('that takes too long ends with everything it started', async () => {
    const pid = join(folder, 'pid');
    const printed = await runProgram('/bin/sh', ['-c', `sleep 600 & echo $! > ${pid}; sleep 600 | cat`], { patienceMs: 300, mostBytes: 10 });
    expect(printed).toEqual({ ok: false, failure: { kind: 'tooLong' } });
    const child = Number(execFileSync('cat', [pid]).toString());
    // A process that was killed and not yet waited for still has its number, as a zombie.
    const state = (): string => {
      try {
        return /^State:\s+(\S)/m.exec(execFileSync('cat', [`/proc/${child}/status`], { stdio: 'pipe' }).toString())?.[1] ?? 'gone';
      } catch {
        return 'gone';
      }
    };
    await expect.poll(state).toMatch(/gone|Z/);
  });

  it('whose grandchild keeps the output open does not keep anybody waiting', async () => {
    const printed = await runProgram('/bin/sh', ['-c', 'setsid sleep 3 & echo done'], { patienceMs: 300, mostBytes: 10 });
    expect(printed).toEqual({ ok: false, failure: { kind: 'tooLong' } });
  });
});
