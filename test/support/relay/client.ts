import { once } from 'node:events';
import net from 'node:net';

/** Connects to a door; resolves when the system has accepted, whether or not anybody reads. */
export const connectTo = async (port: number): Promise<net.Socket> => {
  const socket = net.connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  await once(socket, 'connect');
  // A break is seen by whoever reads.
  socket.on('error', () => {});
  return socket;
};

/** All that comes, to its end. Rejects when the connection is reset instead. */
export const readAll = async (socket: net.Socket): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of socket as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** The code of the error with which the connection breaks; null: it came to its end. */
export const breakOf = async (socket: net.Socket): Promise<string | null> => {
  try {
    await readAll(socket);
    return null;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
};
