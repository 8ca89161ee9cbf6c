import { PassThrough } from 'node:stream';
import { EngineFailure, type Terminal, type TerminalRequest, type TerminalSink } from '../../../src-main/ports/container-engine.ts';
import type { FakeContainer } from './fake-container.ts';
import type { FakeProgram } from './fake-program.ts';

/** A terminal of the fake engine: a program with a size, and a line to type into. `lost` aborts when the engine goes away. */
export const fakeTerminal = (container: FakeContainer, program: FakeProgram, request: TerminalRequest, sink: TerminalSink, lost: AbortSignal): Terminal => {
  const { command, user, workingDirectory, environment } = request;
  const size = { columns: request.columns, rows: request.rows };
  const stdin = new PassThrough();
  const hungUp = new AbortController();
  const killed = AbortSignal.any([container.killed, hungUp.signal]);
  const process = {
    ...container.process(command, async (_stream, bytes) => {
      killed.throwIfAborted();
      await sink(Buffer.from(bytes));
    }),
    command, user, workingDirectory, environment, stdin, killed, terminal: size,
  };
  const run = async (): Promise<number> => program(process);
  const running = run();
  running.catch(() => {});
  const broken = Promise.withResolvers<never>();
  broken.promise.catch(() => {});
  lost.addEventListener('abort', () => broken.reject(new EngineFailure({ kind: 'unavailable', message: 'the connection to a terminal broke' })), { once: true });
  const closed = Promise.withResolvers<null>();
  const ended = Promise.race([closed.promise, running, container.ended.promise.then(() => 137), broken.promise]);
  ended.catch(() => {});
  return {
    ended,
    write: async (bytes) => void stdin.write(Buffer.from(bytes)),
    resize: async (columns, rows) => void Object.assign(size, { columns, rows }),
    close: async () => {
      hungUp.abort();
      closed.resolve(null);
      await running.catch(() => {});
    },
  };
};
