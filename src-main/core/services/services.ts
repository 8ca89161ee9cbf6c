import type { Fault } from '../../contract/fault.ts';
import type { ServiceSpec } from '../../contract/project.ts';
import { holderSpec, namesBeside, type Beside } from '../../domain/service-spec.ts';
import type { ContainerSpec } from '../../domain/container-spec.ts';
import { EngineFailure, type ContainerEngine } from '../../ports/container-engine.ts';
import { allOf } from '../collect/all-of.ts';
import { NETWORK_LOST } from '../network/work-network.ts';
import { refuse } from '../refusal.ts';
import { createAfresh } from '../supervisor/ahead.ts';
import { adoptService, refuseMissing, startService, type RunningService } from './one-service.ts';
import type { ServicesContext } from './services-context.ts';

/** Services that stand beside a container, with the network that all of them share. */
export interface Services {
  /** What the container joins. */
  readonly network: ContainerSpec['network'];
  /** Settles, with what to say, when the network is gone or a service turns out to have lost its port to another. Where somebody else holds the network, that one knows of its end. */
  readonly lost: Promise<Fault>;
  /** `leave`: they go on, for another Drydock to take up; `close`: all are removed. */
  end(how: 'leave' | 'close'): Promise<void>;
}

/** Removes what stands beside a container. Fine when nothing does. */
export const removeServices = async (engine: ContainerEngine, beside: Beside, services: readonly ServiceSpec[]): Promise<void> => {
  await Promise.all(namesBeside(beside, services).map((name) => engine.remove(name)));
};

/** Fault: imageMissing. Before anything is made, so that no setup runs in vain. */
export const requireServiceImages = async (engine: ContainerEngine, services: readonly ServiceSpec[]): Promise<void> => {
  for (const service of services) if ((await engine.image(service.image)) === null) refuseMissing(service);
};

/** Settles when a container is gone or has ended; never for an engine that is away, which says nothing about it. */
const endOf = (engine: ContainerEngine, container: string, signal: AbortSignal): Promise<void> =>
  engine.wait(container, signal).then(
    () => {},
    (error: unknown) => (error instanceof EngineFailure && error.fault.kind === 'noSuchContainer' ? undefined : new Promise(() => {})),
  );

/** The container whose network is shared: a relay that is there, or a holder, which is made, or found where it must be. */
const requireHolder = async ({ engine, baseImage }: ServicesContext, beside: Beside, network: ContainerSpec['network'], isUnderWay: boolean): Promise<string> => {
  if (typeof network === 'object' && 'of' in network) return network.of;
  const spec = holderSpec(beside, { image: baseImage, network });
  if (isUnderWay) {
    if ((await engine.inspect(spec.name))?.state !== 'running') refuse('engineFailed', 'The network of this run ended while Drydock was not there: the container that holds it is gone.', 'Run again.');
    return spec.name;
  }
  await createAfresh(engine, spec);
  await engine.start(spec.name);
  return spec.name;
};

/** As allOf, but the first that fails calls the others off. */
const startAll = async (context: ServicesContext, beside: Beside, holder: string): Promise<RunningService[]> => {
  const first = new AbortController();
  const signal = AbortSignal.any([context.signal, first.signal]);
  const running: RunningService[] = [];
  const started = context.services.map((service) =>
    startService(context, beside, service, holder, signal).then(
      (each) => void running.push(each),
      (error: unknown) => {
        first.abort(error);
        throw error;
      },
    ),
  );
  try {
    await allOf(started);
    return running;
  } catch (error) {
    for (const each of running) each.letGo();
    context.signal.throwIfAborted();
    throw first.signal.aborted ? first.signal.reason : error;
  }
};

/**
 * Starts the services that stand beside a container, each until it is ready, or takes up those of an earlier Drydock where the container is under way already: nothing
 * that was used is started anew. `network`: what the container would have without them. Needs at least one service. Faults as of startService.
 */
export const openServices = async (context: ServicesContext, beside: Beside, network: ContainerSpec['network'], isUnderWay: boolean): Promise<Services> => {
  const { engine, services } = context;
  const holder = await requireHolder(context, beside, network, isUnderWay);
  const running = isUnderWay
    ? (await allOf(services.map((service) => adoptService(context, beside, service, holder)))).filter((each) => each !== null)
    : await startAll(context, beside, holder);
  const watching = new AbortController();
  const isOwn = typeof network !== 'object' || !('of' in network);
  return {
    network: { of: holder },
    lost: Promise.race([...running.map(({ failed }) => failed), ...(isOwn ? [endOf(engine, holder, watching.signal).then(() => NETWORK_LOST)] : [])]),
    end: async (how) => {
      watching.abort();
      for (const each of running) each.letGo();
      if (how === 'close') await removeServices(engine, beside, services);
    },
  };
};
