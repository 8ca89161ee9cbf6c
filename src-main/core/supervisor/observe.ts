import type { Fault } from '../../contract/fault.ts';
import type { LogSource } from '../../contract/log.ts';
import type { Run } from '../../contract/run.ts';
import { lastLineOf } from '../../domain/last-line.ts';
import type { Attachment, ContainerFacts, ExitFacts, OutputPosition, OutputSink } from '../../ports/container-engine.ts';
import { Refusal } from '../refusal.ts';
import { redactingSink } from '../seal/redacting-sink.ts';
import { holdOutput, type HeldOutput } from './held-output.ts';
import { countWakingTime } from './waking-budget.ts';
import { note, type StepContext } from './step.ts';
import { watchWritten } from './written-watch.ts';

/** Seconds a container gets to end by itself after its time is up. */
const GRACE_SECONDS = 10;

export type Observed = { readonly kind: 'ended'; readonly exit: ExitFacts; readonly timedOut: boolean } | { readonly kind: 'gone' };

/** Appends output to the run's log and keeps the progress board current. */
export const logSink = (context: StepContext, run: Run, source: LogSource): OutputSink => {
  const line = lastLineOf();
  return (stream, bytes) => {
    const pending = context.log.append(source, stream, bytes);
    line.push(bytes);
    context.progress.update(run.id, { logLength: context.log.length, lastLine: line.text() });
    return pending;
  };
};

/** What a container may take, in waking milliseconds, and what it has used when it is found in a state. */
export interface Budget {
  readonly totalMs: number;
  readonly used: (found: ContainerFacts['state']) => number;
  readonly onTick: (usedMs: number) => void;
}

/** What is known of a container before it is observed. */
export interface Observation {
  /** True when this very step made the container, so that nobody else can have started it. */
  readonly fresh: boolean;
  /** Its output, where it was attached to before. It may have been started as well, and waits for its input. */
  readonly held?: HeldOutput | null;
  /** Bytes of this source that the log held before this container was made. */
  readonly logged?: OutputPosition;
  /** Values that its output may not show, by name. */
  readonly secrets?: ReadonlyMap<string, string>;
  /** Settles when the container's network is gone or wrong: it is stopped, and the run fails with that. */
  readonly lost?: Promise<Fault> | null;
  /** What a container that takes input waits for. Given again to one that is found running: read once, it is not read again. */
  readonly input?: () => string;
}

const NOTHING_LOGGED: OutputPosition = { stdout: 0, stderr: 0 };
const NO_SECRETS: ReadonlyMap<string, string> = new Map();

/** Lets go of an output; resolves when nothing of it comes any more. */
const letGoOf = async (output: Attachment): Promise<void> => {
  output.detach();
  await output.ended.catch(() => {
    // Reported by the wait, or meant: detached.
  });
};

/**
 * Starts a made container, or joins one that was started before, and follows it to its end: each byte of its output is logged
 * once, also when it was started by an earlier service. Its time is counted awake and ends it when it is used up.
 */
export const observe = async (
  context: StepContext,
  run: Run,
  container: string,
  source: LogSource,
  budget: Budget,
  { fresh, logged = NOTHING_LOGGED, held = null, secrets = NO_SECRETS, lost = null, input = () => '' }: Observation,
): Promise<Observed> => {
  const { engine, log, deps, signal } = context;
  const facts = fresh ? null : await engine.inspect(container);
  if (!fresh && facts === null) return { kind: 'gone' };
  const redacted = redactingSink(logSink(context, run, source), secrets);
  const { sink } = redacted;
  const usedMs = budget.used(facts?.state ?? 'created');
  const output = await join(facts?.state ?? 'created');
  const line = facts?.state === 'running' && facts.takesInput ? await engine.attach(container, () => {}) : null;
  line?.stdin?.write(input());
  // Its time was up and it had been told to end when the one who told it went away.
  let timedOut = facts?.state === 'ended' && facts.exit?.exitCode !== 0 && usedMs >= budget.totalMs;
  budget.onTick(usedMs);
  const stopCounting = countWakingTime(deps.clock, { usedMs, totalMs: budget.totalMs }, budget.onTick, () => {
    timedOut = true;
    engine.stop(container, GRACE_SECONDS).catch(() => {
      // The wait below ends, or fails for the same reason and is taken up again.
    });
  });
  const most = run.order.environment.limits.writtenBytes;
  let broken: Fault | null = null;
  const stopWatching = watchWritten({
    engine,
    clock: deps.clock,
    container,
    most,
    writers: context.writers,
    onSpent: (fault) => (broken = fault),
    onOver: (written) => note(context, `Stopped: it had written ${written} bytes; the environment allows ${most}.`),
  });
  const waiting = new AbortController();
  const letGo = (): void => {
    waiting.abort(signal.reason);
    output.detach();
  };
  signal.addEventListener('abort', letGo);
  if (signal.aborted) letGo();
  const brokenOutput = output.ended.then(() => new Promise<never>(() => {}));
  try {
    // Output that breaks off, at the engine or at a full disk, is taken up at once and not only when the container ends.
    const exit = await Promise.race([engine.wait(container, waiting.signal), brokenOutput, ...(lost === null ? [] : [lost.then(endFor)])]);
    // Before the log is waited for, whose disk may be the full one.
    if (broken !== null) throw new Refusal(broken);
    await output.ended;
    await redacted.end();
    await log.flush();
    // Whoever removes a container by hand kills it: that status says nothing about the command.
    const after = await engine.inspect(container);
    if (after === null || after.beingRemoved === true) return { kind: 'gone' };
    return { kind: 'ended', exit, timedOut };
  } finally {
    stopCounting();
    stopWatching();
    signal.removeEventListener('abort', letGo);
    waiting.abort();
    line?.detach();
    await letGoOf(output);
  }

  async function endFor(fault: Fault): Promise<never> {
    // Whoever sees first that the container has ended, it has ended of this.
    broken ??= fault;
    await engine.stop(container, 0).catch(() => {});
    throw new Refusal(fault);
  }

  async function join(state: 'created' | 'running' | 'ended'): Promise<Attachment> {
    if (state === 'created') {
      const output = held ?? (await holdOutput(engine, container));
      const attachment = output.take(sink);
      try {
        // Before its start or while that is under way, so that it need not wait; the engine holds it.
        attachment.stdin?.write(input());
        await output.start();
      } catch (error) {
        // It may have been started all the same: whoever takes it up counts what is logged, so nothing may still come.
        await letGoOf(attachment);
        throw error;
      }
      return attachment;
    }
    const skip = { stdout: Math.max(0, log.held(source, 'stdout') - logged.stdout), stderr: Math.max(0, log.held(source, 'stderr') - logged.stderr) };
    return engine.follow(container, skip, sink);
  }
};
