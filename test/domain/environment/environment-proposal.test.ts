import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { environment } from '../../../src-main/contract/project.ts';
import { filesToRead, proposeEnvironment, type EnvironmentProposal } from '../../../src-main/domain/environment/environment-proposal.ts';

/** A proposal from files given by path, read as the core reads them. */
const proposed = (files: Record<string, string>, folder = ''): EnvironmentProposal => {
  const paths = new Set(Object.keys(files));
  const texts = new Map(filesToRead(paths, folder).map((path) => [path, files[path] ?? '']));
  return proposeEnvironment({ paths, texts }, folder);
};
const manifest = (fields: object): string => JSON.stringify(fields);
const dependencies = { dependencies: { left: '1' } };

describe('what installs', () => {
  it.each<[string, Record<string, string>, string, string[]]>([
    ['npm', { 'package-lock.json': '', 'package.json': '{}' }, 'npm ci', ['package-lock.json']],
    ['npm with a shrinkwrap', { 'npm-shrinkwrap.json': '' }, 'npm ci', ['npm-shrinkwrap.json']],
    ['npm without a lock file', { 'package.json': manifest(dependencies) }, 'npm install --no-package-lock', ['package.json']],
    ['pnpm', { 'pnpm-lock.yaml': '' }, 'npx --yes pnpm install --frozen-lockfile', ['pnpm-lock.yaml']],
    ['pnpm of a version', { 'pnpm-lock.yaml': '', 'package.json': manifest({ packageManager: 'pnpm@9.1.0+sha512.abc' }) }, 'npx --yes pnpm@9.1.0 install --frozen-lockfile', ['pnpm-lock.yaml']],
    ['yarn 1', { 'yarn.lock': '' }, 'npx --yes yarn install --frozen-lockfile', ['yarn.lock']],
    ['yarn 4 by its own file', { 'yarn.lock': '', '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs\n', '.yarn/releases/yarn-4.1.0.cjs': '' }, 'node .yarn/releases/yarn-4.1.0.cjs install --immutable', ['yarn.lock']],
    ['yarn 4 by its name', { 'yarn.lock': '', 'package.json': manifest({ packageManager: 'yarn@4.1.0' }) }, 'npx --yes @yarnpkg/cli-dist@4.1.0 install --immutable', ['yarn.lock']],
    ['bun', { 'bun.lock': '' }, 'bun install --frozen-lockfile', ['bun.lock']],
    ['pip', { 'requirements.txt': '', 'requirements-dev.txt': '', 'requirements-docs.in': '' }, 'python3 -m venv .venv && .venv/bin/pip install --requirement requirements.txt --requirement requirements-dev.txt', ['requirements.txt', 'requirements-dev.txt']],
    ['a Python package', { 'pyproject.toml': '[project]\nname = "x"\n' }, 'python3 -m venv .venv && .venv/bin/pip install --editable .', ['pyproject.toml']],
    ['uv', { 'uv.lock': '', 'pyproject.toml': '[project]\n' }, 'uv sync --frozen', ['uv.lock']],
    ['poetry', { 'poetry.lock': '' }, 'poetry install --no-interaction --sync', ['poetry.lock']],
    ['pipenv', { 'Pipfile.lock': '' }, 'pipenv sync --dev', ['Pipfile.lock']],
    ['cargo', { 'Cargo.lock': '', 'Cargo.toml': '' }, 'cargo fetch --locked', ['Cargo.lock']],
    ['go', { 'go.sum': '', 'go.mod': '' }, 'go mod download', ['go.sum']],
    ['a go workspace', { 'go.work': 'use ./a', 'go.work.sum': '' }, 'go mod download', ['go.work', 'go.work.sum']],
    ['maven by its wrapper', { 'pom.xml': '', mvnw: '' }, './mvnw --batch-mode dependency:go-offline', ['pom.xml']],
    ['maven', { 'pom.xml': '' }, 'mvn --batch-mode dependency:go-offline', ['pom.xml']],
    ['gradle by its wrapper', { 'build.gradle.kts': '', gradlew: '', 'gradle/wrapper/gradle-wrapper.properties': '' }, './gradlew --no-daemon testClasses', ['build.gradle.kts', 'gradle/wrapper/gradle-wrapper.properties']],
    ['bundler', { 'Gemfile.lock': '' }, 'bundle install', ['Gemfile.lock']],
    ['composer', { 'composer.lock': '' }, 'composer install --no-interaction', ['composer.lock']],
    ['dotnet', { 'App.csproj': '', 'App.sln': '' }, 'dotnet restore', ['App.sln']],
    ['dotnet with a lock file', { 'App.csproj': '', 'packages.lock.json': '' }, 'dotnet restore --locked-mode', ['packages.lock.json']],
    ['two ecosystems', { 'package-lock.json': '', 'Cargo.lock': '' }, 'npm ci\ncargo fetch --locked', ['package-lock.json', 'Cargo.lock']],
    ['nothing', { 'README.md': '', 'package.json': '{"name":"x"}' }, '', []],
  ])('%s', (_what, files, setup, lockFiles) => {
    const { environment: made, reasons } = proposed(files);
    expect([made.setup, made.lockFiles]).toEqual([setup, lockFiles]);
    for (const file of lockFiles) expect(reasons.join('\n')).toContain(file === 'gradle/wrapper/gradle-wrapper.properties' || file === 'go.work.sum' ? '' : file);
  });

  it('one of two lock files, that of the named tool first, and says which is left aside', () => {
    const both = { 'package-lock.json': '', 'pnpm-lock.yaml': '' };
    expect(proposed(both).environment.setup).toBe('npx --yes pnpm install --frozen-lockfile');
    expect(proposed(both).reasons[0]).toBe('pnpm-lock.yaml: dependencies by pnpm; package-lock.json is left aside');
    expect(proposed({ ...both, 'package.json': manifest({ packageManager: 'npm@10.0.0' }) }).environment.setup).toBe('npm ci');
  });

  it('runs again as maintenance only where that ends in the same', () => {
    expect(proposed({ 'package-lock.json': '' }).environment.maintenance).toBe('npm ci');
    const pip = proposed({ 'package-lock.json': '', 'requirements.txt': '' });
    expect(pip.environment.maintenance).toBe('');
    expect(pip.reasons.join('\n')).toMatch(/no maintenance: requirements\.txt would leave behind/);
  });
});

describe('monorepos', () => {
  const shop = {
    'package-lock.json': '', 'package.json': manifest({ workspaces: ['packages/*'], scripts: { test: 'all' } }),
    'packages/api/package.json': manifest({ ...dependencies, scripts: { test: 'vitest run', lint: 'eslint .' } }),
  };
  it('a package installs from the lock file at the top, and is checked by itself', () => {
    const { environment: made, checks, reasons } = proposed(shop, 'packages/api');
    expect([made.setup, made.lockFiles, checks]).toEqual(['npm ci', ['package-lock.json'], ['npm test', 'npm run lint']]);
    expect(reasons).toContain('package-lock.json: dependencies by npm ci; package.json: its workspaces are installed with it');
    expect(reasons).toContain('packages/api/package.json: names the checks npm test, npm run lint');
  });
  it('a package with a lock file of its own installs in its folder', () => {
    const { environment: made } = proposed({ ...shop, 'packages/api/pnpm-lock.yaml': '' }, 'packages/api');
    expect([made.setup, made.lockFiles]).toEqual(['(cd packages/api && npx --yes pnpm install --frozen-lockfile)', ['packages/api/pnpm-lock.yaml']]);
  });
  it('pnpm-workspace.yaml, cargo members and go.work are named', () => {
    expect(proposed({ 'pnpm-lock.yaml': '', 'pnpm-workspace.yaml': 'packages: [a]' }).reasons[0]).toContain('pnpm-workspace.yaml: its packages are installed with it');
    const cargo = proposed({ 'Cargo.lock': '', 'Cargo.toml': '[workspace]\nmembers = [\n  "core", # the base\n  "cli",\n]\n' });
    expect([cargo.reasons[0], cargo.checks]).toEqual(['Cargo.lock: dependencies by cargo; Cargo.toml: a workspace of core, cli', ['cargo test --workspace']]);
    const work = proposed({ 'go.work': 'go 1.22\nuse (\n  ./a\n  ./b/c // two\n  ../out\n)\n' });
    expect(work.checks).toEqual(['go test ./a/... ./b/c/...']);
    expect(work.reasons.join('\n')).toContain('go.work: ignored, because some of its folders are not plain ones');
  });
  it('folders below an empty top are set up each in its own, examples left aside', () => {
    const { environment: made, checks } = proposed({
      'web app/package-lock.json': '', 'web app/package.json': manifest({ scripts: { test: 'x' } }), 'api/requirements.txt': '', 'api/pytest.ini': '', 'examples/x/package-lock.json': '', 'deep/er/still/package-lock.json': '',
    });
    expect(made.setup).toBe("(cd 'web app' && npm ci)\n(cd api && python3 -m venv .venv && .venv/bin/pip install --requirement requirements.txt)");
    expect(made.lockFiles).toEqual(['web app/package-lock.json', 'api/requirements.txt']);
    expect(checks).toEqual(["cd 'web app' && npm test", 'cd api && .venv/bin/python -m pytest']);
  });
  it('yarn without node_modules is called from where the package is', () => {
    const files = { 'yarn.lock': '', '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.1.0.cjs', '.yarn/releases/yarn-4.1.0.cjs': '', 'a/b/package.json': manifest({ scripts: { test: 'x' } }) };
    expect(proposed(files, 'a/b').checks).toEqual(['node ../../.yarn/releases/yarn-4.1.0.cjs run test']);
    expect(proposed({ ...files, '.yarnrc.yml': 'nodeLinker: node-modules' }, 'a/b').checks).toEqual(['npm test']);
  });
});

describe('versions are notes, never a downloaded tool', () => {
  it.each<[string, Record<string, string>, string]>([
    ['.nvmrc', { '.nvmrc': 'v20.11.0\n' }, '.nvmrc: asks for Node 20.11.0; the base image has 18: name another image if that matters'],
    ['.nvmrc as it is', { '.nvmrc': '18' }, '.nvmrc: asks for Node 18, as the base image has (18)'],
    ['.node-version', { '.node-version': 'lts/iron' }, '.node-version: asks for Node lts/iron; the base image has 18'],
    ['engines', { 'package.json': manifest({ engines: { node: '>=16' } }) }, 'package.json: asks for Node >=16, as the base image has (18)'],
    ['.tool-versions', { '.tool-versions': '# tools\nnodejs 22.1.0\nelixir 1.2\n' }, '.tool-versions: asks for Node 22.1.0; the base image has 18: name another image if that matters'],
    ['.python-version', { '.python-version': '3.12' }, '.python-version: asks for Python 3.12; the base image has 3.11: name another image if that matters'],
    ['rust-toolchain.toml', { 'rust-toolchain.toml': '[toolchain]\nchannel = "1.80"' }, 'rust-toolchain.toml: asks for Rust 1.80; the base image has none: name an image that has it'],
    ['rust-toolchain', { 'rust-toolchain': 'nightly\n' }, 'rust-toolchain: asks for Rust nightly; the base image has none: name an image that has it'],
    ['go.mod', { 'go.mod': 'module x\n\ngo 1.22\n' }, 'go.mod: asks for Go 1.22; the base image has none: name an image that has it'],
    ['.ruby-version', { '.ruby-version': 'ruby-3.3.0' }, '.ruby-version: asks for Ruby 3.3.0; the base image has none: name an image that has it'],
    ['a lock file alone', { 'Gemfile.lock': '' }, 'Gemfile.lock: needs Ruby; the base image has none: name an image that has it'],
    ['nonsense', { '.nvmrc': '$(curl evil)' }, '.nvmrc: ignored, because it names no version'],
  ])('%s', (_what, files, reason) => {
    const { reasons, environment: made } = proposed(files);
    expect(reasons).toContain(reason);
    expect(made.image).toBeNull();
    expect(made.setup).not.toMatch(/nvm|rustup|pyenv|curl/);
  });
  it('the file with a version speaks for its tool', () => {
    expect(proposed({ 'package-lock.json': '', '.nvmrc': '20', 'package.json': manifest({ engines: { node: '22' } }) }).needs).toEqual([{ tool: 'Node', version: '20', from: '.nvmrc' }]);
  });
});

describe('checks', () => {
  it.each<[string, Record<string, string>, string[]]>([
    ['package scripts', { 'package.json': manifest({ scripts: { lint: 'x', test: 'x', typecheck: 'x', build: 'x' } }) }, ['npm test', 'npm run lint', 'npm run typecheck']],
    ['a script that is none, or watches', { 'package.json': manifest({ scripts: { test: 'echo "Error: no test specified" && exit 1', lint: 'eslint --watch' } }) }, []],
    ['a Makefile', { Makefile: 'TEST := 1\nall: x\n\nlint test: all\n\t./run\ncheck::\n\t./c\ncontest: y\n' }, ['make test', 'make check', 'make lint']],
    ['a variable is no target', { Makefile: 'test := 1\ncheck = 2\n' }, []],
    ['pytest of uv', { 'uv.lock': '', 'pyproject.toml': '[project]\n[tool.pytest.ini_options]\naddopts = "-q"\n' }, ['uv run --no-sync pytest']],
    ['pytest by tox', { 'requirements.txt': '', 'tox.ini': '[tox]\nenvlist = py\n[testenv]\ndeps = x\ncommands =\n    pytest {posargs}\n' }, ['.venv/bin/python -m pytest']],
    ['unittest by tox', { 'poetry.lock': '', 'tox.ini': '[testenv]\ncommands = python -m unittest\n' }, ['poetry run python -m unittest']],
    ['setup.cfg', { 'setup.cfg': '[tool:pytest]\n' }, ['.venv/bin/python -m pytest']],
    ['cargo', { 'Cargo.toml': '[package]' }, ['cargo test']],
    ['go', { 'go.mod': 'module x' }, ['go test ./...']],
    ['maven', { 'pom.xml': '', mvnw: '' }, ['./mvnw --batch-mode --offline test']],
    ['gradle', { 'build.gradle': '' }, ['gradle --no-daemon --offline test']],
    ['phpunit', { 'phpunit.xml.dist': '' }, ['vendor/bin/phpunit']],
    ['dotnet', { 'a.csproj': '' }, ['dotnet test --no-restore']],
    ['rspec', { 'Gemfile.lock': '', '.rspec': '' }, ['bundle exec rspec']],
    ['cmake', { 'CMakeLists.txt': '' }, ['cmake -S . -B /tmp/build && cmake --build /tmp/build && ctest --test-dir /tmp/build --output-on-failure']],
    ['meson', { 'meson.build': '' }, ['meson setup /tmp/build && meson test -C /tmp/build']],
  ])('%s', (_what, files, checks) => {
    const made = proposed(files);
    expect(made.checks).toEqual(checks);
    for (const check of checks) expect(made.reasons.join('\n')).toContain(check);
  });

  it('of workflows are the plain commands, tests first, each once', () => {
    const workflow = `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    container: node:20
    steps:
      - uses: actions/checkout@v4
      - run: npm ci
      - run: npm run build
      - run: |
          npm run test
          npx eslint . \\
            --max-warnings 0
      - run: npm test
      - run: TOKEN=x npm test
      - run: npm run e2e -- --url \${{ secrets.URL }}
      - run: echo $HOME && npm test
      - run: |
          cd sub
          ./only-here
      - run: ./gate
        env: { KEY: "\${{ secrets.KEY }}" }
      - run: Invoke-Pester
        shell: pwsh
      - run: cargo build --release
      - run: npm publish
      - run: make -C x test
        working-directory: ./native
      - run: ./only-on-mac
        if: runner.os == 'macOS'
      - run: ./leads-out
        working-directory: ../x
`;
    const made = proposed({ '.github/workflows/ci.yml': workflow, 'package.json': manifest({ scripts: { test: 'x' } }) });
    expect(made.checks).toEqual(['npm test', 'cd native && make -C x test', 'npx eslint . --max-warnings 0', 'npm run build', 'cargo build --release']);
    expect(made.reasons).toContain('.github/workflows/ci.yml: its jobs run in the image node:20; name it if the base image lacks something');
    expect(proposed({ '.github/workflows/ci.yml': workflow }, 'native').checks).toEqual(['make -C x test']);
  });

  it('of GitLab are the scripts of its jobs, anchors resolved', () => {
    const made = proposed({
      '.gitlab-ci.yml': 'image: { name: "python:3.12" }\n.base: &base\n  script:\n    - pytest -q\nunit:\n  <<: *base\nlint:\n  script: ruff check .\ndeploy:\n  script: [./deploy.sh, "kubectl apply"]\nvariables: { script: pytest }\n',
      'requirements.txt': '',
    });
    expect(made.checks).toEqual(['.venv/bin/pytest -q', '.venv/bin/ruff check .']);
    expect(made.reasons.join('\n')).toContain('.gitlab-ci.yml: its jobs run in the image python:3.12');
  });
});

describe('hostile and malformed files', () => {
  it.each<[string, Record<string, string>, RegExp]>([
    ['a manifest that is no JSON', { 'package.json': '{' }, /^package\.json: ignored, because it is not JSON$/m],
    ['a manifest that is a list', { 'package.json': '[]' }, /^package\.json: ignored, because it is no object$/m],
    ['a workflow that is no YAML', { '.github/workflows/x.yml': 'a: [' }, /^\.github\/workflows\/x\.yml: ignored, because it is not YAML that can be read$/m],
    ['YAML that unfolds', { '.gitlab-ci.yml': `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghij'.split('').map((name, at) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[at]}`).join(',')}]\n`).join('')}` }, /^\.gitlab-ci\.yml: ignored/m],
    ['YAML without a bottom', { '.gitlab-ci.yml': '['.repeat(50_000) }, /^\.gitlab-ci\.yml: ignored/m],
    ['a tool that is a command', { 'pnpm-lock.yaml': '', 'package.json': manifest({ packageManager: 'pnpm@9.0.0; curl evil' }) }, /its packageManager is no tool with a version/],
    ['a release file elsewhere', { 'yarn.lock': '', '.yarnrc.yml': 'yarnPath: .yarn/releases/../../evil.cjs' }, /^yarn\.lock: dependencies by yarn 2 or later$/m],
  ])('%s', (_what, files, reason) => {
    const made = proposed(files);
    expect(made.reasons.join('\n')).toMatch(reason);
    expect(made.environment.setup).not.toMatch(/evil/);
  });
  it('a file that could not be read is named', () => {
    expect(proposeEnvironment({ paths: new Set(['package.json']), texts: new Map() }).reasons).toContain('package.json: ignored, because it is too large or no text');
  });
  it('fields that a prototype would have are none', () => {
    expect(proposed({ 'package.json': '{"__proto__": {"scripts": {"test": "x"}}, "scripts": {"constructor": "x"}}' }).checks).toEqual([]);
  });
  it('a folder with a quote is one word of the shell', () => {
    expect(proposed({ "it's/package-lock.json": '' }).environment.setup).toBe(String.raw`(cd 'it'\''s' && npm ci)`);
  });
  it('whatever they hold, a proposal is made that the contract takes', () => {
    const names = fc.constantFrom('package.json', '.yarnrc.yml', 'yarn.lock', 'pyproject.toml', 'tox.ini', 'Cargo.toml', 'go.work', 'go.mod', 'Makefile', '.nvmrc', '.tool-versions', 'rust-toolchain', '.gitlab-ci.yml', '.github/workflows/a.yml', 'global.json', 'composer.json', 'Rakefile', 'a.csproj', 'sub/package-lock.json', 'sub/package.json');
    const pieces = fc.array(fc.constantFrom('[', ']', '{', '}', '"', "'", ':', '\n', ' ', '- ', '&a', '*a', '<<', 'scripts', 'test', 'jobs:\n  a:\n    steps:\n      - run: ', '\0', '\uFEFF', 'null', '__proto__', '=', '[workspace]', 'use (', '${{ x }}', '#'), { maxLength: 40 }).map((parts) => parts.join(''));
    const content = fc.oneof(pieces, fc.json(), fc.string());
    fc.assert(
      fc.property(fc.dictionary(names, content, { maxKeys: 8 }), fc.constantFrom('', 'sub', 'x/y'), (files, folder) => {
        expect(environment.safeParse(proposed(files, folder).environment).success).toBe(true);
      }),
      { numRuns: 400 },
    );
  });
  it.each<[string, string, (size: number) => string]>([
    ['Makefile', 'a line of words', (size) => `${'a '.repeat(size)}\n`],
    ['pyproject.toml', 'open quotes', (size) => `x = ${"'\"".repeat(size)}\n`],
    ['.github/workflows/a.yml', 'a long script', (size) => `jobs: {a: {steps: [{run: "${'a && '.repeat(size)}"}]}}`],
    ['go.work', 'use lines', (size) => 'use ('.repeat(size)],
  ])('%s with %s costs no more than its size', (name, _what, make) => {
    const started = performance.now();
    proposed({ [name]: make(200_000) });
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
