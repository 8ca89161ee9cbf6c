import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseEngineAddress } from './engine-address.mjs';
import { currentContext, dockerContexts } from './docker-contexts.mjs';
import { usualSockets } from './usual-sockets.mjs';

/**
 * The engines to ask, in the order in which they are taken. `chosen` names the variable by which the user
 * picked one: then it is the only candidate, since another engine would not be the one they meant.
 */
export function engineCandidates(machine) {
  const { env, home } = machine;
  if (isSet(env.DOCKER_HOST)) {
    return {
      candidates: [candidate('DOCKER_HOST', env.DOCKER_HOST, tlsFromEnvironment(env, home))],
      chosen: 'DOCKER_HOST',
    };
  }
  const contexts = dockerContexts(env, home);
  const name = currentContext(env, home);
  const current = contexts.find((context) => context.name === name);
  if (isSet(env.DOCKER_CONTEXT) && name !== 'default') {
    const source = `Docker context "${name}"`;
    const problem = 'there is no context of that name';
    return {
      candidates: [current === undefined ? { source, address: name, problem } : fromContext(current)],
      chosen: 'DOCKER_CONTEXT',
    };
  }
  const candidates = [
    ...(current === undefined ? [] : [fromContext(current)]),
    ...(isSet(env.CONTAINER_HOST) ? [candidate('CONTAINER_HOST', env.CONTAINER_HOST)] : []),
    ...usualSockets(machine).map(({ source, path }) => ({ source, endpoint: { kind: 'socket', path } })),
    // Somebody else's machine is used only when it is the current context.
    ...contexts.filter((context) => context !== current && /^(unix|npipe):/.test(context.host)).map(fromContext),
  ];
  return { candidates: withoutRepeats(candidates), chosen: undefined };
}

function candidate(source, address, tls) {
  return { source, address, ...parseEngineAddress(address, tls) };
}

function fromContext({ name, host, tls }) {
  return candidate(`Docker context "${name}"`, host, tls);
}

/** The certificates Docker's client would use: DOCKER_CERT_PATH, or its configuration folder, when DOCKER_TLS_VERIFY is set. */
function tlsFromEnvironment(env, home) {
  if (!isSet(env.DOCKER_TLS_VERIFY) && !isSet(env.DOCKER_TLS)) return undefined;
  const folder = env.DOCKER_CERT_PATH || env.DOCKER_CONFIG || join(home, '.docker');
  const files = ['ca', 'cert', 'key'].map((part) => [part, join(folder, `${part}.pem`)]);
  return Object.fromEntries(files.filter(([, path]) => existsSync(path)));
}

function withoutRepeats(candidates) {
  const seen = new Set();
  return candidates.filter(({ endpoint, address }) => {
    const key = endpoint === undefined ? address : JSON.stringify(endpoint);
    return !seen.has(key) && seen.add(key);
  });
}

function isSet(value) {
  return value !== undefined && value !== '';
}
