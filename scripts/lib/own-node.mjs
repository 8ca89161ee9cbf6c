import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { modulesFolder, packageFile, root } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { runNpm } from './run-npm.mjs';
import { SetupError } from './setup-error.mjs';

/** The Node that everything runs on: sources are TypeScript, which older ones cannot read. */
const MAJOR = 24;
const FETCH_MS = 5 * 60_000;

const binary = packageFile('node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

/**
 * The path of the Node that comes as a dependency. Its package fetches the binary in an install script, which is run
 * here: dependencies are installed without any. Throws, saying what to do, when it cannot be had.
 */
export async function ownNode(progress) {
  if (await works()) return binary;
  await progress.step(`Installing Node ${MAJOR}`, async (note) => {
    const fetched = await runCommand(process.execPath, ['installArchSpecificPackage'], {
      cwd: packageFile('node'),
      timeoutMs: FETCH_MS,
      onLine: note,
    });
    // npm linked the package's programs before there was one.
    const linked = await runNpm(['rebuild', 'node', '--ignore-scripts', '--loglevel=warn']);
    if (await works()) return;
    throw new SetupError(
      `Node ${MAJOR} could not be fetched for this platform (${process.platform} ${process.arch}): its package's output is above. ` +
        'Check the network and `npm config get registry`, delete node_modules and try again.',
      fetched.output + linked.output,
    );
  });
  return binary;
}

async function works() {
  if (!existsSync(binary)) return false;
  const { stdout } = await runCommand(binary, ['--version'], { timeoutMs: 30_000 });
  return stdout.startsWith(`v${MAJOR}.`);
}

/** The environment for programs of this clone: its own Node and tools first on the PATH. */
export function ownEnvironment(env = process.env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...env,
    [key]: [join(modulesFolder, '.bin'), join(root, 'node_modules/node/bin'), env[key]].filter(Boolean).join(delimiter),
  };
}
