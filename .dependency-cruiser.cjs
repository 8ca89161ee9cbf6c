/**
 * The table of layers. Dependencies only point down; type-only imports count, because they bind as much. `from` and `to`
 * are regular expressions on paths from the top of the repository.
 */
const FLOORS = {
  contract: '^src-main/contract/',
  domain: '^src-main/domain/',
  ports: '^src-main/ports/',
  core: '^src-main/core/',
  adapters: '^src-main/adapters/',
  wire: '^src-main/wire/',
  compose: '^src-main/compose\\.ts$',
  /** What owns a running service: the composition under the lock of a data directory. */
  service: '^src-main/(start-)?service\\.ts$',
  cli: '^src-main/cli/',
  mcp: '^src-main/mcp/',
  shell: '^src-main/shell/',
};
const OWN = '^(src-main|src-preload|src-renderer)/';
const PACKAGE = (...names) => `(^|/)node_modules/(@types/)?(${names.join('|')})/`;
const SLICES = 'board|brief|run|review|fleet|history|plan|settings|project|environment|network|frame';

/** A floor may import itself, what is named here, and packages; anything else of the repository is above it. */
const mayImport = (floor, ...below) => ({
  name: `${floor}-only-down`,
  comment: `${floor} imports ${[...below, 'packages'].join(', ')} and nothing else`,
  severity: 'error',
  from: { path: FLOORS[floor] },
  to: { path: OWN, pathNot: [floor, ...below].map((name) => FLOORS[name]) },
});

const forbidden = [
  mayImport('contract'),
  mayImport('domain', 'contract'),
  mayImport('ports', 'contract', 'domain'),
  mayImport('core', 'contract', 'domain', 'ports'),
  mayImport('adapters', 'contract', 'domain', 'ports'),
  mayImport('wire', 'contract', 'domain', 'ports', 'core'),
  mayImport('compose', 'contract', 'domain', 'ports', 'core', 'adapters', 'wire'),
  {
    name: 'shell-only-down',
    comment: 'the shell starts the service as a process; of the floors below it needs the contract, the pure domain, the wire, and where the data lies by default',
    severity: 'error',
    from: { path: FLOORS.shell },
    to: { path: OWN, pathNot: [FLOORS.shell, FLOORS.contract, FLOORS.domain, FLOORS.wire, '^src-main/adapters/files/data-directory\\.ts$'] },
  },
  {
    name: 'shell-stays-apart',
    comment: 'nobody reaches into the shell; its message types and channel names are plain and import no electron',
    severity: 'error',
    from: { path: OWN, pathNot: FLOORS.shell },
    to: { path: FLOORS.shell, pathNot: '^src-main/shell/(service-messages|channels)\\.ts$' },
  },
  {
    name: 'contract-packages',
    severity: 'error',
    from: { path: FLOORS.contract },
    to: { dependencyTypes: ['npm', 'npm-dev', 'core', 'npm-no-pkg', 'unknown'], pathNot: PACKAGE('zod', '@orpc/contract') },
  },
  {
    name: 'domain-packages',
    comment: 'pure: no built-ins of Node, only libraries that compute',
    severity: 'error',
    from: { path: FLOORS.domain },
    to: { dependencyTypes: ['npm', 'npm-dev', 'core', 'npm-no-pkg', 'unknown'], pathNot: PACKAGE('zod', 'picomatch', 'yaml', 'ipaddr.js', '@balena/dockerignore') },
  },
  {
    name: 'ports-packages',
    comment: 'interfaces: types of Node at most',
    severity: 'error',
    from: { path: FLOORS.ports },
    to: { dependencyTypes: ['npm', 'npm-dev', 'core', 'npm-no-pkg', 'unknown'], dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'adapters-apart',
    comment: 'an adapter never imports another; resources/ and files beside the adapters may be shared',
    severity: 'error',
    from: { path: '^src-main/adapters/([^/]+)/' },
    to: { path: '^src-main/adapters/[^/]+/', pathNot: '^src-main/adapters/$1/' },
  },
  {
    name: 'electron-in-shell-only',
    severity: 'error',
    from: { path: OWN, pathNot: [FLOORS.shell, '^src-preload/'] },
    to: { path: [PACKAGE('electron'), '^electron$'] },
  },
  {
    name: 'host-knows-no-window',
    severity: 'error',
    from: { path: '^src-main/' },
    to: { path: '^src-(renderer|preload)/' },
  },
  {
    name: 'preload-only-channels',
    severity: 'error',
    from: { path: '^src-preload/' },
    to: { path: OWN, pathNot: ['^src-preload/', '^src-main/shell/channels\\.ts$'] },
  },
  {
    name: 'window-knows-contract-and-domain',
    severity: 'error',
    from: { path: '^src-renderer/' },
    to: { path: '^src-(main|preload)/', pathNot: [FLOORS.contract, FLOORS.domain] },
  },
  {
    name: 'window-no-node',
    severity: 'error',
    from: { path: '^src-renderer/' },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'slices-apart',
    comment: 'a screen never imports another; they meet in main.tsx and app.tsx',
    severity: 'error',
    from: { path: `^src-renderer/(${SLICES})/` },
    to: { path: `^src-renderer/(${SLICES})/`, pathNot: '^src-renderer/$1/' },
  },
  {
    name: 'ui-knows-no-brief',
    severity: 'error',
    from: { path: '^src-renderer/ui/' },
    to: { path: OWN, pathNot: '^src-renderer/ui/' },
  },
  {
    name: 'client-knows-no-slice',
    severity: 'error',
    from: { path: '^src-renderer/client/' },
    to: { path: '^src-renderer/', pathNot: '^src-renderer/client/' },
  },
  { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  { name: 'resolvable', severity: 'error', from: { path: OWN }, to: { couldNotResolve: true, pathNot: '\\?worker$|\\.css$' } },
];

module.exports = {
  forbidden,
  options: {
    // TypeScript 7 has no compiler interface; without swc no .ts file is cruised at all.
    parser: 'swc',
    moduleSystems: ['es6'],
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(out|test-results[^/]*)/' },
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'], exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
