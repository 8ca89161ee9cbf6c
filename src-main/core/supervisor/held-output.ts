import type { Attachment, ContainerEngine, OutputSink } from '../../ports/container-engine.ts';

/** A made container that is attached to before it is known who takes its output: nothing of it is read until then. */
export interface HeldOutput {
  /** Starts the container. */
  start(): Promise<void>;
  /** Hands the output over, from its first byte on. Once. */
  take(sink: OutputSink): Attachment & { readonly isStarted: boolean };
  /** Lets go without touching the container. Fine when repeated, and after its end. */
  letGo(): void;
}

/** Attaches to a container that never ran. */
export const holdOutput = async (engine: ContainerEngine, container: string): Promise<HeldOutput> => {
  const taken = Promise.withResolvers<OutputSink>();
  let taker: OutputSink | null = null;
  const attachment = await engine.attach(container, (stream, bytes) => {
    if (taker !== null) return taker(stream, bytes);
    // The bytes are the caller's again when this returns.
    const kept = Uint8Array.from(bytes);
    return taken.promise.then((sink) => sink(stream, kept));
  });
  let isStarted = false;
  const handTo = (sink: OutputSink): void => {
    taker ??= sink;
    taken.resolve(taker);
  };
  return {
    start: async () => {
      await engine.start(container);
      isStarted = true;
    },
    take: (sink) => {
      handTo(sink);
      return { ...attachment, isStarted };
    },
    letGo: () => {
      attachment.detach();
      // What it has said meanwhile is nobody's.
      handTo(() => {});
    },
  };
};
