import { installDependencies } from './lib/install-dependencies.mjs';
import { ownEnvironment, ownNode } from './lib/own-node.mjs';
import { prepareBaseImage } from './lib/base-image.mjs';
import { prepareChromium } from './lib/prepare-chromium.mjs';
import { prepareEngine } from './lib/prepare-engine.mjs';
import { createProgress } from './lib/progress.mjs';
import { requireGit } from './lib/require-git.mjs';
import { SetupError } from './lib/setup-error.mjs';

/**
 * Makes this clone able to run: dependencies, Node 24, git, and where asked for a container engine with the base image
 * and a Chromium. What is there already costs a look.
 *
 * `engine` is 'required' (throws without one), 'wanted' (the reason comes back as `missing`) or absent (not looked for).
 * Answers `{ node, env, missing }`: the path of Node 24 and the environment to start programs in.
 */
export async function setUp({ quiet = false, engine, browser = false } = {}) {
  requireThisNode();
  const progress = createProgress({ quiet });
  await installDependencies(progress);
  const node = await ownNode(progress);
  await requireGit(progress);
  const missing = engine === undefined ? undefined : await withEngine(engine, progress);
  const env = ownEnvironment();
  if (browser) env.DRYDOCK_CHROMIUM = await prepareChromium(node, progress);
  return { node, env, missing, progress };
}

async function withEngine(need, progress) {
  try {
    const { endpoint } = await prepareEngine(progress);
    await prepareBaseImage(endpoint, progress);
    return undefined;
  } catch (error) {
    if (need === 'required' || !(error instanceof SetupError)) throw error;
    return error;
  }
}

function requireThisNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 18)
    throw new SetupError(`Node ${process.versions.node} is too old even to set up: install Node 18 or newer.`);
}
