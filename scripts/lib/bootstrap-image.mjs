import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { aptSettings, aptSources } from './apt-sources.mjs';
import { canInstallPackages, installPackages, listsAreFresh, osRelease, refreshLists } from './debian.mjs';
import { engineProgress } from './engine-json.mjs';
import { runCommand } from './run-command.mjs';
import { SetupError } from './setup-error.mjs';

/** Only for an engine of this machine: the image has this machine's architecture and package mirror. */
export function canBootstrap(endpoint) {
  return endpoint.kind === 'socket' && canInstallPackages();
}

/** Makes a minimal image of this machine's own distribution from its own package mirror, and answers with its name. */
export async function bootstrapImage(endpoint, progress) {
  const suite = osRelease().VERSION_CODENAME;
  const name = `drydock/bootstrap:${suite}`;
  if (!existsSync('/usr/sbin/debootstrap')) {
    await progress.step('Installing debootstrap', (note) => installPackages(['debootstrap'], note));
  }
  await progress.step('No image registry answers: making a minimal Debian from packages', async (note) => {
    // Not the temporary folder: it is often mounted without devices, which debootstrap refuses.
    const folder = mkdtempSync('/var/tmp/drydock-bootstrap-');
    try {
      await bootstrap(folder, suite, note);
      await load(endpoint, folder, name);
    } finally {
      await runCommand('umount', ['--recursive', join(folder, 'proc')]);
      await runCommand('rm', ['-rf', '--one-file-system', folder]);
    }
  });
  return name;
}

async function bootstrap(folder, suite, note) {
  if (!listsAreFresh()) await refreshLists(note);
  const sources = await aptSources(suite);
  const mirror = sources.find(({ release }) => release === suite);
  if (mirror === undefined) {
    throw new SetupError(
      `no image registry answers, and /etc/apt names no mirror of ${suite} to make the base image from. Give the engine a network or load an image by hand.`,
    );
  }
  const components = [...new Set(sources.flatMap((source) => source.components))].join(',');
  const args = [
    '--variant=minbase',
    '--include=ca-certificates',
    `--components=${components}`,
    suite,
    folder,
    mirror.uri,
  ];
  const made = await runCommand('/usr/sbin/debootstrap', args, { onLine: note });
  if (!made.ok) throw new SetupError('debootstrap failed. Its output is above.', made.output);
  const lines = sources.map(({ uri, release, components: parts }) => `deb ${uri} ${release} ${parts.join(' ')}\n`);
  writeFileSync(join(folder, 'etc/apt/sources.list'), lines.join(''));
  writeFileSync(join(folder, 'etc/apt/apt.conf.d/90machine'), await aptSettings());
  // A registry's slim image has neither.
  for (const path of [
    'var/cache/apt/archives',
    'var/lib/apt/lists',
    'usr/share/doc',
    'usr/share/man',
    'usr/share/info',
    'usr/share/locale',
  ]) {
    rmSync(join(folder, path), { recursive: true, force: true });
  }
  writeFileSync(join(folder, 'etc/dpkg/dpkg.cfg.d/slim'), SLIM);
}

const SLIM =
  ['doc', 'man', 'info', 'locale'].map((name) => `path-exclude /usr/share/${name}/*\n`).join('') +
  'path-include /usr/share/doc/*/copyright\n';

async function load(endpoint, folder, name) {
  const [repo, tag] = name.split(':');
  const archive = spawn('tar', ['-C', folder, '--numeric-owner', '--one-file-system', '-cf', '-', '.'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => archive.on('close', resolve));
  const headers = { 'Content-Type': 'application/x-tar' };
  const path = `/images/create?fromSrc=-&repo=${encodeURIComponent(repo)}&tag=${encodeURIComponent(tag)}`;
  const { error, output } = await engineProgress(endpoint, path, { body: archive.stdout, headers });
  const status = await ended;
  if (error !== undefined || status !== 0) {
    throw new SetupError(
      `the engine did not take the bootstrapped image: ${error ?? `tar ended with ${status}`}`,
      output,
    );
  }
}
