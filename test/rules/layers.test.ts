import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = ['src-main', 'src-preload', 'src-renderer'];

const report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

/** Runs a tool of the project in a folder and answers with what it printed, whatever its exit status. */
function run(folder: string, tool: string, args: string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [join(ROOT, 'node_modules', tool), ...args], options, (_error, stdout) => resolve(stdout));
  });
}

async function cruise(folder: string): Promise<{ sources: string[]; violations: string[] }> {
  const printed = await run(folder, 'dependency-cruiser/bin/dependency-cruiser.mjs', ['--output-type', 'json', ...SOURCES]);
  const { modules, summary } = report.parse(JSON.parse(printed));
  return {
    sources: modules.map(({ source }) => source),
    violations: summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`),
  };
}

/** A small tree of every floor that keeps all the rules. */
const CLEAN: Record<string, string> = {
  'src-main/contract/ids.ts': "import { z } from 'zod';\nexport const id = z.string();\nexport type Id = z.infer<typeof id>;\n",
  'src-main/domain/order.ts': "import type { Id } from '../contract/ids.ts';\nexport const first = (ids: readonly Id[]): Id | undefined => ids[0];\n",
  'src-main/ports/store.ts': "import type { Readable } from 'node:stream';\nimport type { Id } from '../contract/ids.ts';\nexport interface Store { read(id: Id): Readable }\n",
  'src-main/core/launch.ts': "import { first } from '../domain/order.ts';\nimport type { Store } from '../ports/store.ts';\nexport const launch = (store: Store): unknown => [store, first([])];\n",
  'src-main/adapters/git/depot.ts': "import { join } from 'node:path';\nimport type { Store } from '../../ports/store.ts';\nexport const at = (store: Store): unknown => [store, join('a')];\n",
  'src-main/adapters/docker/engine.ts': 'export const engine = 1;\n',
  'src-main/wire/router.ts': "import { launch } from '../core/launch.ts';\nexport const router = { launch };\n",
  'src-main/compose.ts': "import { at } from './adapters/git/depot.ts';\nimport { router } from './wire/router.ts';\nexport const compose = { at, router };\n",
  'src-main/service.ts': "import { compose } from './compose.ts';\nexport const service = compose;\n",
  'src-main/cli/main.ts': "import { service } from '../service.ts';\nexport const cli = service;\n",
  'src-main/shell/channels.ts': "export const channels = { port: 'port' };\n",
  'src-main/shell/main.ts': "import { app } from 'electron';\nimport { channels } from './channels.ts';\nexport const shell = [app, channels];\n",
  'src-preload/preload.ts': "import { ipcRenderer } from 'electron';\nimport { channels } from '../src-main/shell/channels.ts';\nexport const bridge = [ipcRenderer, channels];\n",
  'src-renderer/client/store.ts': "import type { Id } from '../../src-main/contract/ids.ts';\nexport const ids: Id[] = [];\n",
  'src-renderer/ui/button.tsx': 'export const button = 1;\n',
  'src-renderer/board/board.tsx': "import { ids } from '../client/store.ts';\nimport { button } from '../ui/button.tsx';\nexport const board = [ids, button];\n",
  'src-renderer/brief/brief.tsx': "import { button } from '../ui/button.tsx';\nexport const brief = button;\n",
};

/** One planted line each: the file it is added to and the rule that must name that file. */
const VIOLATIONS: readonly (readonly [rule: string, file: string, line: string])[] = [
  ['contract-only-down', 'src-main/contract/ids.ts', "import '../domain/order.ts';"],
  ['contract-packages', 'src-main/contract/ids.ts', "import 'yaml';"],
  ['contract-packages', 'src-main/contract/ids.ts', "import 'node:fs';"],
  ['domain-only-down', 'src-main/domain/order.ts', "import type { Store } from '../ports/store.ts';\nexport type S = Store;"],
  ['domain-packages', 'src-main/domain/order.ts', "import 'node:crypto';"],
  ['domain-packages', 'src-main/domain/order.ts', "import 'ws';"],
  ['ports-only-down', 'src-main/ports/store.ts', "import '../core/launch.ts';"],
  ['ports-packages', 'src-main/ports/store.ts', "import { readFileSync } from 'node:fs';\nexport const r = readFileSync;"],
  ['core-only-down', 'src-main/core/launch.ts', "import '../adapters/docker/engine.ts';"],
  ['core-only-down', 'src-main/core/launch.ts', "import '../wire/router.ts';"],
  ['adapters-only-down', 'src-main/adapters/git/depot.ts', "import type { launch } from '../../core/launch.ts';\nexport type L = typeof launch;"],
  ['adapters-apart', 'src-main/adapters/git/depot.ts', "import '../docker/engine.ts';"],
  ['wire-only-down', 'src-main/wire/router.ts', "import '../adapters/git/depot.ts';"],
  ['compose-only-down', 'src-main/compose.ts', "import './cli/main.ts';"],
  ['shell-only-down', 'src-main/shell/main.ts', "import '../core/launch.ts';"],
  ['shell-stays-apart', 'src-main/cli/main.ts', "import '../shell/main.ts';"],
  ['electron-in-shell-only', 'src-main/core/launch.ts', "import type { App } from 'electron';\nexport type A = App;"],
  ['electron-in-shell-only', 'src-renderer/board/board.tsx', "import 'electron';"],
  ['host-knows-no-window', 'src-main/core/launch.ts', "import '../../src-renderer/ui/button.tsx';"],
  ['preload-only-channels', 'src-preload/preload.ts', "import '../src-main/core/launch.ts';"],
  ['window-knows-contract-and-domain', 'src-renderer/board/board.tsx', "import '../../src-main/wire/router.ts';"],
  ['window-no-node', 'src-renderer/board/board.tsx', "import 'node:path';"],
  ['slices-apart', 'src-renderer/board/board.tsx', "import '../brief/brief.tsx';"],
  ['ui-knows-no-brief', 'src-renderer/ui/button.tsx', "import type { Id } from '../../src-main/contract/ids.ts';\nexport type I = Id;"],
  ['client-knows-no-slice', 'src-renderer/client/store.ts', "import '../board/board.tsx';"],
  ['resolvable', 'src-main/core/launch.ts', "import './not-there.ts';"],
];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drydock-layers-'));
  for (const file of ['.dependency-cruiser.cjs', '.oxlintrc.json', 'package.json', 'tsconfig.json']) {
    await cp(join(ROOT, file), join(folder, file));
  }
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  for (const [file, text] of Object.entries(CLEAN)) await plant(file, text);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function plant(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true });
  await writeFile(join(folder, file), text);
}

describe('layers and circles', () => {
  it('look at every module of a clean tree and find nothing', async () => {
    const { sources, violations } = await cruise(folder);
    expect(sources).toEqual(expect.arrayContaining(Object.keys(CLEAN)));
    expect(violations).toEqual([]);
  });

  it('hold in these sources', async () => {
    const { sources, violations } = await cruise(ROOT);
    expect(sources.filter((source) => source.startsWith('src-')).length).toBeGreaterThan(100);
    expect(violations).toEqual([]);
  });

  it.each(VIOLATIONS)('%s reports what is planted in %s', async (rule, file, line) => {
    await plant(file, `${line}\n${CLEAN[file]}`);
    expect((await cruise(folder)).violations).toContain(`${rule}: ${file}`);
  });

  it.each([
    ['src-main/core', "import { one } from './one.ts';"],
    ['src-main/core', "import type { one } from './one.ts';"],
    ['src-renderer/board', "import type { one } from './one.ts';"],
  ])('no-circles reports a circle in %s: %s', async (place, line) => {
    await plant(`${place}/one.ts`, "import { two } from './two.ts';\nexport const one = (): unknown => two;\n");
    await plant(`${place}/two.ts`, `${line}\nexport const two = (): typeof one | null => null;\n`);
    const { violations } = await cruise(folder);
    expect(violations).toHaveLength(1);
    expect(violations[0]).toMatch(/^no-circles: .*\/(one|two)\.ts$/);
  });
});

describe('lint', () => {
  const lint = (): Promise<string> => run(folder, 'oxlint/bin/oxlint', ['--type-aware', '--deny-warnings', '-f', 'unix', ...SOURCES]);

  it('finds nothing in a clean tree', async () => {
    expect(await lint()).not.toMatch(/\[(Error|Warning)\//);
  });

  it.each([
    ['no-restricted-imports', "import { app } from 'electron';\nexport const used = app;\n"],
    ['no-explicit-any', 'export const used = (value: any): unknown => value;\n'],
    ['no-floating-promises', 'export const used = (): void => {\n  Promise.resolve(1);\n};\n'],
    ['no-misused-promises', 'export const used = (list: number[]): number[] => list.filter(async () => true);\n'],
    ['no-console', "export const used = (): void => console.log('x');\n"],
  ])('%s reports what is planted', async (rule, text) => {
    await plant('src-main/core/planted.ts', text);
    expect(await lint()).toMatch(new RegExp(`src-main/core/planted\\.ts:.*${rule}`));
  });
});
