import type { FindingKind } from '../../../src-main/contract/result.ts';

/** One side of a file: its text, or what it is instead. */
export type Side = string | null | { readonly binary: true };

export interface LabelledFile {
  readonly path: string;
  readonly before: Side;
  readonly after: Side;
  readonly executable?: boolean;
  readonly oldPath?: string;
}

/** A change as a person would label it: the kinds that review should hear of, with the line where there is one to point at. */
export interface Labelled {
  readonly name: string;
  readonly files: readonly LabelledFile[];
  readonly kinds: readonly FindingKind[];
  readonly line?: number;
}

/** Characters that look random and are the same at each run; no token of anybody's. */
const noise = (length: number, alphabet = 'aB3dE5gH7jK9mN2pQ4rS6tU8vW0xYzLc'): string => Array.from({ length }, (_, at) => alphabet[(at * 7 + ((at * at) % 11)) % alphabet.length]).join('');

const one = (name: string, path: string, before: Side, after: Side, kinds: readonly FindingKind[], line?: number, more: Partial<LabelledFile> = {}): Labelled => ({
  name, files: [{ path, before, after, ...more }], kinds, ...(line === undefined ? {} : { line }),
});
const CODE: LabelledFile = { path: 'src/price.ts', before: 'export const a = 1;\n', after: 'export const a = 2;\n' };
const beside = (labelled: Labelled): Labelled => ({ ...labelled, files: [CODE, ...labelled.files] });

const JS = (...body: string[]) => `import { total } from '../src/price.ts';\n\nit('adds up', () => {\n${body.map((line) => `  ${line}\n`).join('')}});\n`;
const PY = (...body: string[]) => `from shop import total\n\n\ndef test_total():\n${body.map((line) => `    ${line}\n`).join('')}`;
const GO = (...body: string[]) => `package shop\n\nimport "testing"\n\nfunc TestTotal(t *testing.T) {\n${body.map((line) => `\t${line}\n`).join('')}}\n`;
const RS = (attribute: string, ...body: string[]) => `pub fn total() -> u32 { 3 }\n\n#[cfg(test)]\nmod tests {\n    #[test]\n${attribute}    fn adds_up() {\n${body.map((line) => `        ${line}\n`).join('')}    }\n}\n`;
const PACKAGE = (fields: object) => `${JSON.stringify({ name: 'shop', version: '1.0.0', ...fields }, null, 2)}\n`;

export const WEAKENED: readonly Labelled[] = [
  beside(one('an assertion taken out', 'test/price.test.ts', JS('expect(total([1])).toBe(1);', 'expect(total([2])).toBe(2);'), JS('expect(total([1])).toBe(1);'), ['weakenedTest'], 5)),
  beside(one('an assertion commented out', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), JS('// expect(total([1])).toBe(1);'), ['weakenedTest'], 4)),
  beside(one('exact to defined', 'test/price.test.ts', JS('expect(total([1])).toEqual({ cents: 1 });'), JS('expect(total([1])).toBeDefined();'), ['weakenedTest'], 4)),
  beside(one('exact to partial', 'src/cart.spec.js', JS('expect(cart).toStrictEqual(full);'), JS('expect(cart).toMatchObject({});'), ['weakenedTest'])),
  beside(one('made to hold always', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), JS('expect(true).toBe(true);'), ['weakenedTest'])),
  one('the expected value follows the code', 'test/price.test.ts', JS('expect(total([0.1, 0.2])).toBe(0.3);'), JS('expect(total([0.1, 0.2])).toBe(0.29);'), ['weakenedTest'], 4),
  one('the expected value, python', 'tests/test_price.py', PY('assert total([1]) == 3'), PY('assert total([1]) == 4'), ['weakenedTest'], 5),
  beside(one('an assertion taken out, python', 'tests/test_price.py', PY('assert total([1]) == 3', 'assert total([]) == 0'), PY('assert total([1]) == 3'), ['weakenedTest'])),
  beside(one('looser, python', 'tests/test_price.py', PY('assert total([1]) == 3'), PY('assert total([1]) is not None'), ['weakenedTest'])),
  beside(one('looser, unittest', 'tests/test_price.py', PY('self.assertEqual(total([1]), 3)'), PY('self.assertIsNotNone(total([1]))'), ['weakenedTest'])),
  beside(one('always true, python', 'tests/test_price.py', PY('assert total([1]) == 3'), PY('assert True'), ['weakenedTest'])),
  beside(one('an assertion taken out, go', 'price_test.go', GO('if got := Total(); got != 3 {', '\tt.Errorf("got %d", got)', '}'), GO('_ = Total()'), ['weakenedTest'])),
  beside(one('testify, go', 'price_test.go', GO('assert.Equal(t, 3, Total())', 'require.NoError(t, err)'), GO('require.NoError(t, err)'), ['weakenedTest'])),
  one('an assertion taken out, rust', 'src/price.rs', RS('', 'assert_eq!(total(), 3);', 'assert!(total() > 2);'), RS('', 'assert!(total() > 2);'), ['weakenedTest']),
  beside(one('an assertion taken out, java', 'src/test/java/PriceTest.java', 'class PriceTest {\n  @Test void adds() {\n    assertEquals(3, total());\n  }\n}\n', 'class PriceTest {\n  @Test void adds() {\n    total();\n  }\n}\n', ['weakenedTest'], 3)),
  beside(one('an expectation taken out, ruby', 'spec/price_spec.rb', "it 'adds' do\n  expect(total).to eq(3)\nend\n", "it 'adds' do\n  total\nend\n", ['weakenedTest'])),
  beside(one('a test file deleted', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), null, ['weakenedTest'])),
  beside(one('a test file deleted, python', 'tests/test_price.py', PY('assert total([1]) == 3'), null, ['weakenedTest'])),
  one('a snapshot made to fit', 'test/__snapshots__/page.test.ts.snap', 'exports[`page 1`] = `<b>1</b>`;\n', 'exports[`page 1`] = `<b>2</b>`;\n', ['weakenedTest']),
];

export const SKIPPED: readonly Labelled[] = [
  one('it.skip', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), JS('expect(total([1])).toBe(1);').replace('it(', 'it.skip('), ['skippedTest'], 3),
  one('describe.skip', 'test/a.test.js', "describe('a', () => {\n});\n", "describe.skip('a', () => {\n});\n", ['skippedTest'], 1),
  one('it.todo', 'test/a.test.js', "it('a', () => {});\n", "it('a', () => {});\nit.todo('b');\n", ['skippedTest'], 2),
  one('xit', 'src/a.spec.ts', "it('a', () => {});\n", "xit('a', () => {});\n", ['skippedTest']),
  one('it.only', 'src/a.spec.ts', "it('a', () => {});\nit('b', () => {});\n", "it.only('a', () => {});\nit('b', () => {});\n", ['skippedTest'], 1),
  one('node test runner', 'test/a.test.mjs', "test('a', () => {});\n", "test('a', { skip: true }, () => {});\n", ['skippedTest']),
  one('pytest.mark.skip', 'tests/test_price.py', PY('assert total([1]) == 3'), `import pytest\n${PY('assert total([1]) == 3').replace('def ', '@pytest.mark.skip(reason="later")\ndef ')}`, ['skippedTest'], 5),
  one('xfail', 'tests/test_price.py', PY('assert total([1]) == 3'), PY('assert total([1]) == 3').replace('def ', '@pytest.mark.xfail\ndef '), ['skippedTest']),
  one('unittest.skip', 'tests/test_price.py', PY('pass'), PY('pass').replace('def ', '@unittest.skip("x")\ndef '), ['skippedTest']),
  one('JUnit 4', 'src/test/java/PriceTest.java', 'class PriceTest {\n  @Test\n  public void adds() {}\n}\n', 'class PriceTest {\n  @Ignore\n  @Test\n  public void adds() {}\n}\n', ['skippedTest'], 2),
  one('JUnit 5', 'src/test/kotlin/PriceTest.kt', 'class PriceTest {\n  @Test\n  fun adds() {}\n}\n', 'class PriceTest {\n  @Disabled("flaky")\n  @Test\n  fun adds() {}\n}\n', ['skippedTest']),
  one('t.Skip', 'price_test.go', GO('assertTotal(t)'), GO('t.Skip("later")', 'assertTotal(t)'), ['skippedTest'], 6),
  one('#[ignore]', 'src/price.rs', RS('', 'assert_eq!(total(), 3);'), RS('    #[ignore]\n', 'assert_eq!(total(), 3);'), ['skippedTest'], 6),
  one('xdescribe, ruby', 'spec/price_spec.rb', "describe 'price' do\nend\n", "xdescribe 'price' do\nend\n", ['skippedTest']),
  one('xunit', 'Shop.Tests/PriceTests.cs', '[Fact]\npublic void Adds() {}\n', '[Fact(Skip = "later")]\npublic void Adds() {}\n', ['skippedTest']),
  one('phpunit', 'tests/PriceTest.php', '<?php\nfunction testA() {}\n', '<?php\nfunction testA() { $this->markTestSkipped(); }\n', ['skippedTest']),
];

export const DEPENDENCIES: readonly Labelled[] = [
  one('npm adds', 'package.json', PACKAGE({ dependencies: { ws: '8.0.0' } }), PACKAGE({ dependencies: { ws: '8.0.0', 'left-pad': '1.3.0' } }), ['dependency'], 6),
  one('npm changes, in a monorepo', 'packages/api/package.json', PACKAGE({ devDependencies: { vite: '7.0.0' } }), PACKAGE({ devDependencies: { vite: '8.0.0' } }), ['dependency']),
  one('npm lock', 'package-lock.json', '{"a":1}\n', '{"a":2}\n', ['dependency']),
  one('pnpm lock', 'pnpm-lock.yaml', 'lockfileVersion: 9\n', 'lockfileVersion: 9\npackages: {}\n', ['dependency']),
  one('yarn lock deleted', 'yarn.lock', '# yarn lockfile v1\n', null, ['dependency']),
  one('requirements', 'requirements-dev.txt', 'requests==2.31\n', 'requests==2.32\nflask>=3\n', ['dependency'], 1),
  one('pyproject, PEP 621', 'pyproject.toml', '[project]\nname = "shop"\ndependencies = [\n  "requests>=2",\n]\n', '[project]\nname = "shop"\ndependencies = [\n  "requests>=2",\n  "httpx[http2]>=0.27",\n]\n', ['dependency'], 5),
  one('pyproject, poetry', 'pyproject.toml', '[tool.poetry.dependencies]\npython = "^3.12"\n', '[tool.poetry.dependencies]\npython = "^3.12"\npydantic = "^2"\n', ['dependency'], 3),
  one('uv lock', 'uv.lock', 'version = 1\n', 'version = 1\n\n[[package]]\nname = "httpx"\n', ['dependency']),
  one('cargo', 'Cargo.toml', '[package]\nname = "shop"\n\n[dependencies]\nserde = "1"\n', '[package]\nname = "shop"\n\n[dependencies]\nserde = "1"\nrand = { version = "0.8" }\n', ['dependency'], 6),
  one('cargo, a table of its own', 'Cargo.toml', '[package]\nname = "shop"\n', '[package]\nname = "shop"\n\n[dev-dependencies.tokio]\nversion = "1"\n', ['dependency'], 4),
  one('go', 'go.mod', 'module shop\n\nrequire (\n\tgithub.com/a/b v1.0.0\n)\n', 'module shop\n\nrequire (\n\tgithub.com/a/b v1.1.0\n)\n', ['dependency'], 4),
  one('maven', 'pom.xml', '<project>\n</project>\n', '<project>\n  <dependency>\n    <groupId>g</groupId>\n    <artifactId>guava</artifactId>\n    <version>33</version>\n  </dependency>\n</project>\n', ['dependency'], 5),
  one('gradle', 'app/build.gradle.kts', 'dependencies {\n}\n', 'dependencies {\n    implementation("com.squareup.okhttp3:okhttp:4.12.0")\n}\n', ['dependency'], 2),
  one('bundler', 'Gemfile', "source 'https://gems.test'\n", "source 'https://gems.test'\ngem 'rails', '~> 8.0'\n", ['dependency'], 2),
  one('composer', 'composer.json', '{"require":{}}\n', '{"require":{"monolog/monolog":"^3"}}\n', ['dependency']),
  one('dotnet', 'Shop/Shop.csproj', '<Project>\n</Project>\n', '<Project>\n  <PackageReference Include="Serilog" Version="4.0.0" />\n</Project>\n', ['dependency'], 2),
];

export const RUNS: readonly Labelled[] = [
  one('husky', '.husky/pre-commit', null, 'npm test\n', ['runsOnYourMachine']),
  one('postinstall', 'package.json', PACKAGE({ scripts: { test: 'vitest' } }), PACKAGE({ scripts: { test: 'vitest', postinstall: 'node x.js' } }), ['runsOnYourMachine'], 6),
  one('prepare changed', 'package.json', PACKAGE({ scripts: { prepare: 'tsc' } }), PACKAGE({ scripts: { prepare: 'tsc && node x.js' } }), ['runsOnYourMachine']),
  one('editor tasks', '.vscode/tasks.json', null, '{ "tasks": [] }\n', ['runsOnYourMachine']),
  one('idea', '.idea/runConfigurations/All.xml', '<a/>\n', '<b/>\n', ['runsOnYourMachine']),
  one('direnv', '.envrc', 'use nix\n', 'use nix\nsource x\n', ['runsOnYourMachine']),
  one('make', 'Makefile', 'all:\n\ttrue\n', 'all:\n\tcurl x\n', ['runsOnYourMachine']),
  one('workflow', '.github/workflows/ci.yml', 'on: push\n', 'on: pull_request_target\n', ['runsOnYourMachine']),
  one('gitlab', '.gitlab-ci.yml', null, 'test:\n  script: make\n', ['runsOnYourMachine']),
  one('Dockerfile', 'deploy/Dockerfile', 'FROM a\n', 'FROM b\n', ['runsOnYourMachine']),
  one('devcontainer', '.devcontainer/devcontainer.json', null, '{}\n', ['runsOnYourMachine']),
  one('npmrc', '.npmrc', 'save-exact=true\n', 'save-exact=true\nregistry=https://packages.example.net/\n', ['runsOnYourMachine'], 2),
  one('yarnrc', '.yarnrc.yml', 'nodeLinker: node-modules\n', 'nodeLinker: node-modules\nyarnPath: .yarn/x.cjs\n', ['runsOnYourMachine'], 2),
  one('newly executable', 'tools/deploy', null, '#!/bin/sh\n', ['runsOnYourMachine'], undefined, { executable: true }),
  one('attributes', '.gitattributes', null, '*.txt filter=x\n', ['runsOnYourMachine']),
  one('submodule list', '.gitmodules', '', '[submodule "x"]\n', ['runsOnYourMachine']),
];

export const SECRETS: readonly Labelled[] = [
  one('private key', 'deploy/key.pem', null, `-----BEGIN RSA ${'PRIVATE'} KEY-----\nMIIE\n`, ['secret'], 1),
  one('AWS', 'src/s3.ts', '', `export const id = '${'AKIA'}${noise(16, 'ABCDEFGHIJKLMNOPQRST234567')}';\n`, ['secret'], 1),
  one('GitHub', 'scripts/release.sh', 'true\n', `true\ncurl -H "Authorization: Bearer ghp_${noise(36)}"\n`, ['secret'], 2),
  one('Slack', 'config.json', '{}\n', `{"hook":"xoxb-${noise(24)}"}\n`, ['secret']),
  one('OpenAI', 'app.py', '', `client = OpenAI("sk-proj-${noise(48)}")\n`, ['secret']),
  one('Anthropic', '.env.production', '', `KEY=sk-ant-${noise(40)}\n`, ['secret']),
  one('Google', 'web/index.html', '', `<script src="https://maps/api?key=AIza${noise(35)}"></script>\n`, ['secret']),
  one('an assigned one, in code', 'src/auth.ts', '', `const apiKey = '${noise(32)}';\n`, ['secret']),
  one('an assigned one, python', 'settings.py', '', `SECRET_KEY = "${noise(40)}"\n`, ['secret']),
  one('an assigned one, env', '.env', 'PORT=1\n', `PORT=1\nDB_PASSWORD=${noise(20)}\n`, ['secret'], 2),
  one('an assigned one, yaml', 'k8s/app.yaml', 'a: 1\n', `a: 1\nclient_secret: ${noise(28)}\n`, ['secret']),
  one('in an address', 'docker/db.ts', '', `const url = 'postgres://shop:${noise(14)}@db.internal/shop';\n`, ['secret']),
  one('a key store', 'android/release.jks', null, { binary: true }, ['secret', 'binary']),
];

export const INVISIBLE: readonly Labelled[] = [
  one('right-to-left override', 'src/a.ts', '', 'const a = 1;\nconst level = "user\u202e \u2066// admin\u2069";\n', ['invisibleCharacter'], 2),
  one('zero-width space in a name', 'src/a.py', '', 'pass\u200bword = 1\n', ['invisibleCharacter'], 1),
  one('Hangul filler', 'src/a.js', '', 'const { a,\u3164 } = query;\n', ['invisibleCharacter']),
  one('tags', 'docs/prompt.md', '', `Be kind.${Array.from('obey', (each) => String.fromCodePoint(0xe0000 + each.charCodeAt(0))).join('')}\n`, ['invisibleCharacter']),
  one('selectors that carry bytes', 'src/a.js', '', 'const a = "x\u{e0101}\u{e0123}";\n', ['invisibleCharacter'], 1),
  one('a Cyrillic letter', 'src/a.go', '', 'func \u0441heck() {}\nvar p\u0430ssword string\n', ['invisibleCharacter'], 1),
  one('a mark of order at an end', 'src/a.rs', '', 'let a = 1;\u200f\n', ['invisibleCharacter']),
  one('a byte order mark inside', 'src/a.ts', 'a();\n', 'a();\n\ufeffb();\n', ['invisibleCharacter'], 2),
  one('an escape', 'src/a.sh', '', 'echo ok \u001b[2K\n', ['invisibleCharacter']),
];

export const BINARIES: readonly Labelled[] = [
  one('new', 'assets/logo.png', null, { binary: true }, ['binary']),
  one('changed', 'lib/native.so', { binary: true }, { binary: true }, ['binary']),
];

/** Changes that look like the ones above and are none. */
export const CLEAN: readonly Labelled[] = [
  one('an assertion added', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), JS('expect(total([1])).toBe(1);', 'expect(total([2])).toBe(2);'), []),
  beside(one('the expected value changes with the code', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), JS('expect(total([1])).toBe(2);'), [])),
  beside(one('stricter', 'test/price.test.ts', JS('expect(total([1])).toBeDefined();'), JS('expect(total([1])).toBe(1);'), [])),
  one('only indented', 'test/price.test.ts', JS('expect(total([1])).toBe(1);'), JS('  expect(total([1])).toBe(1);'), []),
  one('only moved within', 'test/price.test.ts', JS('expect(a).toBe(1);', 'expect(b).toBe(2);'), JS('expect(b).toBe(2);', 'expect(a).toBe(1);'), []),
  { name: 'moved to another file', files: [{ path: 'test/a.test.ts', before: JS('expect(a).toBe(1);'), after: null }, { path: 'test/b.test.ts', before: null, after: JS('expect(a).toBe(1);') }], kinds: [] },
  one('renamed as it is', 'test/new.test.ts', JS('expect(a).toBe(1);'), JS('expect(a).toBe(1);'), [], undefined, { oldPath: 'test/old.test.ts' }),
  beside(one('rewritten, as many', 'tests/test_price.py', PY('assert total([1]) == 3', 'assert total([]) == 0'), PY('assert cost([1]) == 3', 'assert cost([]) == 0'), [])),
  beside(one('a helper of tests deleted', 'test/support/clock.ts', 'export const clock = () => 1;\n', null, [])),
  one('assert in code that is no test', 'src/check.py', 'def f(x):\n    assert x == 1\n    return x\n', 'def f(x):\n    return x\n', []),
  one('a comment in a test', 'test/price.test.ts', JS('expect(a).toBe(1);', '// we expect(more) one day'), JS('expect(a).toBe(1);'), []),
  one('a skip that was there', 'test/a.test.js', "it.skip('a', () => {});\n", "it.skip('a', () => {});\nit('b', () => {});\n", []),
  one('a skip that is taken back', 'test/a.test.js', "it.skip('a', () => {});\n", "it('a', () => {});\n", []),
  one('another skip', 'src/page.ts', '', 'export const page = (rows: Row[]) => rows.skip(10).only(5);\n', []),
  one('another skip, in a test', 'test/a.test.ts', JS('expect(a).toBe(1);'), JS('const rest = stream.skip(3);', 'expect(a).toBe(1);', "expect(text).toContain('it.skipped');"), []),
  one('a name that says skip', 'test/a.test.ts', '', "it('skips what is only there once', () => {\n  expect(a).toBe(1);\n});\n", []),
  one('another ignore', 'src/lib.rs', 'fn a() {}\n', '// #[ignore] is for tests\nfn a() {}\n', []),
  one('another Skip, go', 'rows.go', '', 'package a\n\nfunc f(r Rows) { r.Skip(3) }\n', []),
  one('package.json without packages', 'package.json', PACKAGE({ description: 'a' }), PACKAGE({ description: 'b', keywords: ['x'] }), []),
  one('a script that does not run by itself', 'package.json', PACKAGE({ scripts: { test: 'a' } }), PACKAGE({ scripts: { test: 'b', lint: 'c' } }), []),
  one('package.json in another order', 'package.json', PACKAGE({ dependencies: { a: '1', b: '2' } }), PACKAGE({ dependencies: { b: '2', a: '1' } }), []),
  one('pyproject without packages', 'pyproject.toml', '[tool.ruff]\nline-length = 100\n\n[project]\ndependencies = ["a>=1"]\n', '[tool.ruff]\nline-length = 120\n\n[project]\ndependencies = ["a>=1"]\n', []),
  one('cargo without packages', 'Cargo.toml', '[package]\nversion = "1.0.0"\n\n[dependencies]\nserde = "1"\n', '[package]\nversion = "1.1.0"\n\n[dependencies]\nserde = "1"\n', []),
  one('a comment in requirements', 'requirements.txt', 'requests==2.31\n', '# pinned\nrequests==2.31\n', []),
  one('go version', 'go.mod', 'module shop\n\ngo 1.23\n', 'module shop\n\ngo 1.24\n', []),
  one('editor settings that run nothing', '.vscode/settings.json', '{}\n', '{ "editor.tabSize": 2 }\n', []),
  one('npmrc that runs nothing', '.npmrc', '', 'save-exact=true\nfund=false\n', []),
  one('a hook deleted', '.husky/pre-commit', 'npm test\n', null, []),
  one('an executable that was one', 'tools/deploy', '#!/bin/sh\na\n', '#!/bin/sh\nb\n', [], undefined, { executable: true }),
  one('a file that talks of make', 'docs/makefile.md', '', '# Makefile\n', []),
  one('a github folder that is no workflow', '.github/CODEOWNERS', '', '* @ada\n', []),
  one('a secret by name only', 'src/auth.ts', '', "const token = process.env.API_TOKEN;\nconst passwordField = 'current-password-input';\nconst secretName = 'projects/shop/secrets/db';\n", []),
  one('a secret of an example', '.env.example', '', 'API_KEY=your-api-key-goes-here-1234\nDB_PASSWORD=changeme-please-123456\nTOKEN=${GITHUB_TOKEN}\n', []),
  one('an address of an example', 'docker-notes.md', '', 'Use postgres://postgres:postgres@localhost/shop\n', []),
  one('a digest', 'src/pins.ts', '', `export const sha256 = '${noise(64, '0123456789abcdef')}';\nexport const icon = 'data:image/png;base64,${noise(80)}';\n`, []),
  one('tokens of a parser', 'src/parse.ts', '', "const token = next();\nif (token === 'identifier-start') return parseToken(token, 'right-parenthesis');\nexport const tokenTypes = { token: 'string-literal-double' };\n", []),
  one('a public key', 'deploy/key.pub', null, '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n', []),
  one('a secret that is taken out', 'src/auth.ts', `const apiKey = '${noise(32)}';\n`, 'const apiKey = read();\n', []),
  one('emoji', 'README.md', '', 'Done 👩‍💻 ❤️ 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}!\n', []),
  one('other scripts', 'src/words.ts', '', "export const words = { ru: 'проверка', fa: 'می\u200cخواهم', el: 'Δοκιμή', mu: 'μs', sigma: 'Σx' };\n", []),
  one('marks of direction in a translation', 'locales/he.json', '', '{ "a": "שלום\u200f!" }\n', []),
  one('a byte order mark at the start', 'src/a.cs', 'class A {}\n', '\ufeffclass A {}\n', []),
  one('a picture renamed', 'assets/mark.png', { binary: true }, { binary: true }, [], undefined, { oldPath: 'assets/logo.png' }),
  one('a picture deleted', 'assets/logo.png', { binary: true }, null, []),
  one('plain code', 'src/price.ts', 'export const total = (a: number) => a;\n', '/** Adds up. */\nexport const total = (a: number, b: number) => a + b;\n', []),
];
