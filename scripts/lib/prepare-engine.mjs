import { findEngine } from '../../resources/engine/find-engine.mjs';
import { canInstallPackages } from './debian.mjs';
import { SetupError } from './setup-error.mjs';
import { startEngine } from './start-engine.mjs';

/**
 * A container engine that answers. As root on Debian or Ubuntu one is installed and started where there is none
 * and the user has not chosen one. Throws with everything that was tried otherwise.
 */
export async function prepareEngine(progress) {
  const look = await findEngine();
  if (look.found) return look;
  const chosen = process.env.DOCKER_HOST || process.env.DOCKER_CONTEXT;
  if (chosen || !canInstallPackages()) throw noEngine(look);
  await startEngine(progress);
  const again = await findEngine();
  if (again.found) return again;
  throw noEngine(again);
}

function noEngine({ tried, nextStep }) {
  const lines = tried.map(({ source, where, problem }) => `  ${source}, ${where}: ${problem}`);
  return new SetupError(
    `no container engine answers. ${nextStep}`,
    `Looked for a container engine at:\n${lines.join('\n')}`,
  );
}
