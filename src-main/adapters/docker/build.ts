import type { Readable } from 'node:stream';
import { EngineFailure, type BuildOutcome, type BuildRequest, type OutputSink } from '../../ports/container-engine.ts';
import { LogFailure } from '../../ports/log-store.ts';
import { whileAlive } from './engine-call.ts';
import { marked, type EngineContext } from './engine-context.ts';
import { answerIn, failureFrom } from './engine-fault.ts';
import { requireContainerName, requireImageReference } from './engine-names.ts';
import { answers } from './facts.ts';

/** What the builder says, one a line. */
interface Said {
  readonly stream?: string;
  readonly status?: string;
  readonly id?: string;
  readonly progressDetail?: { readonly current?: number };
  readonly error?: string;
}

/** A line longer than this is no builder's: it hands on output in pieces of some kilobytes. */
const MOST_LINE_CHARACTERS = 8 * 2 ** 20;
const CPU_PERIOD_MICROSECONDS = 100_000;
const OPEN_FILES = 16_384;

/** In words; of a download only its beginning and its end. */
const wordsOf = ({ stream, status, id, progressDetail }: Said): string => {
  if (stream !== undefined) return stream;
  if (status === undefined || progressDetail?.current !== undefined) return '';
  return id === undefined ? `${status}\n` : `${id}: ${status}\n`;
};

async function* linesOf(source: Readable, onMove: () => void): AsyncGenerator<Said> {
  let held = '';
  source.setEncoding('utf8');
  for await (const text of source as AsyncIterable<string>) {
    onMove();
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    if (held.length > MOST_LINE_CHARACTERS) throw new EngineFailure({ kind: 'refused', message: 'the builder said a line without end' });
    for (const line of lines) if (line.trim() !== '') yield JSON.parse(line) as Said;
  }
}

/** Follows the builder to its end. */
const carry = async (source: Readable, sink: OutputSink, onMove: () => void): Promise<BuildOutcome> => {
  let failed: string | null = null;
  for await (const said of linesOf(source, onMove)) {
    failed ??= said.error ?? null;
    const words = wordsOf(said);
    const taken = words === '' ? undefined : sink('stdout', Buffer.from(words));
    if (taken !== undefined) await taken;
  }
  if (failed === null) return { kind: 'built' };
  const { fault } = failureFrom(Object.assign(new Error(failed), { statusCode: 500 }), {});
  if (fault.kind === 'diskFull') throw new EngineFailure(fault);
  return { kind: 'failed', message: failed };
};

/** The builder's options. Its own variables, credentials and secrets: none. Version 1: see the decision on images. */
const optionsOf = ({ dockerfile, reference, labels, network, limits }: BuildRequest): object => ({
  version: '1',
  dockerfile,
  t: requireImageReference(reference),
  labels,
  networkmode: requireContainerName(network),
  rm: true,
  forcerm: true,
  memory: limits.memoryBytes,
  memswap: limits.memoryBytes,
  cpuperiod: CPU_PERIOD_MICROSECONDS,
  cpuquota: Math.round(limits.cpus * CPU_PERIOD_MICROSECONDS),
  ulimits: JSON.stringify([
    { Name: 'nofile', Soft: OPEN_FILES, Hard: OPEN_FILES },
    { Name: 'core', Soft: 0, Hard: 0 },
  ]),
});

/** What the engine says of a Dockerfile that cannot be read is an answer of its own, before the builder begins. */
const isAboutDockerfile = (error: unknown): string | null => {
  const answer = error instanceof EngineFailure ? answerIn(error.cause) : null;
  return answer !== null && (answer.status === 400 || /dockerfile/i.test(answer.message)) ? answer.message : null;
};

/** Makes an image by the builder that every engine of this API has. A connection that ends, ends the build. */
export const build = (context: EngineContext, request: BuildRequest, sink: OutputSink): Promise<BuildOutcome> =>
  marked(context, 'build', async () => {
    const { signal, context: archive } = request;
    let moved = false;
    const onMove = (): void => void (moved = true);
    const isAlive = async (): Promise<boolean> => {
      const something = moved;
      moved = false;
      return something || answers(context);
    };
    try {
      signal.throwIfAborted();
      return await whileAlive('build', context.timeouts, {}, isAlive, async (alive) => {
        const abortSignal = AbortSignal.any([alive, signal]);
        // The client library's types do not know every option that the engine does.
        const source = (await context.link.docker.buildImage(archive, { ...optionsOf(request), abortSignal })) as Readable;
        const stop = (): void => void source.destroy();
        abortSignal.addEventListener('abort', stop, { once: true });
        if (abortSignal.aborted) stop();
        try {
          return await carry(source, sink, onMove);
        } finally {
          abortSignal.removeEventListener('abort', stop);
          source.destroy();
        }
      });
    } catch (error) {
      signal.throwIfAborted();
      // A producer that fails, or a log that cannot be written, is the cause itself.
      if (archive.errored instanceof Error) throw archive.errored;
      if (error instanceof EngineFailure && error.cause instanceof LogFailure) throw error.cause;
      const message = isAboutDockerfile(error);
      if (message === null) throw error;
      return { kind: 'failed', message };
    } finally {
      archive.destroy();
    }
  });
