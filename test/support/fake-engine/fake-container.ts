import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import type { LogStream } from '../../../src-main/contract/log.ts';
import type { ContainerSpec } from '../../../src-main/domain/container-spec.ts';
import { EngineFailure, type Attachment, type ContainerFacts, type ExitFacts, type OutputPosition, type OutputSink } from '../../../src-main/ports/container-engine.ts';
import type { FakeFiles } from './fake-files.ts';
import type { FakeProcess, FakeProgram } from './fake-program.ts';

interface LogEntry {
  readonly stream: LogStream;
  readonly bytes: Uint8Array;
}

const gone = (message: string): EngineFailure => new EngineFailure({ kind: 'unavailable', message });

/** Resolves as `work` does, unless `signal` aborts first: then rejects with `reason`. */
const unless = <T>(signal: AbortSignal, reason: () => Error, work: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return reject(reason());
    const stop = (): void => reject(reason());
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });

/** A program that throws is a mistake of the test: it ends like a crashed process, and says so. */
const programFailed = (error: unknown): number => {
  process.stderr.write(`a program of the fake engine failed: ${inspect(error)}\n`);
  return 70;
};

/** One container of the fake engine: a JavaScript function with a log, readers and an end. */
export class FakeContainer {
  readonly id: string;
  spec: ContainerSpec;
  readonly files: FakeFiles;
  readonly imageFiles: FakeFiles;
  state: ContainerFacts['state'] = 'created';
  exit: ExitFacts | null = null;
  startedAt: number | null = null;
  outOfMemory = false;
  readonly ended = Promise.withResolvers<ExitFacts>();
  readonly #kill = new AbortController();
  readonly #stdin: PassThrough | null;
  readonly #log: LogEntry[] = [];
  readonly #live = new Set<(entry: LogEntry) => Promise<void>>();
  #terminate: (() => void) | null = null;

  constructor(id: string, spec: ContainerSpec, imageFiles: FakeFiles) {
    this.id = id;
    this.spec = spec;
    this.imageFiles = imageFiles;
    this.files = imageFiles.copy();
    this.#stdin = spec.stdin === 'closed' ? null : new PassThrough();
    this.ended.promise.catch(() => {});
  }

  facts(): ContainerFacts {
    const { id, state, exit, startedAt } = this;
    const { name, labels, limits } = this.spec;
    const { network } = this.spec;
    const reach: Pick<ContainerFacts, 'network' | 'joins'> = network === 'none' ? { network } : 'of' in network ? { network: 'joined', joins: network.of } : { network: 'bridge' };
    return { id, name, labels, state, exit, startedAt, ...reach, limits: { cpus: limits.cpus, memoryBytes: limits.memoryBytes } };
  }

  process(command: readonly string[], write: FakeProcess['write']): FakeProcess {
    const { environment, user, workingDirectory } = this.spec;
    return {
      command,
      environment,
      user,
      workingDirectory,
      files: this.files,
      stdin: this.#stdin,
      terminal: null,
      write,
      onTerminate: (handler) => (this.#terminate = handler),
      killed: this.#kill.signal,
    };
  }

  run(program: FakeProgram, onEnd: () => void): void {
    this.state = 'running';
    this.startedAt = Date.now();
    const work = async (): Promise<number> => program(this.process(this.spec.command, (stream, bytes) => this.#write(stream, bytes)));
    const end = (exitCode: number): void => {
      this.state = 'ended';
      this.exit = { exitCode, outOfMemory: this.outOfMemory };
      this.ended.resolve(this.exit);
      onEnd();
    };
    unless(this.#kill.signal, () => new Error('killed'), work()).then(end, (error: unknown) =>
      end(typeof this.#kill.signal.reason === 'number' ? this.#kill.signal.reason : programFailed(error)),
    );
  }

  kill(exitCode = 137): void {
    this.#kill.abort(exitCode);
  }

  /** SIGTERM: ends what has no handler of its own. */
  terminate(): void {
    if (this.#terminate === null) this.kill(143);
    else this.#terminate();
  }

  get killed(): AbortSignal {
    return this.#kill.signal;
  }

  async #write(stream: LogStream, content: string | Uint8Array): Promise<void> {
    this.#kill.signal.throwIfAborted();
    const entry = { stream, bytes: Buffer.from(content) };
    this.#log.push(entry);
    await Promise.all([...this.#live].map((take) => take(entry)));
  }

  /** Reads from here on (attach), or from the beginning without `skip` (follow). `lost` aborts when the engine goes away. */
  read(sink: OutputSink, skip: OutputPosition | null, lost: AbortSignal): Attachment {
    const left = { stdout: skip?.stdout ?? 0, stderr: skip?.stderr ?? 0 };
    const letGo = new AbortController();
    let previous = Promise.resolve();
    const failed = Promise.withResolvers<never>();
    failed.promise.catch(() => {});
    const take = (entry: LogEntry): Promise<void> => {
      const dropped = Math.min(left[entry.stream], entry.bytes.length);
      left[entry.stream] -= dropped;
      const bytes = entry.bytes.subarray(dropped);
      previous = previous.then(async () => {
        // A copy, so that a sink which keeps what it may not keep is found out.
        const lent = Buffer.from(bytes);
        if (!letGo.signal.aborted && !lost.aborted && lent.length > 0) await sink(entry.stream, lent);
        lent.fill(0);
      });
      previous.catch((error: unknown) => failed.reject(error));
      return previous.catch(() => {});
    };
    if (skip !== null) for (const entry of this.#log) void take(entry);
    this.#live.add(take);
    const finish = async (): Promise<void> => {
      await Promise.race([this.ended.promise, failed.promise]);
      await previous;
    };
    const detached = AbortSignal.any([letGo.signal, lost]);
    const ended = unless(detached, () => gone('the connection to the output broke'), finish()).finally(() => this.#live.delete(take));
    ended.catch(() => {});
    return { stdin: this.#stdin, ended, detach: () => letGo.abort() };
  }
}
