import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** `npm run gallery`: pictures of every screen in every state, and what axe says about each. Needs no engine. */
try {
  const { node, env } = await setUp({ quiet: true, browser: true });
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/gallery/main.ts'), ...process.argv.slice(2)];
  process.exit(await runVisible(node, args, { cwd: root, env }));
} catch (error) {
  endWith(error);
}
