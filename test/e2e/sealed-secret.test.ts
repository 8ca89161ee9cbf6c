import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { everythingBelow } from '../support/everything-below.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const exec = promisify(execFile);
const TOKEN = 'tok_9f1c-7Qz/8+secret';
const KEY = '-----BEGIN KEY-----\nmZ3vUQx81LkPq0aA\n7yT5rWdC2sNbXe4f\n-----END KEY-----\n';

describe('a secret of setup', () => {
  let test: TestDrydock;
  let small: SmallProject;
  const secrets = [{ name: 'TOKEN', file: null }, { name: 'DEPLOY_KEY', file: '~/.ssh/id_test' }];

  beforeAll(async () => {
    test = await startDrydock();
    small = await addSmallProject(test);
    for (const [name, value] of [['TOKEN', TOKEN], ['DEPLOY_KEY', KEY]] as const) await test.drydock.core.deps.secrets.keep(small.project.id, name, { kind: 'value', value });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
  });

  it('is seen by the script alone, cleared, searched for, and nowhere afterwards', async () => {
    await small.setEnvironment({
      secrets,
      setup: [
        'echo "the token is $TOKEN, or $(printf %s "$TOKEN" | base64)"',
        'test "$(sed -n 2p ~/.ssh/id_test | head -c 4)" = mZ3v',
        'test "$(stat -L -c %a ~/.ssh/id_test)" = 600',
        'printf "//registry.test/:_authToken=%s\\n" "$TOKEN" > ~/.npmrc',
        'mkdir -p ~/made && printf "%s" "$TOKEN" | sha256sum > ~/made/digest',
      ].join('\n'),
    });
    const run = await small.script('cat ~/made/digest; env; ls -a ~ ~/.ssh 2>&1; find / -xdev -name "*.npmrc" 2>/dev/null; grep -rl "9f1[c]-7Qz" / --exclude-dir=proc --exclude-dir=sys 2>/dev/null; echo searched');
    const ended = await runEnd(test, run.id);
    const log = (await wholeLog(test, run.id)).toString();
    expect([ended.state.name, log]).toEqual(['reviewable', expect.stringContaining('searched')]);
    expect(log).toContain(`the token is ${'*'.repeat(TOKEN.length)}, or ***`);
    expect(log).toMatch(/[0-9a-f]{64}/);
    const { receipt, image } = currentTurn(ended).snapshot ?? {};
    expect(receipt).toMatchObject({ secrets: ['TOKEN', 'DEPLOY_KEY'], found: [] });
    expect(receipt?.files).toBeGreaterThan(5);
    expect(receipt?.deleted).toEqual(expect.arrayContaining(['/home/agent/.ssh/id_test', '/home/agent/.npmrc', '/home/agent/.ssh']));

    const saved = (await exec('docker', ['image', 'inspect', image ?? ''])).stdout + (await exec('docker', ['history', '--no-trunc', image ?? ''])).stdout;
    const seen = [log, saved, await everythingBelow(test.dataDirectory), JSON.stringify(ended)].join('\n');
    for (const trace of ['9f1c-7Qz', Buffer.from(TOKEN).toString('base64').slice(4, 16), 'UQx81LkPq0aA']) expect([trace, seen.includes(trace)]).toEqual([trace, false]);
    await expect.poll(async () => (await test.labelled()).containers, { timeout: 15_000 }).toEqual([]);
  });

  it.each([
    ['a file', 'printf %s "$TOKEN" > ~/kept', /\/home\/agent\/kept/],
    ['an encoded file in the workspace', 'printf "x:%s" "$TOKEN" | base64 > kept.b64', /\/workspace\/kept\.b64/],
    ["a file's name", 'mkdir -p "/tmp/$TOKEN"', /the name/],
    ['a link', 'ln -s "$TOKEN" ~/link', /the name/],
  ])('left behind in %s fails the run, says where, and leaves no snapshot', async (_, setup, where) => {
    await small.setEnvironment({ secrets, setup });
    const ended = await runEnd(test, (await small.script('true')).id);
    expect(ended.state).toMatchObject({ name: 'failed', phase: 'sealing', reason: { kind: 'fault', fault: { code: 'secretFound', message: expect.stringMatching(where) } } });
    expect(JSON.stringify(ended)).not.toContain('9f1c-7Qz');
    await expect.poll(() => test.labelled(), { timeout: 15_000 }).toEqual({ containers: [], images: [expect.stringContaining('drydock/snapshot:')] });
    expect(await test.client.fleet.snapshots({})).toHaveLength(1);
  });

  it('that has no value fails the run before anything is made, and says so', async () => {
    await small.setEnvironment({ secrets: [{ name: 'MISSING', file: null }], setup: 'true' });
    const ended = await runEnd(test, (await small.script('true')).id);
    expect(ended.state).toMatchObject({ name: 'failed', reason: { fault: { code: 'notFound', message: expect.stringContaining('MISSING') } } });
  });
});
