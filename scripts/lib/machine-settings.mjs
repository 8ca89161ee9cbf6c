import { X509Certificate, createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNpm } from './run-npm.mjs';

// Where administrators put certificate authorities of their own, on Debian, Fedora and SUSE and their relatives.
const ANCHORS = ['/usr/local/share/ca-certificates', '/etc/pki/ca-trust/source/anchors', '/etc/pki/trust/anchors'];

/**
 * What containers need to reach the registries that this machine reaches: files for `machine/` in the image's build,
 * and a hash of them. Only public certificates and addresses without credentials ever get in.
 */
export async function machineSettings(env = process.env) {
  const files = {};
  for (const pem of certificates(env)) {
    const name = createHash('sha256').update(pem).digest('hex').slice(0, 16);
    files[`certificates/machine-${name}.crt`] = pem;
  }
  const registry = await ownRegistry();
  if (registry !== undefined) files.npmrc = `registry=${registry}\n`;
  const hash = createHash('sha256')
    .update(JSON.stringify(Object.entries(files).sort()))
    .digest('hex')
    .slice(0, 12);
  return { files, hash };
}

export function writeMachineSettings({ files }, folder) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, 'machine', name, '..'), { recursive: true });
    writeFileSync(join(folder, 'machine', name), content);
  }
}

function certificates(env) {
  const files = ANCHORS.flatMap((folder) => list(folder).map((name) => join(folder, name)));
  if (env.NODE_EXTRA_CA_CERTS) files.push(env.NODE_EXTRA_CA_CERTS);
  const blocks = files.flatMap(
    (path) => read(path).match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [],
  );
  return [...new Set(blocks.map((pem) => `${pem}\n`).filter(isAuthority))].sort();
}

/** A bundle that holds the usual authorities too would make one file of each: only what is really an authority, and valid. */
function isAuthority(pem) {
  try {
    return new X509Certificate(pem).ca;
  } catch {
    return false;
  }
}

/** The npm registry, when it is not npm's own default and a container could use it as it is. */
async function ownRegistry() {
  const ask = async (args) =>
    (await runNpm(['config', 'get', 'registry', ...args], { cwd: tmpdir(), timeoutMs: 30_000 })).stdout.trim();
  const configured = await ask([]);
  let url;
  try {
    url = new URL(configured);
  } catch {
    return undefined;
  }
  const local = /^(localhost|127\..*|\[::1\])$/.test(url.hostname);
  if (local || url.username !== '' || url.password !== '' || url.search !== '') return undefined;
  return configured === (await npmDefault()) ? undefined : configured;
}

/** npm's default, asked of npm with every configuration switched off. */
async function npmDefault() {
  const bare = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_config_/i.test(name)));
  const nowhere = join(tmpdir(), 'drydock-no-npmrc');
  const args = ['config', 'get', 'registry', `--userconfig=${nowhere}`, `--globalconfig=${nowhere}`];
  return (await runNpm(args, { cwd: tmpdir(), env: bare, timeoutMs: 30_000 })).stdout.trim();
}

function list(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => (entry.isFile() ? [entry.name] : []))
      .sort();
  } catch {
    return [];
  }
}

function read(path) {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return '';
  }
}
