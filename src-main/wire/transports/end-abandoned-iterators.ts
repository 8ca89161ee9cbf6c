/** What this needs of a call: its signal and the way on. */
interface Call {
  readonly signal?: AbortSignal | undefined;
  next(): Promise<unknown>;
}

/**
 * Interceptor: when the client of a live endpoint goes away, its iterator's `return` is called at once. The RPC library
 * by itself looks only when the next event is due, which on a quiet fleet may be never.
 */
export async function endAbandonedIterators(call: Call): Promise<unknown> {
  const output = await call.next();
  if (!isAsyncIterator(output) || call.signal === undefined) return output;
  const end = () => void Promise.resolve(output.return?.()).catch(() => {});
  if (call.signal.aborted) end();
  else call.signal.addEventListener('abort', end, { once: true });
  return output;
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}
