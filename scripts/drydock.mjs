import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** The commands that start containers; the others work on what is stored. */
const NEED_ENGINE = new Set(['run', 'serve', 'retry']);

/** `npm run -s drydock -- …`: the command line from the sources, in the caller's folder; stdout is the command's alone. */
try {
  const args = process.argv.slice(2);
  const help = args.includes('--help') || args.includes('-h');
  const needsEngine = !help && args.some((arg) => NEED_ENGINE.has(arg));
  const { node, env, missing } = await setUp({ quiet: true, engine: needsEngine ? 'wanted' : undefined });
  if (missing !== undefined) process.stderr.write(`drydock: ${missing.message}\n`);
  const entry = join(root, 'src-main/cli/main.ts');
  // npm runs scripts in the package's folder and keeps the caller's here.
  const cwd = process.env.INIT_CWD || process.cwd();
  process.exit(await runVisible(node, ['--disable-warning=ExperimentalWarning', entry, ...args], { cwd, env }));
} catch (error) {
  endWith(error);
}
