import { join } from 'node:path';
import { cruisedModules } from './lib/cruised-modules.mjs';
import { packageFile, root } from './lib/places.mjs';
import { runCommand } from './lib/run-command.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** `npm run check`: the whole gate. Every step runs, so that one look shows all that is wrong; `--no-tests` leaves the tests out. */
try {
  const { node, env } = await setUp({ quiet: true });
  const tool =
    (path, ...args) =>
    () =>
      runCommand(node, [packageFile(...path), ...args], { cwd: root, env });
  const types = (project) => tool(['typescript', 'bin', 'tsc'], '-p', project, '--noEmit');
  const steps = [
    ['types of the host', types('tsconfig.json')],
    ['types of the interface', types('src-renderer/tsconfig.json')],
    ['types of the preload', types('src-preload/tsconfig.json')],
    ['lint', tool(['oxlint', 'bin', 'oxlint'], '--type-aware', '--deny-warnings')],
    ['layers and circles', () => cruisedModules({ node, env })],
    ['unused', tool(['knip', 'bin', 'knip.js'])],
  ];
  let failed = 0;
  for (const [title, run] of steps) {
    const started = Date.now();
    const { ok, output } = await run();
    if (!ok) failed += 1;
    if (!ok) process.stdout.write(`${output.trimEnd()}\n`);
    process.stdout.write(`${title}: ${ok ? 'ok' : 'failed'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
  }
  if (!process.argv.includes('--no-tests')) {
    const status = await runVisible(process.execPath, [join(root, 'scripts/test.mjs')], { cwd: root });
    if (status !== 0) failed += 1;
    process.stdout.write(`tests: ${status === 0 ? 'ok' : 'failed'}\n`);
  }
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  endWith(error);
}
