import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { z } from 'zod';
import type { Attachment, OutputSink } from '../../../ports/container-engine.ts';
import type { Clock } from '../../../ports/surroundings.ts';
import { FIRST_SESSION, frame, FrameReader, gap, KIND, type Kind } from './frames.ts';
import { jsonText } from './json-text.ts';
import type { Answer, Question } from './questions.ts';
import { RelaySession } from './relay-session.ts';

/** A beat each way; after so many without a frame the session is over. Ticks are counted, not time: sleep does not count. */
const TICK_MS = 1_000;
const SILENT_TICKS = 5;
/** Begun in one tick; more would mean that none of them comes to anything. */
const GREETINGS = 5;
/** Before the way to a relay that goes on is tried again. */
const AGAIN_MS = 100;
/** For the engine to take the last word. */
const FAREWELL_MS = 1_000;
const NOTHING = Buffer.alloc(0);

const helloAnswer = jsonText.pipe(z.object({ nonce: z.string(), behind: z.number().int().nonnegative().nullable() }));

export interface RelayLinkOptions {
  /** Attaches to the relay's standard input and output. */
  attach(sink: OutputSink): Promise<Attachment>;
  /** Called once, after the first attachment. */
  start(): Promise<void>;
  /** A successful look that finds the relay ended or gone. Rejects when it cannot be known. */
  hasEnded(): Promise<boolean>;
  /** Takes a connection that came in through a door of the run's network. */
  onConnection(door: string, connection: Duplex): void;
  readonly clock: Clock;
}

/**
 * The service's side of one relay: attaches to it, again when the attachment breaks, and holds one session with it after the other,
 * each with a number above all before it.
 */
export class RelayLink {
  readonly #options: RelayLinkOptions;
  readonly #lost = Promise.withResolvers<void>();
  #attachment: Attachment | null = null;
  #line: NodeJS.WritableStream | null = null;
  #next = FIRST_SESSION;
  #greetings = 0;
  #greeting: { readonly number: number; readonly nonce: string; ticks: number } | null = null;
  #session: RelaySession | null = null;
  #sessionBegun = Promise.withResolvers<RelaySession>();
  /** While it is pending the engine holds the relay's output back: then silence says nothing. */
  #held: Promise<void> | null = null;
  #closed = false;
  #stopTicking: () => void = () => {};

  constructor(options: RelayLinkOptions) {
    this.#options = options;
  }

  /** Settles when the relay has ended while this link was open. */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  /** Attaches, starts the relay where that is due, and begins a session; resolves when the relay has answered. */
  async open(): Promise<void> {
    await this.#attach();
    await this.#options.start();
    this.#tickLater();
    this.#greet();
    await this.#answering();
  }

  /** Rejects when the session ends before the answer. */
  async ask(question: Question): Promise<Answer> {
    return (await this.#sessionBegun.promise).ask(question);
  }

  /** Ends the session and lets go of the relay, which goes on: what comes in waits for the next service. */
  async leave(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopTicking();
    const session = this.#session;
    this.#endSession();
    if (session !== null && this.#line?.writable) await this.#farewell(this.#line, session.number);
    this.#attachment?.detach();
  }

  async #answering(): Promise<void> {
    for (;;) {
      const session = await Promise.race([
        this.#sessionBegun.promise,
        this.#lost.promise.then(() => {
          throw new Error('the relay ended at its start');
        }),
      ]);
      try {
        await session.ready;
        return;
      } catch {
        // That session ended before it could be used; the next has begun, or the relay is lost.
      }
    }
  }

  #farewell(line: NodeJS.WritableStream, session: number): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.#options.clock.after(FAREWELL_MS, resolve);
      line.write(frame(session, KIND.end, NOTHING), () => {
        stop();
        resolve();
      });
    });
  }

  async #attach(): Promise<void> {
    const reader = new FrameReader(
      (number, kind, payload) => this.#take(number, kind, payload),
      () => this.#renew(),
    );
    const attachment = await this.#options.attach((stream, bytes) => {
      if (stream !== 'stdout') return;
      reader.take(bytes);
      return this.#held ?? undefined;
    });
    const line = attachment.stdin;
    if (line === null) throw new Error('the relay was made without standard input');
    // A broken line shows in the attachment's end.
    line.on('error', () => {});
    line.setMaxListeners(0);
    this.#attachment = attachment;
    this.#line = line;
    const over = (): void => void this.#attachAgain(attachment);
    attachment.ended.then(over, over);
    if (this.#closed) attachment.detach();
  }

  /** The attachment is over: either the relay is, or only the way to it. */
  async #attachAgain(over: Attachment): Promise<void> {
    if (this.#closed || this.#attachment !== over) return;
    this.#attachment = null;
    this.#line = null;
    this.#greeting = null;
    this.#endSession();
    while (!this.#closed) {
      try {
        if (await this.#options.hasEnded()) return this.#lost.resolve();
        await new Promise<void>((resolve) => this.#options.clock.after(AGAIN_MS, resolve));
        if (this.#closed) return;
        await this.#attach();
        return this.#greet();
      } catch {
        // The engine says nothing, which says nothing about the relay.
        await new Promise<void>((resolve) => this.#options.clock.after(AGAIN_MS, resolve));
      }
    }
  }

  #greet(): void {
    if (this.#closed || this.#line === null || this.#greetings >= GREETINGS) return;
    this.#greetings += 1;
    const number = this.#next++;
    const nonce = randomBytes(16).toString('hex');
    this.#greeting = { number, nonce, ticks: 0 };
    this.#line.write(gap());
    this.#line.write(frame(number, KIND.hello, Buffer.from(JSON.stringify({ nonce }))));
  }

  #take(number: number, kind: Kind, payload: Buffer): void {
    if (kind === KIND.hello) return this.#greeted(number, payload);
    const session = this.#session;
    if (session?.number !== number) return;
    session.silentTicks = 0;
    if (kind === KIND.end) return this.#renew();
    if (kind !== KIND.bytes) return;
    const held = session.carrier.deliver(payload);
    if (held === undefined) return;
    this.#held = held.then(() => {
      this.#held = null;
    });
  }

  #greeted(number: number, payload: Buffer): void {
    const greeting = this.#greeting;
    if (greeting?.number !== number || this.#line === null) return;
    const answer = helloAnswer.safeParse(payload.toString());
    if (!answer.success || answer.data.nonce !== greeting.nonce) return;
    this.#greeting = null;
    if (answer.data.behind !== null) {
      this.#next = answer.data.behind + 1;
      return this.#greet();
    }
    const session = new RelaySession(number, this.#line, this.#options.onConnection, () => {
      if (this.#session === session) this.#renew();
    });
    this.#session = session;
    this.#sessionBegun.resolve(session);
  }

  /** Ends the session and begins the next. */
  #renew(): void {
    this.#endSession();
    if (this.#greeting === null) this.#greet();
  }

  #endSession(): void {
    const session = this.#session;
    if (session === null) return;
    this.#session = null;
    this.#sessionBegun = Promise.withResolvers();
    session.end();
  }

  #tickLater(): void {
    this.#stopTicking = this.#options.clock.after(TICK_MS, () => {
      if (this.#closed) return;
      this.#tick();
      this.#tickLater();
    });
  }

  #tick(): void {
    this.#greetings = 0;
    if (this.#line === null) return;
    if (this.#greeting !== null) {
      this.#greeting.ticks += 1;
      if (this.#greeting.ticks >= SILENT_TICKS) this.#greet();
      return;
    }
    if (this.#session === null) return this.#greet();
    this.#line.write(frame(this.#session.number, KIND.beat, NOTHING));
    if (this.#held === null) this.#session.silentTicks += 1;
    if (this.#session.silentTicks >= SILENT_TICKS) this.#renew();
  }
}
