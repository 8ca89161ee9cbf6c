import { fieldOf, isRecord, upward, type FolderLook } from './folder-look.ts';
import { need, type Ecosystem, type Install, type ProposedCheck } from './part.ts';

type Tool = 'pnpm' | 'yarn' | 'bun' | 'npm';

/** In the order in which a repository with several is read: the more specific tool first. */
const LOCKS: readonly (readonly [name: string, tool: Tool])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
  ['npm-shrinkwrap.json', 'npm'],
];

const SCRIPTS = ['test', 'lint', 'typecheck', 'type-check', 'check-types', 'check'] as const;

/** What `packageManager` of package.json names, as `pnpm@9.1.0` with a hash or without; anything else is nobody's. */
const packageManager = (look: FolderLook): { tool: Tool; version: string } | null => {
  const named = fieldOf(look.json('package.json'), 'packageManager');
  if (named === undefined) return null;
  const [, tool, version] = typeof named === 'string' ? (/^(npm|pnpm|yarn|bun)@(\d{1,4}\.\d{1,4}\.\d{1,4})(?:[-+][\w.+-]{1,200})?$/.exec(named) ?? []) : [];
  if (tool === undefined || version === undefined) {
    look.ignore('package.json', 'its packageManager is no tool with a version');
    return null;
  }
  return { tool: tool as Tool, version };
};

const isBerry = (look: FolderLook): boolean => {
  const manager = packageManager(look);
  if (manager?.tool === 'yarn') return Number.parseInt(manager.version, 10) >= 2;
  return look.has('.yarnrc.yml');
};

/** Yarn 2 and later, called as the repository has it: its own release file where there is one, so that it runs without the internet. */
const berry = (look: FolderLook): string => {
  const path = fieldOf(look.yaml('.yarnrc.yml'), 'yarnPath');
  if (typeof path === 'string' && /^\.yarn\/releases\/[\w.-]+\.c?js$/.test(path) && !path.includes('..') && look.has(path)) return `node ${path}`;
  const manager = packageManager(look);
  return `npx --yes @yarnpkg/cli-dist${manager?.tool === 'yarn' ? `@${manager.version}` : ''}`;
};

const versioned = (look: FolderLook, tool: Tool): string => {
  const manager = packageManager(look);
  return `npx --yes ${tool}${manager?.tool === tool ? `@${manager.version}` : ''}`;
};

const lockOf = (look: FolderLook): readonly [string, Tool] | null => {
  const there = LOCKS.filter(([name]) => look.has(name));
  const manager = there.length > 1 ? packageManager(look) : null;
  return there.find(([, tool]) => tool === manager?.tool) ?? there[0] ?? null;
};

const workspaces = (look: FolderLook): string => {
  if (look.has('pnpm-workspace.yaml')) return '; pnpm-workspace.yaml: its packages are installed with it';
  return fieldOf(look.json('package.json'), 'workspaces') === undefined ? '' : '; package.json: its workspaces are installed with it';
};

const install = (look: FolderLook, lock: string, tool: Tool): Install => {
  const others = LOCKS.filter(([name, other]) => look.has(name) && name !== lock && other !== tool).map(([name]) => `; ${name} is left aside`);
  const tail = `${workspaces(look)}${others.join('')}`;
  const made = (command: string, by: string, tools: string): Install => ({
    commands: [command],
    isRepeatable: true,
    lockFiles: [lock],
    reason: `${look.pathOf(lock)}: dependencies by ${by}${tail}`,
    needs: [need(tools, look.pathOf(lock))],
  });
  switch (tool) {
    case 'pnpm':
      return made(`${versioned(look, 'pnpm')} install --frozen-lockfile`, 'pnpm', 'Node');
    case 'yarn':
      return isBerry(look) ? made(`${berry(look)} install --immutable`, 'yarn 2 or later', 'Node') : made(`${versioned(look, 'yarn')} install --frozen-lockfile`, 'yarn', 'Node');
    case 'bun':
      return made('bun install --frozen-lockfile', 'bun', 'Bun');
    case 'npm':
      return made('npm ci', 'npm ci', 'Node');
  }
};

const hasDependencies = (look: FolderLook): boolean => {
  const manifest = look.json('package.json');
  return ['dependencies', 'devDependencies'].some((name) => {
    const list = fieldOf(manifest, name);
    return isRecord(list) && Object.keys(list).length > 0;
  });
};

/** Packages without `node_modules` run only through yarn itself. */
const runsThroughYarn = (look: FolderLook | null): look is FolderLook => {
  if (look === null || lockOf(look)?.[1] !== 'yarn' || !isBerry(look)) return false;
  const linker = fieldOf(look.yaml('.yarnrc.yml'), 'nodeLinker');
  return linker !== 'node-modules' && linker !== 'pnpm';
};

const checks = (look: FolderLook, installed: FolderLook | null): ProposedCheck[] => {
  const scripts = fieldOf(look.json('package.json'), 'scripts');
  const isYarn = runsThroughYarn(installed);
  const up = isYarn ? upward(look.folder, installed.folder) : '';
  const isBun = installed !== null && lockOf(installed)?.[1] === 'bun';
  return SCRIPTS.flatMap((name) => {
    const script = fieldOf(scripts, name);
    if (typeof script !== 'string' || script.includes('no test specified') || /--watch(?:All)?\b(?!=false)/.test(script)) return [];
    const plain = name === 'test' ? 'npm test' : `npm run ${name}`;
    const command = isYarn ? `${berry(installed).replace(/^node /, `node ${up}`)} run ${name}` : isBun ? `bun run ${name}` : plain;
    return [{ command, from: look.pathOf('package.json') }];
  });
};

/** npm, pnpm, yarn and bun. Scripts run by npm where they can: it is in the image, and needs no internet. */
export const node: Ecosystem = {
  locked: (look) => {
    const lock = lockOf(look);
    return lock === null ? null : install(look, lock[0], lock[1]);
  },
  unlocked: (look) =>
    look.has('package.json') && hasDependencies(look)
      ? {
          commands: ['npm install --no-package-lock'],
          isRepeatable: true,
          lockFiles: ['package.json'],
          reason: `${look.pathOf('package.json')} without a lock file: npm install${workspaces(look)}`,
          needs: [need('Node', look.pathOf('package.json'))],
        }
      : null,
  checks,
};
