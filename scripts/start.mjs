import { join } from 'node:path';
import { buildApp } from './lib/build-app.mjs';
import { root } from './lib/places.mjs';
import { hasDisplay, prepareElectron } from './lib/prepare-electron.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** `npm start`: set-up, build, then the app in Electron, or in a browser where Electron cannot be. */
try {
  const ready = await setUp({ engine: 'wanted' });
  const { node, env, missing } = ready;
  await buildApp(ready);
  // The app opens all the same and shows what it lacks.
  if (missing !== undefined) process.stderr.write(`drydock: ${missing.message}\n`);
  const args = process.argv.slice(2);
  const electron = await prepareElectron(ready);
  if (electron.path !== undefined) {
    const { ELECTRON_RUN_AS_NODE: _, ...windowed } = env;
    process.exit(await runVisible(electron.path, [join(root, 'out/main/shell.js'), ...args], { env: windowed }));
  }
  process.stderr.write(`${electron.reason}: the same app is served to a browser instead.\n`);
  const open = hasDisplay(env) && !args.includes('--open') ? ['--open'] : [];
  process.exit(await runVisible(node, [join(root, 'out/main/cli.js'), 'serve', ...open, ...args], { env }));
} catch (error) {
  endWith(error);
}
