import type { LogSource } from '../../contract/log.ts';
import type { Run } from '../../contract/run.ts';
import { lastLineOf } from '../../domain/last-line.ts';
import type { Attachment, ExitFacts, OutputSink } from '../../ports/container-engine.ts';
import { countWakingTime } from './waking-budget.ts';
import type { StepContext } from './step.ts';

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

/**
 * Starts a made container, or joins one that was started before, and follows it to its end: each byte of its output is logged
 * once, also when it was started by an earlier service. Its time is counted awake and ends it when it is used up.
 */
export const observe = async (
  context: StepContext,
  run: Run,
  container: string,
  source: LogSource,
  budget: { readonly usedMs: number; readonly totalMs: number; readonly onTick: (usedMs: number) => void },
  /** True when this very step made the container, so that nobody else can have started it. */
  fresh: boolean,
): Promise<Observed> => {
  const { engine, log, deps, signal } = context;
  const facts = fresh ? null : await engine.inspect(container);
  if (!fresh && facts === null) return { kind: 'gone' };
  const sink = logSink(context, run, source);
  const output = await join(facts?.state ?? 'created');
  let timedOut = false;
  const stopCounting = countWakingTime(deps.clock, budget, budget.onTick, () => {
    timedOut = true;
    engine.stop(container, GRACE_SECONDS).catch(() => {
      // The wait below ends, or fails for the same reason and is taken up again.
    });
  });
  const letGo = (): void => output.detach();
  signal.addEventListener('abort', letGo);
  try {
    const exit = await engine.wait(container, signal);
    await output.ended;
    await log.flush();
    return { kind: 'ended', exit, timedOut };
  } finally {
    stopCounting();
    signal.removeEventListener('abort', letGo);
    output.detach();
    output.ended.catch(() => {
      // Reported by the wait, or meant: detached.
    });
  }

  async function join(state: 'created' | 'running' | 'ended'): Promise<Attachment> {
    if (state === 'created') {
      const attachment = await engine.attach(container, sink);
      await engine.start(container);
      return attachment;
    }
    const skip = { stdout: log.held(source, 'stdout'), stderr: log.held(source, 'stderr') };
    return engine.follow(container, skip, sink);
  }
};
