import { engineRequest } from '../../resources/engine/engine-request.mjs';

// A pull or a build step says something at least this often, but for a package that takes long to unpack.
const SILENCE_MS = 5 * 60_000;

/** A request whose answer is one JSON value: `{ status, value }`. */
export async function engineJson(endpoint, path, { method = 'GET', idleTimeoutMs = 30_000 } = {}) {
  const answer = await engineRequest(endpoint, { method, path, idleTimeoutMs });
  let text = '';
  for await (const chunk of answer.setEncoding('utf8')) text += chunk;
  return { status: answer.statusCode, value: text === '' ? undefined : parse(text) };
}

/**
 * A request answered by a stream of JSON lines (pull, import, build). Answers `{ error, output }`: `error` is undefined
 * on success, since a failure halfway comes under status 200.
 */
export async function engineProgress(endpoint, path, { body, headers, idleTimeoutMs = SILENCE_MS, onLine } = {}) {
  const output = [];
  let error;
  try {
    const answer = await engineRequest(endpoint, { method: 'POST', path, body, headers, idleTimeoutMs });
    for await (const line of lines(answer)) {
      const { stream, status, error: problem, message } = parse(line) ?? { message: line };
      const said = (problem ?? stream ?? status ?? message ?? '').trimEnd();
      if (said !== '') {
        output.push(said);
        onLine?.(said.split('\n').at(-1));
      }
      if (problem !== undefined || answer.statusCode >= 400) error = said;
    }
    if (answer.statusCode >= 400) error ??= `status ${answer.statusCode}`;
  } catch (thrown) {
    error = thrown.message || thrown.code;
  }
  return { error, output: output.slice(-40).join('\n') };
}

async function* lines(stream) {
  let rest = '';
  for await (const chunk of stream.setEncoding('utf8')) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop();
    yield* parts.filter((part) => part.trim() !== '');
  }
  if (rest.trim() !== '') yield rest;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
