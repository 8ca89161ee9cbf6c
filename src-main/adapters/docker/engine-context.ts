import type Docker from 'dockerode';
import type { FaultPoint } from '../../ports/surroundings.ts';
import { withTimeout, type EngineTimeouts } from './engine-call.ts';
import type { EngineLink } from './engine-link.ts';
import { requireContainerName } from './engine-names.ts';
import type { UnstartedContainers } from './unstarted.ts';

/** What every verb of this adapter works with. */
export interface EngineContext {
  readonly link: EngineLink;
  readonly source: string;
  /** The socket that the engine is reached by; null: by another way. */
  readonly socket: string | null;
  readonly timeouts: EngineTimeouts;
  readonly faultPoint: FaultPoint;
  readonly unstarted: UnstartedContainers;
}

/** One ordinary call about a container: its name checked, its time limited, its failure translated. */
export const onContainer = <T>(
  context: EngineContext,
  call: string,
  name: string,
  work: (container: Docker.Container, signal: AbortSignal) => Promise<T>,
  afterMs: number = context.timeouts.callMs,
): Promise<T> => {
  const subject = { container: name };
  return withTimeout(call, afterMs, subject, async (signal) => work(context.link.docker.getContainer(requireContainerName(name)), signal));
};

/** Puts the fault points of a changing call around it. */
export const marked = async <T>(context: EngineContext, call: string, work: () => Promise<T>): Promise<T> => {
  context.faultPoint(`engine.${call}.before`);
  const result = await work();
  context.faultPoint(`engine.${call}.after`);
  return result;
};
