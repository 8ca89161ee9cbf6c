import { EventEmitter } from 'node:events';
import type { MessagePortMain } from 'electron';
import { knownMembersOnly } from './known-members.ts';

/** One end of a channel, wherever it lives: in the shell, in the service's process or in a page. Messages wait for a listener. */
export class LinkEnd {
  peer: LinkEnd | null = null;
  #waiting: unknown[] = [];
  #listener: ((data: unknown) => void) | null = null;
  #onClose: (() => void) | null = null;
  #closed = false;

  send(data: unknown): void {
    const copy: unknown = structuredClone(data);
    const peer = this.peer;
    if (!this.#closed && peer !== null) setImmediate(() => peer.#receive(copy));
  }

  listen(listener: (data: unknown) => void, onClose: () => void): void {
    this.#onClose = onClose;
    this.#listener = listener;
    for (const data of this.#waiting.splice(0)) listener(data);
    if (this.#closed) onClose();
  }

  /** Closes both ends; the other end's listener is told once what was sent before has arrived. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    const peer = this.peer;
    if (peer !== null) setImmediate(() => peer.#peerClosed());
  }

  #receive(data: unknown): void {
    if (this.#closed) return;
    if (this.#listener === null) this.#waiting.push(data);
    else this.#listener(data);
  }

  #peerClosed(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#onClose?.();
  }
}

const ends = new WeakMap<object, LinkEnd>();

/** Takes the end out of a port that is being transferred; a port can be transferred once. */
export function takeEnd(port: MessagePortMain): LinkEnd {
  const end = ends.get(port);
  if (end === undefined) throw new Error('The port was transferred before, or is none');
  ends.delete(port);
  return end;
}

/** A port of the shell or the service around an end, shaped as MessagePortMain: an emitter, quiet until `start`. */
export function portAround(end: LinkEnd): MessagePortMain {
  const bus = new EventEmitter();
  const requireMine = (): LinkEnd => {
    if (ends.get(port) !== end) throw new Error('The port was transferred and cannot be used here');
    return end;
  };
  const listenWith =
    (how: 'on' | 'once' | 'off') =>
    (event: string, listener: (...args: never[]) => void): MessagePortMain => {
      bus[how](event, listener as (...args: unknown[]) => void);
      return port;
    };
  const port = knownMembersOnly('MessagePortMain', {
    on: listenWith('on'),
    once: listenWith('once'),
    off: listenWith('off'),
    start: () => requireMine().listen((data) => bus.emit('message', { data, ports: [] }), () => bus.emit('close')),
    postMessage: (data: unknown) => requireMine().send(data),
    close: () => requireMine().close(),
  } satisfies Pick<MessagePortMain, 'on' | 'once' | 'off' | 'start' | 'postMessage' | 'close'>) as MessagePortMain;
  ends.set(port, end);
  return port;
}

export function linkedEnds(): [LinkEnd, LinkEnd] {
  const one = new LinkEnd();
  const two = new LinkEnd();
  one.peer = two;
  two.peer = one;
  return [one, two];
}

export class StandInMessageChannel {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;
  constructor() {
    const [one, two] = linkedEnds();
    this.port1 = portAround(one);
    this.port2 = portAround(two);
  }
}
