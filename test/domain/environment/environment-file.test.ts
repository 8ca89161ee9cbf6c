import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boundedEnvironment } from '../../../src-main/domain/environment/bounded-environment.ts';
import { DEFAULT_ENVIRONMENT } from '../../../src-main/domain/environment/default-environment.ts';
import { parseEnvironmentFile, writeEnvironmentFile, type EnvironmentFile } from '../../../src-main/domain/environment/environment-file.ts';
import { anyEnvironment } from '../../support/any-environment.ts';

const parsed = (text: string): EnvironmentFile => {
  const answer = parseEnvironmentFile(text);
  if (!answer.ok) throw new Error(answer.problems.join('\n'));
  return answer.file;
};
const problems = (text: string): readonly string[] => {
  const answer = parseEnvironmentFile(text);
  return answer.ok ? [] : answer.problems;
};

describe('an environment file', () => {
  it('comes back as it went', () => {
    fc.assert(
      fc.property(anyEnvironment, (made) => {
        const file = parsed(writeEnvironmentFile(made));
        expect(boundedEnvironment(file, made)).toEqual({ environment: made, problems: [] });
        // What is bounded by the user's own is in the file too, where it is not as by default.
        for (const name of ['cpus', 'memoryBytes', 'processes', 'writtenBytes'] as const) expect(file.limits?.[name] ?? DEFAULT_ENVIRONMENT.limits[name]).toBe(made.limits[name]);
        expect(file.network?.budget ?? DEFAULT_ENVIRONMENT.network.budget).toEqual(made.network.budget);
        expect([file.warm ?? 0, file.setupTimeoutSeconds ?? 1_800]).toEqual([made.warm, made.setupTimeoutSeconds]);
      }),
      { numRuns: 500 },
    );
  });

  it('begins with one line that says what it is, and holds what is not as by default', () => {
    const text = writeEnvironmentFile({ ...DEFAULT_ENVIRONMENT, setup: 'npm ci\nnpm run build\n', secrets: [{ name: 'NPM_TOKEN', file: null }, { name: 'KEY', file: '~/.key' }], limits: { ...DEFAULT_ENVIRONMENT.limits, cpus: 4 } });
    expect(text).toBe(`# How Drydock makes the containers of this repository. Names of secrets stand here, never their values; limits only lower your own.
drydock: 1
setup: |
  npm ci
  npm run build
secrets:
  - NPM_TOKEN
  - name: KEY
    file: ~/.key
limits:
  cpus: 4
`);
  });

  it.each<[string, string, string]>([
    ['an unknown field', 'setup: x\nprivileged: true\n', 'line 2: privileged: there is no such field'],
    ['a host option', 'runArgs: [--privileged]\n', 'line 1: runArgs: there is no such field'],
    ['an unknown limit', 'limits:\n  cpus: 1\n  gpus: 1\n', 'line 3: limits.gpus: there is no such field'],
    ['an unknown field of a rule', 'network:\n  rules:\n    - host: a.example\n      tls: off\n', 'line 4: network.rules.0.tls: there is no such field'],
    ['an unknown field of a service', 'services:\n  - name: db\n    image: postgres\n    privileged: true\n', 'line 4: services.0.privileged: there is no such field'],
    ['two services of one name', 'services:\n  - { name: db, image: a }\n  - name: db\n    image: b\n', 'line 3: services.1.name: there are two services named db'],
    ["a secret's value", 'secrets:\n  - name: TOKEN\n    value: hunter2\n', 'line 3: secrets.0.value: a secret’s value never stands in a file; only its name and use do'],
    ['a value to inject', 'inject:\n  - { host: a.example, header: X-Key, secret: K, value: hunter2 }\n', 'line 2: inject.0.value: there is no such field'],
    ['a secret that is no name', 'secrets: ["a b"]\n', 'line 1: secrets.0 must be a variable name: letters, digits and underscores'],
    ['a wrong type', 'setup: x\nsetupAsRoot: sometimes\n', 'line 2: setupAsRoot must be true or false'],
    ['an image that is an option', 'image: --privileged\n', 'line 1: image must be the name of an image, as in node:24'],
    ['a newer format', 'drydock: 2\n', 'line 1: drydock must be 1'],
    ['a list', '- a\n', 'the file must be a group of named fields'],
    ['a field twice', 'setup: a\nsetup: b\n', 'line 2: a field stands twice.'],
    ['broken YAML', 'setup: x\nlockFiles: [\n', 'line 3: '],
    ['aliases', 'variables: &a { A: x }\nlimits: *a\n', 'it uses YAML aliases, which are not allowed.'],
    ['what is nested without end', '['.repeat(20_000), ''],
    ['a flood of fields', Array.from({ length: 50_000 }, (_, at) => `k${at}: 1\n`).join(''), 'far more fields'],
    ['prototypes', '__proto__: { setup: x }\n', '__proto__'],
  ])('refuses %s', (_what, text, words) => {
    const found = problems(text);
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]).toContain(words);
    expect(found.join('\n')).not.toContain('hunter2');
  });

  it('may be empty, or have Windows line ends', () => {
    expect(parsed('')).toEqual({});
    expect(parsed('# nothing\n')).toEqual({});
    expect(parsed('setup: |\r\n  a\r\n  b\r\nwarm: 1\r\n')).toEqual({ setup: 'a\nb\n', warm: 1 });
  });
});

describe('within the limits of the user', () => {
  const own = { ...DEFAULT_ENVIRONMENT, limits: { cpus: 8, memoryBytes: 2 ** 33, processes: 100, writtenBytes: 2 ** 30 }, warm: 1, setupTimeoutSeconds: 600 };

  it('the smaller one counts, and what goes beyond is named', () => {
    const { environment, problems: told } = boundedEnvironment(parsed('limits: { cpus: 64, memoryBytes: 1073741824, processes: 5000 }\nwarm: 4\nsetupTimeoutSeconds: 60\nnetwork: { budget: { sentBytes: 99999999999, receivedBytes: 2048, connections: 1, connectionsPerMinute: 1 } }\n'), own);
    expect(environment.limits).toEqual({ cpus: 8, memoryBytes: 2 ** 30, processes: 100, writtenBytes: 2 ** 30 });
    expect([environment.warm, environment.setupTimeoutSeconds]).toEqual([1, 60]);
    expect(environment.network.budget).toEqual({ ...own.network.budget, receivedBytes: 2_048, connections: 1, connectionsPerMinute: 1 });
    expect(told.map((line) => line.split(':')[0]).toSorted()).toEqual(['limits.cpus', 'limits.processes', 'network.budget.sentBytes', 'warm']);
    expect(told).toContain('limits.cpus: the file asks for 64; yours is 8, and that holds');
  });

  it('where the file is silent, they are the own ones', () => {
    expect(boundedEnvironment(parsed('setup: x\n'), own)).toEqual({ environment: { ...DEFAULT_ENVIRONMENT, setup: 'x', limits: own.limits, warm: 1, setupTimeoutSeconds: 600 }, problems: [] });
  });

  it('no file ever gets more', () => {
    fc.assert(
      fc.property(anyEnvironment, anyEnvironment, (asked, mine) => {
        const { environment } = boundedEnvironment(parsed(writeEnvironmentFile(asked)), mine);
        for (const name of ['cpus', 'memoryBytes', 'processes', 'writtenBytes'] as const) expect(environment.limits[name]).toBeLessThanOrEqual(mine.limits[name]);
        for (const name of ['sentBytes', 'receivedBytes', 'connections', 'connectionsPerMinute'] as const) expect(environment.network.budget[name]).toBeLessThanOrEqual(mine.network.budget[name]);
        expect(environment.warm).toBeLessThanOrEqual(mine.warm);
        expect(environment.setupTimeoutSeconds).toBeLessThanOrEqual(mine.setupTimeoutSeconds);
      }),
      { numRuns: 200 },
    );
  });
});
