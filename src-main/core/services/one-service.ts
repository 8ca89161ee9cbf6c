import type { Fault } from '../../contract/fault.ts';
import type { ServiceSpec } from '../../contract/project.ts';
import { serviceContainerSpec, type Beside } from '../../domain/service-spec.ts';
import { lastLinesOf } from '../../domain/last-lines.ts';
import { EngineFailure, type Attachment, type ContainerEngine, type ExitFacts } from '../../ports/container-engine.ts';
import { Refusal, refuse } from '../refusal.ts';
import { redactingSink } from '../seal/redacting-sink.ts';
import { createAfresh } from '../supervisor/ahead.ts';
import { watchWritten } from '../supervisor/written-watch.ts';
import { untilReady } from './until-ready.ts';
import type { ServicesContext } from './services-context.ts';

/** Of what a server said last, in the words of a failure; the run's log has more. */
const LINES_IN_MESSAGE = 3;

const inSeconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;

/** A service while its run has a hold of it. */
export interface RunningService {
  /**
   * Settles when it has ended for want of its port: its health command was answered by whoever has that port, so it never was what it had to be.
   */
  readonly failed: Promise<Fault>;
  /** Lets go of it; it goes on. */
  letGo(): void;
}

/** Attaches to a service: what it says is kept for telling its last lines, and goes nowhere else. */
const listen = async (engine: ContainerEngine, container: string, secrets: ReadonlyMap<string, string>) => {
  const last = lastLinesOf();
  const { sink } = redactingSink((_stream, bytes) => last.push(bytes), secrets);
  const attachment = await engine.attach(container, sink);
  return { attachment, lines: last.lines };
};

/** That a service ended early, in words, where its image may be why. An engine may be able to run images of other architectures: one is not refused for that. */
const endedEarly = async (engine: ContainerEngine, service: ServiceSpec, { exitCode, outOfMemory }: ExitFacts): Promise<string> => {
  if (outOfMemory) return 'used up its memory before it was ready';
  const [image, { architecture }] = await Promise.all([engine.image(service.image), engine.facts()]);
  const isForeign = image !== null && image.architecture !== architecture;
  return `ended with status ${exitCode} before it was ready${isForeign ? `; its image is made for ${image.architecture}, and this engine runs ${architecture}` : ''}`;
};

const told = (lines: readonly string[]): string => (lines.length === 0 ? ' It said nothing.' : ` It said last: ${lines.slice(-LINES_IN_MESSAGE).join(' / ')}`);

const isPortTaken = (lines: readonly string[]): boolean => lines.some((line) => /address (?:is )?already in use|EADDRINUSE/i.test(line));

const failure = (service: ServiceSpec, what: string, lines: readonly string[]): Fault => {
  const { name, image } = service;
  const taken = isPortTaken(lines);
  return {
    code: 'serviceFailed',
    message: `The service ${name} (${image}) ${what}${taken ? ', because a port that it wants is in use' : ''}.${told(lines)}`,
    next: taken
      ? `All services of an environment share 127.0.0.1: give ${name} another port (by its command or variables), then run again.`
      : `Correct the image, variables, command or health command of ${name} in the environment, then run again.`,
    detail: { service: name },
  };
};

/**
 * Makes and starts a service and waits until it is ready. Faults: imageMissing; serviceFailed, with what it said last, when it ends early, is not ready
 * in time, or cannot be started. Rejects with the signal's reason when that aborts.
 */
export const startService = async (context: ServicesContext, beside: Beside, service: ServiceSpec, holder: string, signal: AbortSignal): Promise<RunningService> => {
  const { engine, clock, limits, secrets, note } = context;
  const { name } = service;
  const spec = serviceContainerSpec(beside, { service, limits, holder });
  const began = clock.monotonic();
  let lines: () => string[] = () => [];
  const fail = (what: string): never => {
    for (const line of lines()) note(`  ${name}: ${line}`);
    throw new Refusal(failure(service, what, lines()));
  };
  try {
    note(`Starting the service ${name} (${service.image}).`);
    await createAfresh(engine, spec);
    const listening = await listen(engine, spec.name, secrets);
    lines = listening.lines;
    try {
      await engine.start(spec.name);
      const outcome = await untilReady({ engine, clock, signal }, spec.name, service);
      if (outcome.kind === 'ended') {
        await listening.attachment.ended.catch(() => {});
        return fail(await endedEarly(engine, service, outcome.exit));
      }
      if (outcome.kind === 'late') return fail(`was not ready within ${service.readyWithinSeconds} s (${outcome.why})`);
    } catch (error) {
      listening.attachment.detach();
      throw error;
    }
    note(`The service ${name} ${service.health === '' ? 'has started' : 'is ready'} after ${inSeconds(clock.monotonic() - began)}.`);
    return keep(context, spec.name, service, listening);
  } catch (error) {
    if (!(error instanceof EngineFailure)) throw error;
    if (error.fault.kind === 'noSuchImage') return refuseMissing(service);
    if (error.fault.kind === 'refused') return fail(`could not be started: ${error.fault.message}`);
    throw error;
  }
};

/** Fault: imageMissing, naming the service. */
export const refuseMissing = ({ name, image }: ServiceSpec): never =>
  refuse('imageMissing', `The image ${image} of the service ${name} is not on this machine.`, `Pull or build ${image}, or name another image for ${name} in the environment, then run again.`);

/** Takes up a service that an earlier Drydock started. That it has ended meanwhile is told: what uses it knows what that means. */
export const adoptService = async (context: ServicesContext, beside: Beside, service: ServiceSpec, holder: string): Promise<RunningService | null> => {
  const { engine, limits, secrets, note } = context;
  const { name } = serviceContainerSpec(beside, { service, limits, holder });
  if ((await engine.inspect(name))?.state !== 'running') {
    note(`The service ${service.name} is no longer running.`);
    return null;
  }
  return keep(context, name, service, await listen(engine, name, secrets));
};

/** Holds on to a running service: its end is told, and that it writes too much ends it. */
const keep = ({ engine, clock, limits, writers, note }: ServicesContext, container: string, service: ServiceSpec, { attachment, lines }: { attachment: Attachment; lines: () => string[] }): RunningService => {
  const holding = new AbortController();
  const failed = Promise.withResolvers<Fault>();
  const stopWatching = watchWritten({
    engine,
    clock,
    container,
    most: limits.writtenBytes,
    onOver: (written) => note(`The service ${service.name} was stopped: it had written ${written} bytes; the environment allows ${limits.writtenBytes}.`),
    writers,
    onSpent: failed.resolve,
  });
  const tell = async (): Promise<void> => {
    const { exitCode } = await engine.wait(container, holding.signal);
    await attachment.ended.catch(() => {});
    if (holding.signal.aborted) return;
    note(`The service ${service.name} has ended with status ${exitCode}.`);
    for (const line of lines()) note(`  ${service.name}: ${line}`);
    if (isPortTaken(lines())) failed.resolve(failure(service, `ended with status ${exitCode}`, lines()));
  };
  // Removed, or an engine that is away: those who wait for what uses it say so.
  tell().catch(() => {});
  return {
    failed: failed.promise,
    letGo: () => {
      holding.abort();
      stopWatching();
      attachment.detach();
    },
  };
};
