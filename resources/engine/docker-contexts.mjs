import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The contexts of Docker's client, read from its own files: contexts/meta/<id>/meta.json, certificates in
 * contexts/tls/<id>/docker. A file that is not what it should be is passed over: it is not ours to mend.
 */
export function dockerContexts(env, home) {
  const folder = join(configurationFolder(env, home), 'contexts');
  return list(join(folder, 'meta')).flatMap((id) => {
    const meta = readJson(join(folder, 'meta', id, 'meta.json'));
    const host = meta?.Endpoints?.docker?.Host;
    if (typeof meta?.Name !== 'string' || typeof host !== 'string' || host === '') return [];
    const tls = certificatesIn(join(folder, 'tls', id, 'docker'));
    return [tls === undefined ? { name: meta.Name, host } : { name: meta.Name, host, tls }];
  });
}

/** The name of the context in use; "default" means none of the stored ones. */
export function currentContext(env, home) {
  if (env.DOCKER_CONTEXT) return env.DOCKER_CONTEXT;
  const name = readJson(join(configurationFolder(env, home), 'config.json'))?.currentContext;
  return typeof name === 'string' && name !== '' ? name : 'default';
}

function configurationFolder(env, home) {
  return env.DOCKER_CONFIG || join(home, '.docker');
}

function certificatesIn(folder) {
  const names = list(folder);
  if (names.length === 0) return undefined;
  const parts = ['ca', 'cert', 'key'].filter((part) => names.includes(`${part}.pem`));
  return Object.fromEntries(parts.map((part) => [part, join(folder, `${part}.pem`)]));
}

function list(folder) {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
