import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { readHiddenLine, type HiddenInput } from '../../src-main/cli/read-hidden-line.ts';
import { drydock } from '../support/command-line.ts';
import { FakeService, ids } from '../support/fake-service.ts';

const VALUE = 'tok_9f1c-7Qz/8+value';
let fake: FakeService;
beforeEach(() => {
  fake = new FakeService();
});

const given = () => (fake.inputOf('secrets.set') as { given: unknown } | undefined)?.given;

describe('drydock secret set', () => {
  it.each([
    ['a line', `${VALUE}\n`, VALUE],
    ['a line of another system', `${VALUE}\r\n`, VALUE],
    ['text without a line break', VALUE, VALUE],
    ['several lines, as they are', 'BEGIN\nabcd\nEND\n', 'BEGIN\nabcd\nEND\n'],
  ])('takes %s from stdin, and shows nothing of it', async (_, stdin, value) => {
    const { status, stdout, stderr } = await drydock(fake, ['secret', 'set', 'TOKEN'], { stdin });
    expect([status, stdout, stderr]).toEqual([0, 'TOKEN of shop is kept.\n', '']);
    expect(fake.inputOf('secrets.set')).toMatchObject({ projectId: ids.project, name: 'TOKEN', given: { kind: 'value', value } });
  });

  it.each([
    ['env:NPM_TOKEN', { kind: 'environment', variable: 'NPM_TOKEN' }],
    ['file:/run/key', { kind: 'file', path: '/run/key' }],
    ['file:keys/mine', { kind: 'file', path: '/repos/shop/keys/mine' }],
    ['op://Vault/Item/field', { kind: 'onePassword', reference: 'op://Vault/Item/field' }],
    ['command:pass show npm | head -n1', { kind: 'command', command: 'pass show npm | head -n1' }],
  ])('keeps where it is found: %s', async (from, expected) => {
    const { status } = await drydock(fake, ['secret', 'set', 'TOKEN', 'shop', '--from', from]);
    expect([status, given()]).toEqual([0, expected]);
  });

  it.each([[['set', 'TOKEN', '--from', VALUE]], [['set', 'TOKEN', '--from', 'env:']], [['set', 'A-B']], [['set']], [['set', 'TOKEN', 'shop', VALUE]]])('refuses %j, and repeats no value', async (args) => {
    const { status, stdout, stderr } = await drydock(fake, ['secret', ...args], { stdin: VALUE });
    expect(status).toBe(2);
    expect(stdout + stderr).not.toContain(VALUE);
    expect(given()).toBeUndefined();
  });

  it('repeats no value that stands where a project should', async () => {
    fake.isRepositoryKnown = false;
    const { status, stdout, stderr } = await drydock(fake, ['secret', 'set', 'TOKEN', VALUE], { stdin: '' });
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain('from stdin');
    expect(stderr).not.toContain(VALUE);
  });

  it('leaves when it is called off', async () => {
    expect(await drydock(fake, ['secret', 'set', 'TOKEN'])).toMatchObject({ status: 130, stdout: '' });
    expect(given()).toBeUndefined();
  });

  it('says what a key in a file means', async () => {
    fake.secretsKeptBy = 'keyFile';
    expect((await drydock(fake, ['secret', 'set', 'TOKEN'], { stdin: VALUE })).stderr).toContain('whoever can read your files can read it');
    const { json, stderr } = await drydock(fake, ['secret', 'set', 'TOKEN', '--json'], { stdin: VALUE });
    expect([json, stderr]).toEqual([{ ok: true, keptBy: 'keyFile', secret: expect.objectContaining({ name: 'TOKEN', source: { kind: 'stored' } }) }, '']);
  });

  it('shows no value in a refusal', async () => {
    fake.fault = { code: 'invalid', message: 'The secret TOKEN is not taken.', next: 'Give it whole.' };
    const { status, stderr } = await drydock(fake, ['secret', 'set', 'TOKEN', 'shop'], { stdin: VALUE });
    expect([status, stderr]).toEqual([2, 'drydock: The secret TOKEN is not taken.\nNext: Give it whole.\n']);
  });
});

describe('drydock secret list', () => {
  it('names them, where they come from, and which must be given anew', async () => {
    const { stdout } = await drydock(fake, ['secret', 'list'], { isTTY: true });
    expect(stdout).toBe(
      'NPM_TOKEN  kept here, set 1970-01-01, used 1970-01-02\nKEY        command:pass ]0;evil, set 1970-01-01, not used yet\nOLD        cannot be read any more: set it again\n',
    );
    expect((await drydock(fake, ['secret', 'list', '--json'])).json).toEqual({ ok: true, projectId: ids.project, keptBy: 'keychain', secrets: fake.secrets });
  });
  it('says that there is none', async () => {
    fake.secrets = [];
    expect(await drydock(fake, ['secret', 'list'])).toMatchObject({ stdout: '', stderr: 'No secret yet. Next: drydock secret set NAME\n' });
  });
});

describe('drydock secret remove', () => {
  it('removes one', async () => {
    expect((await drydock(fake, ['secret', 'remove', 'KEY', 'shop'])).stdout).toBe('KEY of shop is removed from this machine.\n');
    expect(fake.inputOf('secrets.remove')).toMatchObject({ projectId: ids.project, name: 'KEY' });
  });
  it('says when there is none of that name', async () => {
    expect(await drydock(fake, ['secret', 'remove', 'NONE'])).toMatchObject({ status: 2, stderr: expect.stringContaining('has no secret NONE') });
    expect(fake.inputOf('secrets.remove')).toBeUndefined();
  });
});

describe('a line that is not shown', () => {
  const type = async (...typed: string[]) => {
    const raw: boolean[] = [];
    const input = Object.assign(new PassThrough(), { setRawMode: (on: boolean) => void raw.push(on) }) as HiddenInput & PassThrough;
    const echo = new PassThrough();
    const reading = readHiddenLine(input, echo, 'Value: ');
    for (const keys of typed) input.write(keys);
    const line = await reading;
    return { line, raw, shown: String(echo.read()) };
  };
  it.each<[string, string[], string | null]>([
    ['typed letter by letter', [...VALUE.split(''), '\r'], VALUE],
    ['pasted, with its line break', [`${VALUE}\r`], VALUE],
    ['mended', ['tox\u007fken-1', '\r'], 'token-1'],
    ['begun again', ['wrong\u0015token-1\r'], 'token-1'],
    ['ended by Ctrl-D', ['token-1\u0004'], 'token-1'],
    ['called off', ['token-1\u0003'], null],
    ['pasted in several lines', ['BEGIN\rabcd\rEND\r'], 'BEGIN\nabcd\nEND\n'],
  ])('%s', async (_, typed, line) => expect(await type(...typed)).toEqual({ line, raw: [true, false], shown: 'Value: \n' }));
});
