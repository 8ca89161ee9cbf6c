import type Docker from 'dockerode';
import type { EngineFacts, ImageFacts } from '../../ports/container-engine.ts';
import type { LogDriver } from './create-body.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';
import { isOfKind } from './engine-fault.ts';
import { requireImageReference } from './engine-names.ts';

interface EngineInfo {
  readonly NCPU: number;
  readonly MemTotal: number;
  readonly Plugins?: { readonly Log?: readonly string[] | null };
}

/** The engine's whole description of an image. */
export const imageInfo = (context: EngineContext, reference: string, signal: AbortSignal): Promise<Docker.ImageInspectInfo> =>
  context.link.get(`/images/${requireImageReference(reference)}/json`, signal);

/** What the engine says of itself. `architecture` is in Go's words: amd64, arm64. */
export const facts = (context: EngineContext): Promise<EngineFacts> =>
  withTimeout('facts', context.timeouts.callMs, {}, async (abortSignal) => {
    const [version, info] = await Promise.all([
      context.link.get<Docker.DockerVersion>('/version', abortSignal),
      context.link.get<EngineInfo>('/info', abortSignal),
    ]);
    return {
      source: context.source,
      version: version.Version,
      apiVersion: version.ApiVersion,
      architecture: version.Arch,
      cpus: info.NCPU,
      memoryBytes: info.MemTotal,
    };
  });

/** True when the engine answers a ping in time. */
export const answers = (context: EngineContext): Promise<boolean> =>
  withTimeout('ping', context.timeouts.callMs, {}, (abortSignal) => context.link.get('/_ping', abortSignal)).then(
    () => true,
    () => false,
  );

/**
 * The driver that keeps output as bytes where the engine has it: json-file turns what is not UTF-8 into U+FFFD, also
 * a character that its 16 KiB cut falls into, so that a log could not be continued by counting bytes.
 */
export const logDriver = (context: EngineContext): Promise<LogDriver> =>
  withTimeout('facts', context.timeouts.callMs, {}, async (abortSignal) => {
    const info = await context.link.get<EngineInfo>('/info', abortSignal);
    return info.Plugins?.Log?.includes('local') === true ? 'local' : 'json-file';
  });

/** The client library's types do not know when an image was named; an engine that does not tell either says the year 1. */
const namedAt = ({ Created, Metadata }: Docker.ImageInspectInfo & { readonly Metadata?: { readonly LastTagTime?: string } }): number => Math.max(0, Date.parse(Created) || 0, Date.parse(Metadata?.LastTagTime ?? '') || 0);

/** null: a successful look found no such image. */
export const image = async (context: EngineContext, reference: string): Promise<ImageFacts | null> => {
  try {
    return await withTimeout('image', context.timeouts.callMs, { image: reference }, async (abortSignal) => {
      const found = await imageInfo(context, reference, abortSignal);
      return { id: found.Id, sizeBytes: found.Size, architecture: found.Architecture, labels: carriedLabels(found.Config?.Labels), namedAt: namedAt(found) };
    });
  } catch (error) {
    if (isOfKind(error, 'noSuchImage')) return null;
    throw error;
  }
};

/** Configuration and history, as the engine tells them. Rejects with noSuchImage. */
export const describeImage = (context: EngineContext, reference: string): Promise<string> =>
  withTimeout('describeImage', context.timeouts.callMs, { image: reference }, async (abortSignal) => {
    const [info, history] = await Promise.all([
      imageInfo(context, reference, abortSignal),
      context.link.get<unknown>(`/images/${requireImageReference(reference)}/history`, abortSignal),
    ]);
    return JSON.stringify([info, history]);
  });

/** Labels without the blank ones: `commit` blanks what it cannot take away. */
export const carriedLabels = (labels: Readonly<Record<string, string>> | null | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(labels ?? {}).filter(([, value]) => value !== ''));
