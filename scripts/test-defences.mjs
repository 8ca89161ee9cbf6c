import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** `npm run test:defences`: takes one defence after the other out of a copy of the sources, and demands that the attacks then succeed. */
try {
  const { node, env } = await setUp({ quiet: true, engine: 'required', browser: true });
  const args = ['--disable-warning=ExperimentalWarning', join(root, 'test/attacks/prove-defences.ts'), ...process.argv.slice(2)];
  process.exit(await runVisible(node, args, { cwd: root, env }));
} catch (error) {
  endWith(error);
}
