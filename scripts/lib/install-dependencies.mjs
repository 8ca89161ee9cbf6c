import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, modulesFolder, root } from './places.mjs';
import { readStamp, writeStamp } from './content-stamp.mjs';
import { nodeForInstall } from './node-for-install.mjs';
import { isInstalledFromLock } from './installed-from-lock.mjs';
import { runNpm } from './run-npm.mjs';
import { SetupError } from './setup-error.mjs';
import { withLock } from './with-lock.mjs';

const stampFile = join(modulesFolder, '.drydock-stamp');

/** Makes node_modules what the lock file says: `npm ci`, unless it is already. */
export async function installDependencies(progress) {
  const stamp = expectedStamp();
  if (readStamp(stampFile) === stamp) return;
  await withLock(join(cacheFolder, 'dependencies.lock'), async () => {
    if (readStamp(stampFile) === stamp) return;
    if (!isInstalledFromLock(root)) await install(progress);
    writeStamp(stampFile, stamp);
  });
}

/** The lock file, and what binaries were chosen for. */
function expectedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform} ${process.arch}`).digest('hex');
}

async function install(progress) {
  const node = await nodeForInstall(progress);
  await progress.step('Installing dependencies', (note) => npmCi(node, note));
}

async function npmCi(node, note) {
  // Tools are development dependencies: a NODE_ENV or an npm setting of the user's must not leave them out.
  // Nothing needs its install script but the `node` package, whose own is run after this: npm before 11 does not read
  // `allowScripts` and would compile what comes with its binary.
  const args = [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=warn',
  ];
  const result = await runNpm(args, { node, onLine: note });
  if (result.ok) return;
  const reason = existsSync(modulesFolder) ? '' : ' (node_modules is gone; nothing else was changed)';
  throw new SetupError(
    `\`npm ci\` failed with status ${result.status}${reason}. Its output is above; check \`npm config get registry\` and the network, then try again.`,
    result.output,
  );
}
