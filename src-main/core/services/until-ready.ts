import type { ServiceSpec } from '../../contract/project.ts';
import { lastLineOf } from '../../domain/last-line.ts';
import { EngineFailure, type ContainerEngine, type ExitFacts } from '../../ports/container-engine.ts';
import type { Clock } from '../../ports/surroundings.ts';
import { pause } from '../supervisor/until.ts';

/** Between two health commands: a server that needs a second is not asked a hundred times, and nobody waits long for the last. */
const EVERY_MS = 250;
/** For one health command; one that hangs is let go of, and another is tried. */
const ONE_TRY_MS = 10_000;

export type Readiness = { readonly kind: 'ready' } | { readonly kind: 'ended'; readonly exit: ExitFacts } | { readonly kind: 'late'; readonly why: string };

export interface Waiting {
  readonly engine: ContainerEngine;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const NO_END = 'its health command did not end';

/** Runs the health command once: null when it ended with 0, else what is wrong, in words. */
const ask = async ({ engine, clock, signal }: Waiting, container: string, health: string, ms: number): Promise<string | null> => {
  const tooLong = new AbortController();
  const callOff = clock.after(ms, () => tooLong.abort());
  const said = lastLineOf();
  try {
    const { exitCode } = await engine.exec(
      container,
      { command: ['/bin/sh', '-c', health], user: '', workingDirectory: '', environment: {}, signal: AbortSignal.any([signal, tooLong.signal]) },
      (_stream, bytes) => said.push(bytes),
    );
    const line = said.text();
    return exitCode === 0 ? null : `its health command ended with ${exitCode}${line === '' ? '' : `: ${line}`}`;
  } catch (error) {
    signal.throwIfAborted();
    if (tooLong.signal.aborted) return NO_END;
    // No shell in the image, or a container that has ended at this moment: the latter is seen by who waits for it.
    if (error instanceof EngineFailure && error.fault.kind === 'refused') return `its health command could not be run: ${error.fault.message}`;
    throw error;
  } finally {
    callOff();
  }
};

/** Asks a started service for its health until it is well, has ended, or its time is over. Rejects with the signal's reason when that aborts. */
export const untilReady = async (waiting: Waiting, container: string, { health, readyWithinSeconds }: Pick<ServiceSpec, 'health' | 'readyWithinSeconds'>): Promise<Readiness> => {
  const { engine, clock } = waiting;
  const over = new AbortController();
  const signal = AbortSignal.any([waiting.signal, over.signal]);
  const until = clock.monotonic() + readyWithinSeconds * 1_000;
  const asked = async (): Promise<Readiness> => {
    if (health === '') return { kind: 'ready' };
    for (let known: string | null = null; ; ) {
      const left = until - clock.monotonic();
      const why = await ask({ engine, clock, signal }, container, health, Math.max(1, Math.min(ONE_TRY_MS, left)));
      if (why === null) return { kind: 'ready' };
      // The last try is cut short by the end of the time: what was heard before says more.
      known = why === NO_END && known !== null ? known : why;
      if (clock.monotonic() + EVERY_MS >= until) return { kind: 'late', why: known };
      await pause(clock, EVERY_MS, signal);
    }
  };
  const ended = engine.wait(container, signal).then((exit): Readiness => ({ kind: 'ended', exit }));
  const healthy = asked();
  try {
    const first = await Promise.race([healthy, ended]);
    if (first.kind !== 'ready') return first;
    // Another server may have answered in its place, at the same port.
    const facts = await engine.inspect(container);
    return facts?.exit == null ? first : { kind: 'ended', exit: facts.exit };
  } catch (error) {
    waiting.signal.throwIfAborted();
    // The engine names a container that ended under the health command in many ways.
    const exit = (await engine.inspect(container))?.exit;
    if (exit == null) throw error;
    return { kind: 'ended', exit };
  } finally {
    over.abort();
    await Promise.allSettled([healthy, ended]);
  }
};
