import type { EngineEndpoint } from '../../../resources/engine/find-engine.mjs';
import type { ContainerEngine } from '../../ports/container-engine.ts';
import { noFaultPoint, type FaultPoint } from '../../ports/surroundings.ts';
import { attach } from './attach.ts';
import { build } from './build.ts';
import { commit, images, removeImage } from './commit.ts';
import { create } from './create.ts';
import type { LogDriver } from './create-body.ts';
import { DEFAULT_TIMEOUTS, withTimeout, type EngineTimeouts } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { details } from './details.ts';
import { createLink } from './engine-link.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { describeImage, facts, image, logDriver } from './facts.ts';
import { follow } from './follow.ts';
import { lastLayerBytes, ownLayers } from './image-layers.ts';
import { inspect, listContainers, writtenBytes } from './inspect.ts';
import { labelFilter } from './label-filter.ts';
import { measure } from './measure.ts';
import { createNetwork, networks, removeNetwork } from './network.ts';
import { put } from './put.ts';
import { read } from './read.ts';
import { rename } from './rename.ts';
import { start } from './start.ts';
import { remove, stop } from './stop.ts';
import { openTerminal } from './terminal.ts';
import { UnstartedContainers } from './unstarted.ts';
import { wait } from './wait.ts';

export interface DockerEngineOptions {
  readonly endpoint: EngineEndpoint;
  /** In words for a person: where the engine was found. */
  readonly source: string;
  readonly timeouts?: Partial<EngineTimeouts>;
  readonly faultPoint?: FaultPoint;
}

/**
 * A container engine that speaks Docker's API (1.41 and later). Opens no connection until it is asked something.
 * Throws when the endpoint's certificates cannot be read.
 */
export const createDockerEngine = (options: DockerEngineOptions): ContainerEngine => {
  const context: EngineContext = {
    link: createLink(options.endpoint),
    source: options.source,
    socket: options.endpoint.kind === 'socket' ? options.endpoint.path : null,
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    faultPoint: options.faultPoint ?? noFaultPoint,
    unstarted: new UnstartedContainers(),
  };
  const { docker } = context.link;
  // An engine keeps its log drivers; it is asked once, and again only when it could not answer.
  let knownLog: LogDriver | null = null;
  const log = async (): Promise<LogDriver> => (knownLog ??= await logDriver(context));
  return {
    facts: () => facts(context),
    details: () => details(context),
    image: (reference) => image(context, reference),
    create: (spec) => create(context, spec, log),
    put: (name, directory, archive) => put(context, name, directory, archive),
    start: (name) => start(context, name),
    attach: (name, sink) => attach(context, name, sink),
    follow: (name, skip, sink) => follow(context, name, skip, sink),
    exec: (name, request, sink) => exec(context, name, request, sink),
    openTerminal: (name, request, sink) => openTerminal(context, name, request, sink),
    measure: (name) => measure(context, name),
    wait: (name, signal) => wait(context, name, signal),
    stop: (name, graceSeconds) => stop(context, name, graceSeconds),
    remove: (name) => remove(context, name),
    rename: (name, to) => rename(context, name, to),
    inspect: (name) => inspect(context, name),
    writtenBytes: (name) => writtenBytes(context, name),
    commit: (name, reference, labels) => commit(context, name, reference, labels),
    build: (request, sink) => build(context, request, sink),
    removeImage: (reference) => removeImage(context, reference),
    lastLayerBytes: (reference) => lastLayerBytes(context, reference),
    ownLayers: (reference) => ownLayers(context, reference),
    describeImage: (reference) => describeImage(context, reference),
    createNetwork: (name, labels) => createNetwork(context, name, labels),
    removeNetwork: (name) => removeNetwork(context, name),
    networks: (labels) => networks(context, labels),
    read: (name, path) => read(context, name, path),
    containers: (labels) =>
      listContainers(context, () =>
        withTimeout('containers', context.timeouts.callMs, {}, (abortSignal) =>
          docker.listContainers({ all: true, filters: labelFilter(labels), abortSignal }),
        ),
      ),
    images: (labels) => images(context, labels),
    events: (label, onEvent, onEnd, signal) => events(context, label, onEvent, onEnd, signal),
  };
};
