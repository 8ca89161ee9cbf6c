import { createORPCClient, type ClientLink } from '@orpc/client';
import { createRouterClient, type AnyRouter } from '@orpc/server';
import { ServiceUnreachable, type Connection, type DrydockClient } from './connection.ts';

type Call = (input: unknown, options: { signal: AbortSignal; lastEventId?: string | undefined }) => Promise<unknown>;

/** A client in the router's own process. It behaves as one over a wire: closed, its pending calls are rejected at once. */
export function connectInMemory<Client extends object = DrydockClient>(router: AnyRouter): Connection<Client> {
  const closed = new AbortController();
  const target: unknown = createRouterClient(router);
  const link: ClientLink<Record<never, never>> = {
    async call(path, input, options) {
      closed.signal.throwIfAborted();
      const signal = options.signal ? AbortSignal.any([options.signal, closed.signal]) : closed.signal;
      const output = await orAborted(signal, procedureAt(target, path)(input, { signal, lastEventId: options.lastEventId }));
      return isAsyncIterator(output) ? endingWith(signal, output) : output;
    },
  };
  return {
    client: createORPCClient(link) as Client,
    async close() {
      closed.abort(new ServiceUnreachable('The connection was closed.'));
    },
  };
}

function procedureAt(client: unknown, path: readonly string[]): Call {
  return path.reduce((at, key) => (at as Record<string, unknown>)[key], client) as Call;
}

/** The promise, or a rejection as soon as the signal says so. */
function orAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function endingWith<T>(signal: AbortSignal, source: AsyncIterator<T>): AsyncIteratorObject<T> {
  const end = () => void Promise.resolve(source.return?.()).catch(() => {});
  signal.addEventListener('abort', end, { once: true });
  return (async function* live() {
    try {
      for (;;) {
        const item = await orAborted(signal, source.next());
        if (item.done) return item.value;
        yield item.value;
      }
    } finally {
      signal.removeEventListener('abort', end);
      end();
    }
  })() as AsyncIteratorObject<T>;
}

function isAsyncIterator(value: unknown): value is AsyncIterator<unknown> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}
