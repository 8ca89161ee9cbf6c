import { fieldOf, type FolderLook } from './folder-look.ts';
import { need, type Need } from './part.ts';
import { tomlTables } from './toml-text.ts';

/** What Drydock's own base image has, by major version (Python: and minor). */
export const BASE_IMAGE_TOOLS: ReadonlyMap<string, string> = new Map([
  ['Node', '18'],
  ['Python', '3.11'],
]);

/** A version as people write them in these files: a number, a name like `lts/iron`, a simple range. */
const VERSION = /^[\w.+\-/*<>=~^| ,]{1,60}$/;

const firstLine = (text: string): string => text.split('\n').map((line) => line.replace(/#.*$/, '').trim()).find((line) => line !== '') ?? '';

/** Names of tools in .tool-versions. */
const TOOL_NAMES: Readonly<Record<string, string>> = { nodejs: 'Node', node: 'Node', python: 'Python', golang: 'Go', go: 'Go', rust: 'Rust', ruby: 'Ruby', java: 'Java', php: 'PHP', dotnet: '.NET', bun: 'Bun', uv: 'uv', poetry: 'poetry' };

const oneLineFiles: readonly (readonly [file: string, tool: string])[] = [
  ['.nvmrc', 'Node'],
  ['.node-version', 'Node'],
  ['.python-version', 'Python'],
  ['.ruby-version', 'Ruby'],
  ['.java-version', 'Java'],
];

/** The version that each file names, by tool; null: the file says nothing of the kind. */
const asked = (look: FolderLook): (readonly [file: string, tool: string, version: string])[] => {
  const text = (name: string): string | null => (look.has(name) ? look.text(name) : null);
  const lines = oneLineFiles.flatMap(([file, tool]) => {
    const found = text(file);
    return found === null ? [] : [[file, tool, firstLine(found).replace(/^(?:v|ruby-|node-)(?=\d)/, '')] as const];
  });
  const listed = (text('.tool-versions') ?? '').split('\n').slice(0, 100).flatMap((line) => {
    const [name = '', version] = line.replace(/#.*$/, '').trim().split(/\s+/);
    const tool = Object.hasOwn(TOOL_NAMES, name) ? TOOL_NAMES[name] : undefined;
    return tool === undefined || version === undefined ? [] : [['.tool-versions', tool, version] as const];
  });
  const rust = ['rust-toolchain.toml', 'rust-toolchain'].flatMap((file) => {
    const found = text(file);
    if (found === null) return [];
    const channel = tomlTables(found).get('toolchain')?.get('channel')?.[0] ?? (file === 'rust-toolchain' ? firstLine(found) : undefined);
    return channel === undefined ? [] : [[file, 'Rust', channel] as const];
  });
  const goLine = /^go\s+(\S{1,40})\s*$/m.exec(text('go.mod') ?? '')?.[1];
  const engine = fieldOf(fieldOf(look.json('package.json'), 'engines'), 'node');
  const sdk = fieldOf(fieldOf(look.json('global.json'), 'sdk'), 'version');
  return [
    ...lines,
    ...listed,
    ...rust,
    ...(goLine === undefined ? [] : [['go.mod', 'Go', goLine] as const]),
    ...(typeof engine === 'string' ? [['package.json', 'Node', engine] as const] : []),
    ...(typeof sdk === 'string' ? [['global.json', '.NET', sdk] as const] : []),
  ];
};

/** Versions that the files of a folder ask for. The first file that names a tool is the one that counts. */
export const versionNeeds = (look: FolderLook): Need[] =>
  asked(look).flatMap(([file, tool, version]) => {
    if (VERSION.test(version)) return [need(tool, look.pathOf(file), version)];
    look.ignore(file, 'it names no version');
    return [];
  });

/** Whether a version of the base image is what a file asks for; null: that cannot be told. */
const isMet = (has: string, version: string): boolean | null => {
  const atLeast = /^>=\s*(\d+)(?:\.(\d+))?(?:\.\d+)?$/.exec(version);
  const [major = 0, minor = 0] = has.split('.').map(Number);
  if (atLeast !== null) return major > Number(atLeast[1]) || (major === Number(atLeast[1]) && (has.includes('.') ? minor : Infinity) >= Number(atLeast[2] ?? 0));
  const exact = /^[\^~]?(\d+)(?:\.(\d+|x|\*))?(?:\.(?:\d+|x|\*))?$/.exec(version);
  if (exact === null) return null;
  if (Number(exact[1]) !== major) return false;
  return !has.includes('.') || exact[2] === undefined || exact[2] === 'x' || exact[2] === '*' || Number(exact[2]) === minor;
};

/** One tool's need in words, or null where the base image has it and nobody asks for a version. */
const inWords = ({ tool, version, from }: Need): string | null => {
  const asks = `${from}: ${version === null ? `needs ${tool}` : `asks for ${tool} ${version}`}`;
  const has = BASE_IMAGE_TOOLS.get(tool);
  if (has === undefined) return `${asks}; the base image has none: name an image that has it`;
  if (version === null) return null;
  const met = isMet(has, version);
  return met === true ? `${asks}, as the base image has (${has})` : `${asks}; the base image has ${has}${met === false ? ': name another image if that matters' : ''}`;
};

/** Needs with one entry for each tool: that with a version before that without, else the first. */
export const mergeNeeds = (needs: readonly Need[]): Need[] => {
  const byTool = new Map<string, Need>();
  for (const each of needs) {
    const known = byTool.get(each.tool);
    if (known === undefined || (known.version === null && each.version !== null)) byTool.set(each.tool, each);
  }
  return [...byTool.values()];
};

export const needReasons = (needs: readonly Need[]): string[] => needs.flatMap((each) => inWords(each) ?? []);
