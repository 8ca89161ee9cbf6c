import type { BriefInput, SmallProject } from './small-project.ts';
import type { TestRepository } from './repository.ts';

/** Two functions, far enough apart that changes of both merge. */
const dates = (year: string): string =>
  `export const day = (date) => date.toISOString().slice(0, 10);\n${'\n// Days are counted from 1.\n'.repeat(4)}\nexport const year = (date) => date.${year}();\n`;

/** A repository in which each of the ten briefs finds its place. */
export const fillTenRepository = (repository: TestRepository): void => {
  const lines = (name: string): string => Array.from({ length: 60 }, (_, at) => `export const ${name}${at} = ${at};`).join('\n');
  repository.write('src/totals.js', 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 0);\n');
  repository.write('src/dates.js', dates('getFullYear'));
  repository.write('src/names.js', `${lines('name')}\n`);
  repository.write('src/stock.js', 'export const left = (stock, sold) => stock - sold;\n');
  repository.write('src/parse.js', 'export const parse = (text) => text.split(",");\n');
  repository.write('src/label.js', 'export const label = (name) => `<b>${name}</b>`;\n');
  repository.write('docs/guide.md', '# Guide\n\nHow to use the shop.\n');
  repository.write('assets/logo.png', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'));
  repository.write('tests/totals.test.js', "import test from 'node:test';\nimport assert from 'node:assert';\nimport { total } from '../src/totals.js';\ntest('adds', () => {\n  assert.equal(total([{ price: 1 }, { price: 2 }]), 3);\n  assert.equal(total([]), 0);\n});\n");
  repository.write('tests/stock.test.js', "import test from 'node:test';\nimport assert from 'node:assert';\nimport { left } from '../src/stock.js';\ntest('left', () => {\n  assert.equal(left(5, 2), 3);\n});\n");
  repository.write('package.json', '{ "name": "shop", "type": "module" }\n');
  repository.commit('A shop to work on');
};

const src = { inPlay: ['src/**'], offLimits: [], workingDirectory: '' };
const node = [{ command: 'node --test tests/', timeoutSeconds: 120 }];
const script = (command: string): NonNullable<BriefInput['runsWith']> => ({ mode: 'script', command });

/**
 * Ten briefs whose results ask for ten different decisions: what a reviewer meets in a day. The second group runs once the
 * first has its results, so that its base has moved and its files meet those of others.
 */
export const TEN_BRIEFS: readonly (BriefInput & { readonly goal: string })[] = [
  { goal: 'Totals are rounded to cents', scope: src, checks: node, runsWith: script("sed -i 's/sum + item.price, 0)/sum + Math.round(item.price * 100) \\/ 100, 0)/' src/totals.js") },
  { goal: 'Dates are written with slashes', scope: src, runsWith: script("sed -i 's/.slice(0, 10)/.slice(0, 10).replaceAll(\"-\", \"\\/\")/' src/dates.js; echo 'Dates have slashes.' >> docs/guide.md") },
  { goal: 'Stock never goes below zero', checks: node, runsWith: script("sed -i 's/stock - sold/Math.max(0, stock - sold)/' src/stock.js; sed -i '/assert.equal(left(5, 2), 3)/d' tests/stock.test.js") },
  { goal: 'Parser trims its fields', checks: [{ command: "node -e \"import('./src/parse.js').then(({ parse }) => process.exit(parse('a, b')[1] === 'b' ? 0 : 1))\"", expect: 'failsThenPasses', timeoutSeconds: 60 }], runsWith: script("sed -i 's/split(\",\")/split(\";\")/' src/parse.js") },
  { goal: 'First and last names are renamed', scope: src, checks: node, runsWith: script("sed -i -e 's/name1 /first /' -e 's/name58 /last /' src/names.js") },
  { goal: 'Labels are escaped', scope: src, runsWith: script("echo 'export const escape = (text) => text.replaceAll(\"<\", \"&lt;\");' >> src/label.js") },
  { goal: 'Labels are strong', scope: src, runsWith: script("sed -i 's/<b>/<strong>/; s/<.b>/<\\/strong>/' src/label.js") },
  { goal: 'A new logo', runsWith: script("printf 'GIF89a\\x01\\x00\\x01\\x00\\x00\\x00\\x00;' > assets/logo.gif; head -c 4000 /dev/urandom > assets/logo.png") },
  { goal: 'The guide says how to pay', scope: { inPlay: ['docs/**'], offLimits: [], workingDirectory: '' }, runsWith: script("printf '\\n## Paying\\n\\nPay at the till.\\n' >> docs/guide.md") },
];

/** Its environment cannot be set up. */
export const FAILING_BRIEF: BriefInput = { goal: 'Prices are in euros', scope: src, runsWith: script('true') };

/** Launches all ten and resolves with them when each has ended; one lands nothing and waits for a person. */
export const launchTen = async (small: SmallProject, repository: TestRepository, ended: (id: string) => Promise<unknown>): Promise<void> => {
  for (const brief of TEN_BRIEFS) await ended((await small.launch(brief)).id);
  // The base of what was made so far moves on, in a file that one of them has changed and in one that none has.
  repository.write('src/dates.js', dates('getUTCFullYear'));
  repository.write('docs/moved.md', 'The base moved on.\n');
  repository.commit('The base moves on');
  await small.setEnvironment({ setup: 'echo "no such package: euro" >&2; exit 3' });
  await ended((await small.launch(FAILING_BRIEF)).id);
  await small.setEnvironment({ setup: '' });
};
