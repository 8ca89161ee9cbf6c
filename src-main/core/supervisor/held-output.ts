import type { Attachment, ContainerEngine, OutputSink } from '../../ports/container-engine.ts';

/** A made container that is attached to before it is known who takes its output: nothing of it is read until then. */
export interface HeldOutput {
  /** Starts the container; repeated, it tells of the first time. */
  start(): Promise<void>;
  /** Hands the output over, from its first byte on. Once. */
  take(sink: OutputSink): Attachment;
  /** Lets go without touching the container; resolves when no start of it is under way. Fine when repeated, and after its end. */
  letGo(): Promise<void>;
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
  let started: Promise<void> | null = null;
  const handTo = (sink: OutputSink): void => {
    taker ??= sink;
    taken.resolve(taker);
  };
  return {
    start: () => {
      started ??= engine.start(container);
      // Told to who waits for it.
      started.catch(() => {});
      return started;
    },
    take: (sink) => {
      handTo(sink);
      return attachment;
    },
    letGo: async () => {
      attachment.detach();
      // What it has said meanwhile is nobody's.
      handTo(() => {});
      await started?.catch(() => {});
    },
  };
};
