import type { Readable } from 'node:stream';
import type { ContainerEvent } from '../../ports/container-engine.ts';
import { withTimeout } from './engine-call.ts';
import type { EngineContext } from './engine-context.ts';

/** What the engine adds to a container's labels in the attributes of an event. */
const NOT_LABELS = new Set(['image', 'name', 'exitCode', 'signal', 'execDuration']);

const KINDS: Readonly<Record<string, ContainerEvent['kind']>> = { start: 'started', die: 'ended', destroy: 'removed', remove: 'removed' };

/** null: not an event of the port. */
export const eventFrom = (line: string): ContainerEvent | null => {
  const said: { Action?: string; Actor?: { ID?: string; Attributes?: Record<string, string> } } = JSON.parse(line);
  const kind = KINDS[said.Action ?? ''];
  const container = said.Actor?.ID;
  if (kind === undefined || container === undefined) return null;
  const attributes = Object.entries(said.Actor?.Attributes ?? {});
  return { kind, container, labels: Object.fromEntries(attributes.filter(([name]) => !NOT_LABELS.has(name))) };
};

const carry = async (stream: Readable, onEvent: (event: ContainerEvent) => void): Promise<void> => {
  let held = '';
  stream.setEncoding('utf8');
  for await (const text of stream as AsyncIterable<string>) {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) {
      const event = line.trim() === '' ? null : eventFrom(line);
      if (event !== null) onEvent(event);
    }
  }
};

/**
 * Pushes what happens to containers with this label until the signal aborts; resolves when the engine has begun to
 * tell. `label` is `name` or `name=value`. `onEnd` is called once when the stream ends by itself.
 */
export const events = async (
  context: EngineContext,
  label: string,
  onEvent: (event: ContainerEvent) => void,
  onEnd: () => void,
  signal: AbortSignal,
): Promise<void> => {
  const filters = { type: ['container'], event: ['start', 'die', 'destroy', 'remove'], label: [label] };
  const stream = await withTimeout('events', context.timeouts.callMs, {}, (abortSignal) =>
    // The client library passes the signal on; its types do not say so.
    context.link.docker.getEvents({ filters, abortSignal } as object),
  );
  const source = stream as Readable;
  const stop = (): void => void source.destroy();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const ended = (): void => {
    signal.removeEventListener('abort', stop);
    source.destroy();
    if (!signal.aborted) onEnd();
  };
  carry(source, onEvent).then(ended, ended);
};
