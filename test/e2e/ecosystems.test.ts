import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serviceSpec, type Environment } from '../../src-main/contract/project.ts';
import { currentTurn } from '../../src-main/domain/run-machine.ts';
import { runEnd, startDrydock, wholeLog, type TestDrydock } from '../support/drydock.ts';
import { repositoryAt } from '../support/repository.ts';
import { addSmallProject } from '../support/small-project.ts';
import { testImage } from '../support/test-image.ts';

/** A repository of one kind, and a brief for it. */
interface Kind {
  readonly name: string;
  readonly image: 'c' | 'go' | 'rust' | 'python' | null;
  readonly files: Readonly<Record<string, string>>;
  readonly environment: Partial<Environment>;
  /** The agent's work. */
  readonly command: string;
  /** Fails on the base, passes on the result. */
  readonly check: string;
  /** What the result changes. */
  readonly changes: readonly string[];
}

const quietNpm = 'npm install --offline --no-audit --no-fund --no-update-notifier';
/** npm has a lock file written by its own hand: without one of its own form it would make another. */
const lockOf = (packages: Record<string, object>): string => JSON.stringify({ name: 'shop', lockfileVersion: 3, requires: true, packages });

const kinds: readonly Kind[] = [
  {
    name: 'an npm workspace',
    image: null,
    files: {
      '.gitignore': 'node_modules\n',
      'package.json': JSON.stringify({ name: 'shop', private: true, workspaces: ['packages/*'] }),
      'package-lock.json': lockOf({
        '': { name: 'shop', workspaces: ['packages/*'] },
        'node_modules/@shop/prices': { resolved: 'packages/prices', link: true },
        'node_modules/@shop/till': { resolved: 'packages/till', link: true },
        'packages/prices': { name: '@shop/prices', version: '1.0.0' },
        'packages/till': { name: '@shop/till', version: '1.0.0' },
      }),
      'packages/prices/package.json': JSON.stringify({ name: '@shop/prices', version: '1.0.0', main: 'index.js' }),
      'packages/prices/index.js': 'module.exports = () => 30;\n',
      'packages/till/package.json': JSON.stringify({ name: '@shop/till', version: '1.0.0', main: 'index.js' }),
      'packages/till/index.js': 'module.exports = () => 0;\n',
      'packages/till/till.test.js': "const { test } = require('node:test');\nconst assert = require('node:assert');\ntest('adds up', () => assert.equal(require('.')(), 30));\n",
    },
    environment: { setup: 'npm ci --no-audit --no-fund --no-update-notifier', maintenance: `${quietNpm}`, lockFiles: ['package-lock.json'] },
    command: `${quietNpm} --workspace packages/till @shop/prices@1.0.0 && echo 'module.exports = () => require("@shop/prices")();' > packages/till/index.js`,
    check: 'node --test packages',
    changes: ['package-lock.json', 'packages/till/index.js', 'packages/till/package.json'],
  },
  {
    name: 'a Go module',
    image: 'go',
    files: {
      'go.mod': 'module example.org/shop\n\ngo 1.19\n\nrequire example.org/greet v1.0.0\n',
      'go.sum': '',
      'shop.go': 'package shop\n\nimport "example.org/greet"\n\nfunc Welcome() string { return greet.Word() }\n',
      'shop_test.go': 'package shop\n\nimport "testing"\n\nfunc TestWelcome(t *testing.T) {\n\tif Welcome() != "Good day" {\n\t\tt.Fatal(Welcome())\n\t}\n}\n',
    },
    environment: { setup: 'go mod tidy && go mod download && go vet ./...', maintenance: 'go mod download && go build ./...', lockFiles: ['go.sum', 'go.mod'] },
    command: 'go get example.org/greet@v1.1.0 && go mod tidy',
    check: 'go test ./...',
    changes: ['go.mod', 'go.sum'],
  },
  {
    name: 'a Rust crate',
    image: 'rust',
    files: {
      '.gitignore': 'target\n',
      'Cargo.toml': '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\nitoa = "1"\n',
      'src/lib.rs': 'pub fn price(pence: u32) -> String {\n    itoa::Buffer::new().format(pence).to_owned()\n}\n\n#[test]\nfn is_told_in_pence() {\n    assert_eq!(price(30), "30p");\n}\n',
    },
    environment: { setup: 'cargo generate-lockfile --offline && cargo build --offline --tests', maintenance: 'cargo build --offline --tests', lockFiles: ['Cargo.lock'] },
    command: `sed -i 's/^itoa.*/&\\ncfg-if = "1"/' Cargo.toml && cargo generate-lockfile --offline && sed -i 's/format(pence).to_owned()/format(pence).to_owned() + "p"/' src/lib.rs`,
    check: 'cargo test --offline',
    changes: ['Cargo.lock', 'Cargo.toml', 'src/lib.rs'],
  },
  {
    name: 'a C project',
    image: 'c',
    files: {
      '.gitignore': 'build\n',
      Makefile: 'check: build/check\n\tbuild/check\nbuild/check: src/price.c tests/check.c\n\tmkdir -p build && $(CC) -Wall -Werror -o $@ $^\n',
      'src/price.c': 'int price(int apples) { return apples * 29; }\n',
      'tests/check.c': 'int price(int apples);\nint main(void) { return price(2) == 60 ? 0 : 1; }\n',
    },
    environment: { setup: 'make build/check' },
    command: "sed -i 's/29/30/' src/price.c",
    check: 'make check',
    changes: ['src/price.c'],
  },
  {
    name: 'a Python project with PostgreSQL',
    image: 'python',
    files: {
      'requirements.txt': 'psycopg2==2.9.5\n',
      'shop.py': 'import psycopg2\n\ndef sold():\n    with psycopg2.connect("host=127.0.0.1 dbname=shop user=postgres password=paper") as shop, shop.cursor() as cursor:\n        cursor.execute("select 1")\n        return cursor.fetchone()[0]\n',
      'test_shop.py': 'from shop import sold\n\ndef test_sold():\n    assert sold() == 2\n',
    },
    environment: { setup: 'python3 -c "import psycopg2"', maintenance: 'test -s requirements.txt', lockFiles: ['requirements.txt'] },
    command: "sed -i 's/select 1/select 1 + 1/' shop.py && echo 'pytest==7.2.1' >> requirements.txt",
    check: 'python3 -m pytest -q -p no:cacheprovider',
    changes: ['requirements.txt', 'shop.py'],
  },
];

describe('a repository as it is', () => {
  let test: TestDrydock;

  beforeAll(async () => {
    test = await startDrydock();
  });
  afterAll(() => test.dispose());

  it.each(kinds)('works: $name', { timeout: 600_000 }, async (kind) => {
    const image = kind.image === null ? null : await testImage(kind.image);
    const services = kind.image !== 'python' ? [] : [serviceSpec.parse({ name: 'db', image: await testImage('postgres'), variables: { POSTGRES_PASSWORD: 'paper', POSTGRES_DB: 'shop' }, health: 'pg_isready --quiet --host 127.0.0.1' })];
    const small = await addSmallProject(test);
    try {
      const repository = repositoryAt(small.repository);
      for (const path of ['README.md', 'package.json', 'src', 'tests']) repository.git('rm', '-rq', path);
      for (const [path, content] of Object.entries(kind.files)) repository.write(path, content);
      repository.commit(`${kind.name}`);
      await small.setEnvironment({ image, services, ...kind.environment });
      const run = await small.script(kind.command, { checks: [{ command: kind.check, expect: 'failsThenPasses' }] });
      const ended = await runEnd(test, run.id);
      const log = (await wholeLog(test, run.id)).toString();
      expect([ended.state.name, log]).toEqual(['reviewable', expect.any(String)]);
      const { files } = await test.client.runs.changes({ runId: run.id });
      expect([files.map(({ path }) => path).toSorted(), log]).toEqual([[...kind.changes], expect.any(String)]);
      const { items } = await test.client.runs.evidence({ runId: run.id });
      expect([items.map(({ verdict }) => verdict), log]).toEqual([['passed'], expect.any(String)]);
      const changesLock = (kind.environment.lockFiles ?? []).some((path) => kind.changes.includes(path));
      expect(currentTurn(ended).checks.find(({ side }) => side === 'result')?.readied?.problem).toBe(changesLock ? null : undefined);
    } finally {
      await small.remove();
    }
  });
});
