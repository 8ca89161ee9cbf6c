import { canInstallPackages, installPackages } from './debian.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

/** The oldest git whose `merge-tree --write-tree` exists, which landing and assembly build on. */
const OLDEST = [2, 38];

/** Makes sure that git is there and new enough: installed as root on Debian or Ubuntu, else named in the error. */
export async function requireGit(progress) {
  let version = await gitVersion();
  if (version === undefined && canInstallPackages()) {
    await progress.step('Installing git', (note) => installPackages(['git'], note));
    version = await gitVersion();
  }
  if (version === undefined)
    throw new SetupError(`git is missing: install git ${OLDEST.join('.')} or newer and try again.`);
  if (isOlder(version, OLDEST)) {
    throw new SetupError(
      `git ${version.join('.')} is too old: Drydock needs ${OLDEST.join('.')} or newer. Update it and try again.`,
    );
  }
}

async function gitVersion() {
  const { ok, stdout } = await runCommand('git', ['--version'], { timeoutMs: 30_000 });
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  return ok && minor !== undefined ? [Number(major), Number(minor)] : undefined;
}

function isOlder([major, minor], [oldestMajor, oldestMinor]) {
  return major < oldestMajor || (major === oldestMajor && minor < oldestMinor);
}
