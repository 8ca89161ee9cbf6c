import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkRule } from '../../src-main/contract/network.ts';
import { DEFAULT_ENVIRONMENT } from '../../src-main/domain/environment/default-environment.ts';
import { LABEL, aheadRelaySpec, aheadWorkSpec, containerName, relaySpec, runOf, startLine, workSpec } from '../../src-main/domain/container-spec.ts';
import { doorOf, isIdleEnough, isSameRecipe, isStale, obstacleToWarm, surroundingsOf, type Load, type WarmRecipe } from '../../src-main/domain/warm.ts';
import { execFileSync } from 'node:child_process';

const HOUR = 3_600_000;
const recipe: WarmRecipe = { key: 'k', image: 'drydock/snapshot:k', tree: 't', workingDirectory: '', variables: { A: '1', B: '2' }, limits: { cpus: 2, memoryBytes: 2 ** 32, processes: 512 }, door: 'none' };
const OTHERS: readonly Partial<WarmRecipe>[] = [
  { key: 'other' }, { image: 'drydock/snapshot:other' }, { tree: 'other' }, { workingDirectory: 'web' }, { variables: { A: '1' } }, { variables: { A: '1', B: '3' } },
  { limits: { ...recipe.limits, cpus: 1 } }, { limits: { ...recipe.limits, memoryBytes: 2 ** 31 } }, { limits: { ...recipe.limits, processes: 64 } }, { door: 'relay' }, { door: 'trusted' },
];

it('fits what agrees in everything that is built in, in whatever order the variables are named', () => {
  expect(isSameRecipe(recipe, { ...recipe, variables: { B: '2', A: '1' } })).toBe(true);
  for (const other of OTHERS) expect([other, isSameRecipe(recipe, { ...recipe, ...other })]).toEqual([other, false]);
});

it('is stale when something else is wanted, or nothing, or after an hour, or when the clock was set back', () => {
  const made = { recipe, madeAt: 5 * HOUR };
  expect([made.madeAt, made.madeAt + HOUR - 1].map((now) => isStale(made, recipe, now))).toEqual([false, false]);
  expect([made.madeAt + HOUR, made.madeAt - 1].map((now) => isStale(made, recipe, now))).toEqual([true, true]);
  expect([null, ...OTHERS.map((other) => ({ ...recipe, ...other }))].map((wanted) => isStale(made, wanted, made.madeAt))).not.toContain(false);
});

it('tells the door of a policy: none when it is off, with trust where the proxy looks inside, and none of ours with full internet', () => {
  const rule = networkRule.parse({ host: 'a.test' });
  const allowlist: Parameters<typeof doorOf>[0] = { mode: 'allowlist', rules: [rule], inject: [] };
  expect(doorOf({ ...allowlist, mode: 'off' })).toBe('none');
  expect(doorOf(allowlist)).toBe('relay');
  expect(doorOf({ ...allowlist, rules: [{ ...rule, methods: ['GET'] }] })).toBe('trusted');
  expect(doorOf({ ...allowlist, inject: [{ host: 'a.test', header: 'Authorization', secret: 'KEY' }] })).toBe('trusted');
  expect(doorOf({ ...allowlist, mode: 'full' })).toBeNull();
});

it('names what stands against making anything ahead', () => {
  const { network } = DEFAULT_ENVIRONMENT;
  const service = { name: 'db', image: 'postgres', variables: {}, health: '', readyWithinSeconds: 60, command: null };
  expect([{}, { network: { ...network, mode: 'full' as const } }, { network: { ...network, mode: 'allowlist' as const, presets: ['registries' as const] } }, { services: [service] }, { network: { ...network, presets: ['registries' as const] } }].map((change) => obstacleToWarm({ ...DEFAULT_ENVIRONMENT, ...change }))).toEqual([
    null, expect.stringContaining('full internet'), expect.stringContaining('presets'), expect.stringContaining('Services'), null,
  ]);
});

it('makes nothing while anything else may need the machine', () => {
  const idle: Load = { engineUp: true, slots: { used: 0, total: 2 }, inLine: 0, beginning: 0, paused: false, freeMemory: 2 ** 33 };
  const busy: readonly Partial<Load>[] = [{ engineUp: false }, { slots: { used: 2, total: 2 } }, { inLine: 1 }, { beginning: 1 }, { paused: true }, { freeMemory: 2 ** 30 }];
  expect(isIdleEnough(idle)).toBe(true);
  for (const change of busy) expect([change, isIdleEnough({ ...idle, ...change })]).toEqual([change, false]);
});

const request = { owner: 'o', image: 'i', environment: { ...DEFAULT_ENVIRONMENT, variables: { A: '1' } }, workingDirectory: 'web' };

it("is as a run's own container but for name, labels and command, and knows no run", () => {
  const surroundings = surroundingsOf('trusted', 'the-holder');
  const { name, labels, command, ...rest } = aheadWorkSpec({ ...request, warm: 'w1' }, surroundings);
  const own = workSpec({ ...request, runId: 'run_x', turn: 1, role: 'work' }, 'true', surroundings);
  expect(rest).toEqual({ ...own, name: undefined, labels: undefined, command: undefined, stdin: 'kept' });
  expect([name, labels[LABEL.run], labels[LABEL.owner], JSON.stringify(command)]).toEqual(['drydock-warm-w1-work', undefined, 'o', expect.not.stringContaining('run_x')]);
  const relay = { owner: 'o', image: 'i', source: 's' };
  expect(aheadRelaySpec({ ...relay, warm: 'w1' })).toMatchObject({ ...relaySpec({ ...relay, runId: 'run_x', turn: 1 }), name: 'drydock-warm-w1-relay', labels: { [LABEL.phase]: 'relay', [LABEL.warm]: 'w1' } });
});

it("is nobody's until a run has given it its name; a label of a run counts only where nothing was made ahead", () => {
  const { name, labels } = aheadWorkSpec({ ...request, warm: 'w1' });
  expect(runOf({ name, labels })).toBeNull();
  expect(runOf({ name: containerName('run_0123456789ab', 2, 'work'), labels })).toBe('run_0123456789ab');
  expect(runOf({ name: 'drydock-warm-w1-work', labels: { ...labels, [LABEL.run]: 'run_0123456789ab' } })).toBeNull();
  expect([runOf({ name: containerName('run_0123456789ab', 1, 'work'), labels: {} }), runOf({ name: 'anything', labels: { [LABEL.run]: 'run_0123456789ab' } })]).toEqual([null, 'run_0123456789ab']);
});

const program = aheadWorkSpec({ ...request, warm: 'w1' }).command;
const given = (input: string): string => execFileSync(program[0] ?? '', program.slice(1), { input, encoding: 'utf8' });

it('hands a command over word for word, with no input of its own, and reads no second one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }).filter((text) => !text.includes('\0')), (text) => {
      const command = `cat; cat <<'DRYDOCK-END'\n${text}\nDRYDOCK-END\n`;
      return given(startLine(command) + startLine('echo again')) === `${text}\n`;
    }),
    { numRuns: 30 },
  );
});

it('takes nothing for a command that is not whole, wherever a service was killed', () => {
  const whole = startLine('echo "a . b" \\. \\n; echo run x\necho done \\');
  const said = given(whole);
  expect(said).toBe('a . b . n\nrun x\ndone \\\n');
  for (let cut = 0; cut < whole.length; cut += 1) expect([cut, given(whole.slice(0, cut) + whole)]).toEqual([cut, said]);
  expect(() => given(whole.slice(0, -1))).toThrow('125');
});
