import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { engineCandidates } from './engine-candidates.mjs';
import { engineAddress } from './engine-address.mjs';
import { engineRequest } from './engine-request.mjs';
import { nextStep } from './engine-next-step.mjs';

export { engineAddress };

// Docker's client waits longer, but this is asked at every start, of sockets that may be left over.
const PING_MS = 2000;
// An ssh connection has a handshake of its own before the first byte.
const PING_OVER_SSH_MS = 8000;

/**
 * Finds a container engine that answers: DOCKER_HOST or DOCKER_CONTEXT where set (then nothing else is tried,
 * the user has chosen), else the current Docker context, then the usual sockets. They are asked all at once
 * and taken in that order, so that one hung engine does not hold up the others behind it by more than its own timeout.
 */
export async function findEngine(options = {}) {
  const { timeoutMs = PING_MS, root = '' } = options;
  const machine = {
    env: options.env ?? process.env,
    home: options.home ?? homedir(),
    platform: options.platform ?? process.platform,
    uid: options.uid ?? process.getuid?.() ?? -1,
    root,
  };
  const { candidates, chosen } = engineCandidates(machine);
  const settled = new AbortController();
  const asked = candidates.map((candidate) => ({ ...candidate, answer: ask(candidate, timeoutMs, settled.signal) }));
  const tried = [];
  try {
    for (const { source, endpoint, address, answer } of asked) {
      const problem = await answer;
      if (problem === undefined) return { found: true, endpoint, source };
      tried.push({ source, where: endpoint === undefined ? address : engineAddress(endpoint), problem });
    }
  } finally {
    settled.abort();
  }
  return { found: false, tried, nextStep: nextStep(machine, tried, chosen) };
}

async function ask(candidate, timeoutMs, signal) {
  if (candidate.problem !== undefined) return candidate.problem;
  return whyNoAnswer(candidate.endpoint, timeoutMs, signal);
}

/** Undefined when the engine answers a ping, else the reason in words. */
export async function whyNoAnswer(endpoint, timeoutMs = PING_MS, signal = undefined) {
  if (endpoint.kind === 'socket' && !isPipe(endpoint.path) && !existsSync(endpoint.path))
    return 'there is no such socket';
  const limit = new AbortController();
  const stop = () => limit.abort();
  const patience = endpoint.kind === 'ssh' ? Math.max(timeoutMs, PING_OVER_SSH_MS) : timeoutMs;
  const timer = setTimeout(stop, patience);
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const answer = await engineRequest(endpoint, { path: '/_ping', signal: limit.signal });
    answer.on('error', () => {});
    answer.destroy();
    return answer.statusCode === 200 ? undefined : `it answered a ping with status ${answer.statusCode}`;
  } catch (error) {
    return limit.signal.aborted ? `no answer within ${patience / 1000} s` : inWords(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

function isPipe(path) {
  return path.replaceAll('\\', '/').startsWith('//./pipe/');
}

function inWords(error) {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'nothing listens there (refused)';
    case 'EACCES':
    case 'EPERM':
      return 'this user may not use it (permission denied)';
    case 'ENOENT':
      return error.syscall === 'open' ? `${error.path} is missing` : 'there is nothing by that name';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'its name does not resolve';
    default:
      return error.message || String(error.code ?? error);
  }
}
