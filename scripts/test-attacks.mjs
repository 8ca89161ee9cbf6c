import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** `npm run test:attacks`: everything that is tried against Drydock, with a table of cases and outcomes at the end. */
try {
  const { node, env } = await setUp({ quiet: true, engine: 'required', browser: true });
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/attacks/try-attacks.ts'), ...process.argv.slice(2)];
  process.exit(await runVisible(node, args, { cwd: root, env }));
} catch (error) {
  endWith(error);
}
