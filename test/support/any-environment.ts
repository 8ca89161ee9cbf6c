import fc from 'fast-check';
import { environment, type Environment } from '../../src-main/contract/project.ts';

const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,12}$/).filter((each) => each !== '__proto__');
const image = fc.stringMatching(/^[a-z0-9][a-z0-9./:-]{0,20}$/);
const script = fc.oneof(
  fc.string({ maxLength: 60 }),
  fc.constantFrom('', 'npm ci\n', 'a\n\n  b\n', '\n', ' # no comment', 'x\r\ny', '- [', 'null', 'yes', '12', '%TAG', '--- a', '\uFEFFx', '\ttab', 'trailing \n \n', '\u2028', '\0'),
);
const host = fc.constantFrom('example.org', '*.example.org', 'registry.example');
const variables = fc.dictionary(name, script, { maxKeys: 4, noNullPrototype: true });
const rule = fc.record({
  host,
  port: fc.option(fc.integer({ min: 1, max: 65_535 })),
  methods: fc.subarray(['GET', 'POST'] as const),
  path: fc.constantFrom('', '/a b'),
  allowPrivate: fc.boolean(),
});
const service = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9-]{0,10}$/),
  image,
  variables,
  health: script,
  readyWithinSeconds: fc.integer({ min: 1, max: 600 }),
  command: fc.option(fc.array(script, { maxLength: 3 })),
});

/** Any environment that the contract takes. */
export const anyEnvironment: fc.Arbitrary<Environment> = fc
  .record({
    image: fc.option(image),
    dockerfile: fc.option(fc.constantFrom('Dockerfile', 'docker/dev file')),
    setup: script,
    maintenance: script,
    setupAsRoot: fc.boolean(),
    secrets: fc.array(fc.record({ name: fc.oneof(name, fc.constantFrom('null', 'true', 'YES')), file: fc.option(fc.constantFrom('~/.npmrc', '/run/key')) }), { maxLength: 3 }),
    network: fc.record({
      mode: fc.constantFrom('off', 'allowlist', 'full'),
      presets: fc.subarray(['registries', 'sources'] as const),
      rules: fc.array(rule, { maxLength: 3 }),
      budget: fc.record({ sentBytes: fc.integer({ min: 1_024, max: 2 ** 40 }), receivedBytes: fc.integer({ min: 1_024, max: 2 ** 40 }), connections: fc.integer({ min: 1, max: 64 }), connectionsPerMinute: fc.integer({ min: 1, max: 60_000 }) }),
    }, { requiredKeys: [] }),
    inject: fc.array(fc.record({ host, header: fc.constantFrom('Authorization', 'X-Key'), secret: name }), { maxLength: 2 }),
    services: fc.uniqueArray(service, { maxLength: 2, selector: ({ name: own }) => own }),
    warm: fc.integer({ min: 0, max: 4 }),
    lockFiles: fc.array(fc.string({ minLength: 1, maxLength: 12 }), { maxLength: 3 }),
    variables,
    limits: fc.record({ cpus: fc.constantFrom(0.25, 2, 8), memoryBytes: fc.constantFrom(2 ** 26, 2 ** 32, 2 ** 34), processes: fc.constantFrom(16, 512, 4_096), writtenBytes: fc.constantFrom(2 ** 20, 10 * 2 ** 30) }),
    setupTimeoutSeconds: fc.constantFrom(1, 1_800, 86_400),
  })
  .map((parts) => environment.parse(parts));
