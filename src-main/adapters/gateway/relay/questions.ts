import type { Duplex } from 'node:stream';
import { z } from 'zod';
import { jsonText } from './json-text.ts';

export interface Question {
  readonly ask: string;
  readonly [more: string]: unknown;
}
export type Answer = Readonly<Record<string, unknown>>;

/** An answer with hundreds of addresses has a few kilobytes. */
const LINE_BYTES = 2 ** 18;
const answered = jsonText.pipe(z.looseObject({ id: z.number() }));

/** Questions to the relay and its answers, a line of JSON each, over the stream that it opened for them. */
export class Questions {
  readonly #stream: Duplex;
  readonly #open = new Map<number, PromiseWithResolvers<Answer>>();
  #next = 1;
  #held = '';

  constructor(stream: Duplex) {
    this.#stream = stream;
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => this.#take(text));
    stream.on('close', () => {
      for (const { reject } of this.#open.values()) reject(new Error('the relay did not answer'));
      this.#open.clear();
    });
  }

  /** Rejects when the stream ends before the answer. */
  ask(question: Question): Promise<Answer> {
    const waiting = Promise.withResolvers<Answer>();
    if (!this.#stream.writable) waiting.reject(new Error('the relay cannot be asked any more'));
    else {
      const id = this.#next++;
      this.#open.set(id, waiting);
      this.#stream.write(`${JSON.stringify({ ...question, id })}\n`);
    }
    return waiting.promise;
  }

  #take(text: string): void {
    const lines = (this.#held + text).split('\n');
    this.#held = lines.pop() ?? '';
    if (this.#held.length > LINE_BYTES) return void this.#stream.destroy(new Error('the relay answers without end'));
    for (const line of lines) {
      const answer = answered.safeParse(line);
      if (!answer.success) return void this.#stream.destroy(new Error('the relay answers in no known form'));
      this.#open.get(answer.data.id)?.resolve(answer.data);
      this.#open.delete(answer.data.id);
    }
  }
}
