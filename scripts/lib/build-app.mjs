import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentStamp, readStamp, writeStamp } from './content-stamp.mjs';
import { cacheFolder, packageFile, root } from './places.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';
import { withLock } from './with-lock.mjs';

const SOURCES = [
  'src-main',
  'src-renderer',
  'src-preload',
  'resources',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const stampFile = join(root, 'out', '.stamp');
const ENTRIES = ['out/main/cli.js', 'out/main/shell.js'];

/** Builds the app into out/ unless it was built from these very sources. */
export async function buildApp({ node, env, progress }) {
  if (isBuilt(contentStamp(root, SOURCES))) return;
  await withLock(join(cacheFolder, 'build.lock'), async () => {
    const stamp = contentStamp(root, SOURCES);
    if (isBuilt(stamp)) return;
    await progress.step('Building the app', async (note) => {
      const args = [packageFile('electron-vite', 'bin', 'electron-vite.js'), 'build'];
      const result = await runCommand(node, args, { cwd: root, env, onLine: note });
      if (!result.ok)
        throw new SetupError('the app could not be built. The output of electron-vite is above.', result.output);
    });
    writeStamp(stampFile, stamp);
  });
}

function isBuilt(stamp) {
  return readStamp(stampFile) === stamp && ENTRIES.every((entry) => existsSync(join(root, entry)));
}
