import type { LogStream } from '../../contract/log.ts';
import type { Redactor } from '../../domain/secrets/redactor.ts';
import type { OutputSink } from '../../ports/container-engine.ts';
import { searchFor } from './search.ts';

/** A sink that covers secrets before it hands on; `end` hands on what was held back. Without secrets it is the sink itself. */
export const redactingSink = (sink: OutputSink, secrets: ReadonlyMap<string, string>): { readonly sink: OutputSink; readonly end: () => Promise<void> } => {
  if (secrets.size === 0) return { sink, end: async () => {} };
  const search = searchFor(secrets);
  const redactors = new Map<LogStream, Redactor>();
  const redactorOf = (stream: LogStream): Redactor => {
    const known = redactors.get(stream) ?? search.redactor();
    redactors.set(stream, known);
    return known;
  };
  return {
    sink: (stream, bytes) => {
      const shown = redactorOf(stream).push(bytes);
      return shown.length === 0 ? undefined : sink(stream, shown);
    },
    end: async () => {
      for (const [stream, redactor] of redactors) {
        const rest = redactor.end();
        if (rest.length > 0) await sink(stream, rest);
      }
    },
  };
};
