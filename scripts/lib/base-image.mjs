import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { BASE_IMAGE_LATEST, baseImageTag } from '../../resources/engine/base-image-tag.mjs';
import { bootstrapImage, canBootstrap } from './bootstrap-image.mjs';
import { engineJson, engineProgress } from './engine-json.mjs';
import { machineSettings, writeMachineSettings } from './machine-settings.mjs';
import { machineFolder, root } from './places.mjs';
import { SetupError } from './setup-error.mjs';
import { withLock } from './with-lock.mjs';

const sources = join(root, 'resources', 'images', 'base');
/** What of the machine's settings went into an image: with others it is built anew under the same tag. */
const MACHINE_LABEL = 'drydock.machine';
const PULL_SILENCE_MS = 60_000;

/** The tag under which the engine has, or gets, the base image of this clone. */
export function expectedBaseImage() {
  return baseImageTag(sources);
}

/** Builds the base image unless the engine has it: on a registry's image, or on a bootstrapped one where no registry answers. */
export async function prepareBaseImage(endpoint, progress) {
  const tag = expectedBaseImage();
  const settings = await machineSettings();
  if (await isBuilt(endpoint, tag, settings)) return tag;
  await withLock(join(machineFolder(), 'base-image.lock'), async () => {
    if (await isBuilt(endpoint, tag, settings)) return;
    const old = (await engineJson(endpoint, `/images/${tag}/json`)).value?.Id;
    const from = await foundation(endpoint, progress);
    await progress.step('Building the base image', (note) => build(endpoint, { tag, settings, from }, note));
    if (old !== undefined) await engineJson(endpoint, `/images/${old}`, { method: 'DELETE' });
  });
  return tag;
}

async function isBuilt(endpoint, tag, settings) {
  const { status, value } = await engineJson(endpoint, `/images/${tag}/json`);
  if (status !== 200 || value.Config?.Labels?.[MACHINE_LABEL] !== settings.hash) return false;
  if (!value.RepoTags?.includes(BASE_IMAGE_LATEST)) {
    const [repo, name] = BASE_IMAGE_LATEST.split(':');
    await engineJson(endpoint, `/images/${tag}/tag?repo=${repo}&tag=${name}`, { method: 'POST' });
  }
  return true;
}

/** The image to build on: present, pulled, or made here. */
async function foundation(endpoint, progress) {
  const named = /^ARG FROM=(\S+)/m.exec(readFileSync(join(sources, 'Dockerfile'), 'utf8'))?.[1];
  if (named === undefined) throw new SetupError(`${sources}/Dockerfile names no image to build on (ARG FROM=…)`);
  if ((await engineJson(endpoint, `/images/${named}/json`)).status === 200) return named;
  const [name, tag] = named.split(':');
  const pulled = await progress.step(`Fetching ${named}`, async (note) => {
    const path = `/images/create?fromImage=${encodeURIComponent(name)}&tag=${encodeURIComponent(tag)}`;
    return engineProgress(endpoint, path, { idleTimeoutMs: PULL_SILENCE_MS, onLine: note });
  });
  if (pulled.error === undefined) return named;
  if (canBootstrap(endpoint)) return bootstrapImage(endpoint, progress);
  throw new SetupError(
    `the base image needs ${named}, and the engine could not fetch it: ${pulled.error}. ` +
      `Give the engine a network (or a registry mirror), or load that image by hand (\`docker load\`), then try again.`,
  );
}

async function build(endpoint, { tag, settings, from }, note) {
  const context = mkdtempSync(join(tmpdir(), 'drydock-base-'));
  try {
    cpSync(sources, context, { recursive: true });
    writeMachineSettings(settings, context);
    const query = new URLSearchParams({
      buildargs: JSON.stringify({ FROM: from, ...proxies(process.env) }),
      labels: JSON.stringify({ [MACHINE_LABEL]: settings.hash }),
      rm: '1',
      forcerm: '1',
    });
    for (const name of [tag, BASE_IMAGE_LATEST]) query.append('t', name);
    const headers = { 'Content-Type': 'application/x-tar' };
    const { error, output } = await engineProgress(endpoint, `/build?${query}`, {
      body: archive(context),
      headers,
      onLine: note,
    });
    if (error !== undefined) throw new SetupError(`the base image could not be built: ${error}`, output);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
}

/** tar comes with Linux, macOS and Windows alike. */
function archive(folder) {
  const env = { ...process.env, COPYFILE_DISABLE: '1' };
  return spawn('tar', ['-C', folder, '-cf', '-', '.'], { env, stdio: ['ignore', 'pipe', 'inherit'] }).stdout;
}

/** Arguments that builds know without declaring them and that no image keeps. A proxy on loopback is not there in a container. */
function proxies(env) {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];
  return Object.fromEntries(
    names
      .filter((name) => env[name] && !/\/\/(localhost|127\.|\[::1\])/.test(env[name]))
      .map((name) => [name, env[name]]),
  );
}
