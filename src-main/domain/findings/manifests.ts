import { fileName, LONGEST_LINE } from './changed-file.ts';

/** A package that a manifest names, and where. */
export interface Named {
  readonly version: string;
  readonly line: number;
}

export type Packages = ReadonlyMap<string, Named>;

type Reader = (text: string) => Packages;

/** Longer lines are empty ones: no manifest has them, and a hostile one must not take minutes. */
const linesOf = (text: string): string[] => text.split('\n').map((line) => (line.length > LONGEST_LINE ? '' : line));

/** Packages that a pattern with the groups `name` and `version` finds, at most one a line. */
const byPattern =
  (pattern: RegExp): Reader =>
  (text) =>
    new Map(
      linesOf(text).flatMap((line, at) => {
        const { name, version = '' } = pattern.exec(line)?.groups ?? {};
        return name === undefined ? [] : [[name, { version: version.trim(), line: at + 1 }] as const];
      }),
    );

/** Blocks of a Maven file: the first artifactId of each, and its version. */
const maven: Reader = (text) => {
  const packages = new Map<string, Named>();
  let name: string | null = null;
  let isInside = false;
  for (const [at, line] of linesOf(text).entries()) {
    if (/<(?:dependency|plugin|parent)>/.test(line)) [isInside, name] = [true, null];
    const [, artifact] = /<artifactId>([^<]+)</.exec(line) ?? [];
    if (isInside && name === null && artifact !== undefined) {
      name = artifact;
      packages.set(name, { version: '', line: at + 1 });
    }
    const [, version] = /<version>([^<]*)</.exec(line) ?? [];
    if (isInside && name !== null && version !== undefined) packages.set(name, { version, line: at + 1 });
    if (/<\/(?:dependency|plugin|parent)>/.test(line)) isInside = false;
  }
  return packages;
};

/** Fields of a JSON manifest that hold packages by name; a text that is no JSON names none. */
const jsonFields =
  (fields: readonly string[]): Reader =>
  (text) => {
    const packages = new Map<string, Named>();
    let whole: unknown;
    try {
      whole = JSON.parse(text);
    } catch {
      return packages;
    }
    const lines = new Map<string, number>();
    for (const [at, line] of linesOf(text).entries()) {
      const [, key] = /"([^"]+)"\s*:/.exec(line) ?? [];
      if (key !== undefined && !lines.has(key)) lines.set(key, at + 1);
    }
    for (const field of fields) {
      const held: unknown = (whole as Record<string, unknown> | null)?.[field];
      if (typeof held !== 'object' || held === null) continue;
      for (const [name, version] of Object.entries(held)) {
        packages.set(name, { version: typeof version === 'string' ? version : JSON.stringify(version), line: lines.get(name) ?? 1 });
      }
    }
    return packages;
  };

/** `name = version` lines of the TOML tables whose name fits, and strings of arrays of requirements. */
const tomlTables =
  (tables: RegExp, arrays: RegExp | null): Reader =>
  (text) => {
    const packages = new Map<string, Named>();
    let table = '';
    let isInArray = false;
    for (const [at, raw] of linesOf(text).entries()) {
      const line = raw.replace(/#.*$/, '').trim();
      const head = /^\[+([^\]]+)\]+$/.exec(line);
      if (head !== null) {
        table = head[1]?.trim() ?? '';
        // `[dependencies.serde]`: a table of one package.
        const own = /dependencies\.([\w.-]+)$/.exec(table);
        if (own?.[1] !== undefined && tables.test(table.slice(0, -own[1].length - 1))) packages.set(own[1], { version: '', line: at + 1 });
        continue;
      }
      const pair = /^["']?([\w.-]+)["']?\s*=\s*(.+)$/.exec(line);
      if (pair?.[1] !== undefined && tables.test(table) && !isInArray) packages.set(pair[1], { version: (pair[2] ?? '').replace(/^["']|["']$/g, ''), line: at + 1 });
      if (arrays !== null && pair?.[1] !== undefined && arrays.test(`${table}.${pair[1]}`) && pair[2]?.startsWith('[')) isInArray = true;
      if (isInArray) for (const each of line.matchAll(/["']([\w.-]+)(\[[^\]]*\])?\s*([^"']*)["']/g)) packages.set(each[1] ?? '', { version: each[3]?.trim() ?? '', line: at + 1 });
      if (isInArray && /\]\s*,?$/.test(line.replace(/"[^"]*"|'[^']*'/g, ''))) isInArray = false;
    }
    return packages;
  };

const GRADLE = /^\s*(?:[a-z]\w*(?:Implementation|Only|Api|Processor)|implementation|api|compile|classpath|kapt|ksp)\b[\s(]+(?:platform\()?["'](?<name>[^"':]+:[^"':]+)(?::(?<version>[^"']*))?["']/;

/** Manifests by file name, and how each names its packages. */
const MANIFESTS: readonly (readonly [RegExp, Reader])[] = [
  [/^package\.json$/, jsonFields(['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides', 'resolutions'])],
  [/^deno\.jsonc?$/, jsonFields(['imports'])],
  [/^composer\.json$/, jsonFields(['require', 'require-dev'])],
  [/^(?:.*[_-])?(?:requirements|constraints)(?:[_-].*)?\.(?:txt|in)$/, byPattern(/^(?<name>[A-Za-z][\w.-]*)(?:\[[^\]]*\])?[ \t]*(?<version>(?:[=<>~!@;][^#\n]*)?)/)],
  [/^pyproject\.toml$/, tomlTables(/^tool\.poetry(?:\.group\.[^.]+)?\.(?:dev-)?dependencies$/, /^(?:project\.dependencies|project\.optional-dependencies\..+|dependency-groups\..+|build-system\.requires|tool\.uv\.dev-dependencies)$/)],
  [/^Pipfile$/, tomlTables(/^(?:dev-)?packages$/, null)],
  [/^Cargo\.toml$/, tomlTables(/(?:^|\.)(?:dev-|build-)?dependencies$/, null)],
  [/^go\.mod$/, byPattern(/^\s*(?:require\s+)?(?<name>[\w-]+(?:\.[\w-]+)+\/[^\s]+)\s+(?<version>v\S+)/)],
  [/^pom\.xml$/, maven],
  [/^build\.gradle(?:\.kts)?$/, byPattern(GRADLE)],
  [/^libs\.versions\.toml$/, tomlTables(/^(?:versions|libraries|plugins)$/, null)],
  [/^Gemfile$|\.gemspec$/, byPattern(/^\s*(?:gem|\w+\.add_(?:\w+_)?dependency)[\s(]+["'](?<name>[\w.-]+)["'](?:,\s*["'](?<version>[^"']*)["'])?/)],
  [/\.(?:cs|fs|vb)proj$|^Directory\.Packages\.props$/, byPattern(/<Package(?:Reference|Version)\s+[^>]*?(?:Include|Update)="(?<name>[^"]+)"(?:[^>]*?Version="(?<version>[^"]*)")?/)],
];

const LOCKS = new Set([
  'package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock', 'bun.lockb', 'deno.lock', 'poetry.lock', 'uv.lock', 'pdm.lock', 'Pipfile.lock',
  'Cargo.lock', 'go.sum', 'go.work.sum', 'gradle.lockfile', 'verification-metadata.xml', 'Gemfile.lock', 'composer.lock', 'packages.lock.json',
]);

export const isLockFile = (path: string): boolean => LOCKS.has(fileName(path));

/** How a manifest names its packages; null: the path is none. */
export const readerOf = (path: string): Reader | null => MANIFESTS.find(([name]) => name.test(fileName(path)))?.[1] ?? null;
