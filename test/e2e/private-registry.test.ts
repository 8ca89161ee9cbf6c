import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secretForms } from '../../src-main/domain/secrets/forms.ts';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { everythingBelow } from '../support/everything-below.ts';
import { startPrivateRegistry, type PrivateRegistry } from '../support/private-registry.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';

const exec = promisify(execFile);
const TOKEN = 'npm_Zk41vWq8-LmX0/tR7u+s';

/** Looks for the token from inside: environment, arguments of processes, files, and whether the package is there without any network. */
const LOOK = [
  'ls /sys/class/net',
  'env; cat /proc/[0-9]*/environ /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n"',
  'grep -rl "Zk41vW[q]8" / --exclude-dir=proc --exclude-dir=sys 2>/dev/null',
  `node -e 'console.log("20 % of 50 is " + require("@corner/tax")(50))'`,
].join('\n');

describe('a private dependency', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let registry: PrivateRegistry;

  beforeAll(async () => {
    registry = await startPrivateRegistry(TOKEN, '@corner/tax', { 'index.js': 'module.exports = (price) => price * 0.2;\n' });
    test = await startDrydock();
    small = await addSmallProject(test);
    const repository = repositoryAt(small.repository);
    repository.write('.npmrc', `@corner:registry=http://${registry.host}/\n//${registry.host}/:_authToken=\${NPM_TOKEN}\n`);
    repository.write('.gitignore', 'node_modules\n');
    repository.write('package.json', JSON.stringify({ name: 'shop', private: true, dependencies: { '@corner/tax': '1.2.3' } }));
    repository.commit('Taxes come from the private registry');
    await test.drydock.core.deps.secrets.keep(small.project.id, 'NPM_TOKEN', { kind: 'value', value: TOKEN });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
    registry.close();
  });

  const setup = 'npm install --no-audit --no-fund --no-update-notifier --fetch-retries=0 2>&1';

  it('cannot be had without its token: setup says so', async () => {
    await small.setEnvironment({ setup });
    const ended = await runEnd(test, (await small.script('true')).id);
    expect(ended.state).toMatchObject({ name: 'failed', phase: 'settingUp' });
    expect((await wholeLog(test, ended.id)).toString()).toContain('E401');
    expect(registry.asked.every(({ status }) => status === 401)).toBe(true);
  });

  it('is installed by setup with the token, works offline in the work phase and in the checks, and the token is nowhere', async () => {
    await small.setEnvironment({ setup: `${setup}\necho "installed with $NPM_TOKEN"`, secrets: [{ name: 'NPM_TOKEN', file: null }] });
    const run = await small.script(LOOK, { checks: [{ command: `node -e 'require("@corner/tax")'` }] });
    const ended = await runEnd(test, run.id);
    const log = (await wholeLog(test, run.id)).toString();
    expect([ended.state.name, log]).toEqual(['reviewable', expect.stringContaining('20 % of 50 is 10')]);
    expect(registry.asked).toContainEqual({ method: 'GET', path: '/tarball.tgz', status: 200 });
    expect(log).toContain(`installed with ${'*'.repeat(TOKEN.length)}`);
    expect((await wholeLog(test, run.id, 'work')).toString()).toMatch(/^lo\n/);
    expect(currentTurn(ended).checks.map(({ exitCode }) => exitCode)).toEqual([0, 0]);

    const { image, receipt } = currentTurn(ended).snapshot ?? {};
    expect(receipt).toMatchObject({ secrets: ['NPM_TOKEN'], found: [] });
    const saved = [(await exec('docker', ['image', 'inspect', image ?? ''])).stdout, (await exec('docker', ['history', '--no-trunc', image ?? ''])).stdout];
    const seen = [log, ...saved, await everythingBelow(test.dataDirectory), JSON.stringify(ended)].join('\n');
    const left = secretForms('NPM_TOKEN', TOKEN).map(({ bytes }) => Buffer.from(bytes).toString('latin1')).filter((form) => seen.includes(form));
    expect(left).toEqual([]);
  });
});
