import { join } from 'node:path';
import { root } from './lib/places.mjs';
import { runVisible } from './lib/run-visible.mjs';
import { endWith } from './lib/setup-error.mjs';
import { setUp } from './setup.mjs';

/** `npm run bench`: the measurements, against a real engine. */
try {
  const { node, env } = await setUp({ engine: 'required' });
  const args = [
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    join(root, 'test/bench/main.ts'),
    ...process.argv.slice(2),
  ];
  process.exit(await runVisible(node, args, { cwd: root, env }));
} catch (error) {
  endWith(error);
}
