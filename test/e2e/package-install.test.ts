import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkPolicy } from '../../src-main/contract/network.ts';
import { newCommand, runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { startPrivateRegistry, type PrivateRegistry } from '../support/private-registry.ts';
import { addSmallProject, type SmallProject } from '../support/small-project.ts';
import { reachAt } from '../support/world.ts';

const QUIET = '--no-audit --no-fund --no-update-notifier --fetch-retries=0 --registry http://registry.test/';
const INSTALL = `npm install ${QUIET} @corner/tax && node -e 'import("@corner/tax").then(({ default: tax }) => console.log("20 % of 50 is " + tax(50)))'`;

describe('a package that is installed while the agent works', () => {
  let test: TestDrydock;
  let small: SmallProject;
  let registry: PrivateRegistry;

  beforeAll(async () => {
    registry = await startPrivateRegistry(null, '@corner/tax', { 'index.js': 'module.exports = (price) => price * 0.2;\n' });
    test = await startDrydock({ reach: reachAt(registry.port) });
    small = await addSmallProject(test, { network: networkPolicy.parse({ rules: [] }) });
  });
  afterAll(async () => {
    await test.dispose();
    await small.remove();
    registry.close();
  });

  it('is refused first, and had once its registry is allowed for the next run; publishing stays refused, and is told', async () => {
    const asked = await small.launch({ runsWith: { mode: 'script', command: INSTALL, internet: 'allowlist' } });
    const refused = await runEnd(test, asked.id);
    expect([refused.state.name, (await wholeLog(test, refused.id, 'work')).toString()]).toEqual([expect.any(String), expect.stringContaining('E403')]);
    expect(registry.asked).toEqual([]);
    const { entries } = await test.client.runs.network({ runId: refused.id });
    const [needed] = entries.flatMap(({ wouldNeed }) => (wouldNeed === null ? [] : [wouldNeed]));
    if (needed === undefined) expect.unreachable();
    expect(needed.host).toBe('registry.test');
    // Made what it has to be by the person who allows it: reading, of every package.
    const rules = [{ ...needed, methods: ['GET' as const], path: '' }];

    const again = await runEnd(test, (await test.client.runs.allowAndRetry({ commandId: newCommand(), runId: refused.id, rules, remember: true })).id);
    expect([again.state.name, (await wholeLog(test, again.id, 'work')).toString()]).toEqual(['reviewable', expect.stringContaining('20 % of 50 is 10')]);
    expect(registry.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /@corner/tax', 'GET /tarball.tgz']);

    const publish = `npm publish ${QUIET} --//registry.test/:_authToken=x --access public 2>&1; curl -sS -X PUT -d stolen http://registry.test/@corner/tax`;
    const sent = await runEnd(test, (await small.launch({ runsWith: { mode: 'script', command: publish, internet: 'allowlist' } })).id);
    expect((await wholeLog(test, sent.id, 'work')).toString()).toContain('"methodNotAllowed"');
    expect(registry.asked.every(({ method }) => method === 'GET')).toBe(true);
    expect((await test.client.runs.network({ runId: sent.id })).entries).toContainEqual(expect.objectContaining({ host: 'registry.test', method: 'PUT', refused: 'methodNotAllowed' }));
  });
});
