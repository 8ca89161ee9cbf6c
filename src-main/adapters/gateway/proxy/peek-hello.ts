import type { Duplex } from 'node:stream';
import { readClientHello, type ClientHello } from '../../../domain/network/client-hello.ts';

/** Reads what a client says first, and puts it back for whoever takes the connection then. An end before it is said is `notTls`. */
export const peekHello = (connection: Duplex, signal: AbortSignal): Promise<Exclude<ClientHello, { kind: 'needMore' }>> => {
  const found = Promise.withResolvers<Exclude<ClientHello, { kind: 'needMore' }>>();
  let held: Buffer = Buffer.alloc(0);
  let wanted = 1;
  const stop = (): void => {
    connection.off('readable', look).off('end', ended).off('close', ended);
    signal.removeEventListener('abort', ended);
  };
  const finish = (hello: Exclude<ClientHello, { kind: 'needMore' }>): void => {
    stop();
    if (held.length > 0 && !connection.readableEnded && !connection.destroyed) connection.unshift(held);
    found.resolve(hello);
  };
  const ended = (): void => finish({ kind: 'notTls', message: 'the connection ended before anything was said' });
  const look = (): void => {
    for (let piece = connection.read() as Buffer | null; piece !== null; piece = connection.read() as Buffer | null) {
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      if (held.length < wanted) continue;
      const hello = readClientHello(held);
      if (hello.kind !== 'needMore') return finish(hello);
      wanted = hello.atLeast;
    }
  };
  connection.on('readable', look).on('end', ended).on('close', ended);
  signal.addEventListener('abort', ended, { once: true });
  if (connection.destroyed || signal.aborted) ended();
  else look();
  return found.promise;
};
