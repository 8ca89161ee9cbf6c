import { eventIterator, oc } from '@orpc/contract';
import { implement, withEventMeta } from '@orpc/server';
import { z } from 'zod';
import { fault } from '../../src-main/contract/fault.ts';
import { logSlice } from '../../src-main/contract/log.ts';

const base = oc.errors({ FAULT: { status: 422, message: 'refused', data: fault } });

/** A slice of what the real contract is made of: a call, a refusal, a live endpoint, a log. */
export const wireContract = {
  echo: base.input(z.object({ text: z.string() })).output(z.object({ text: z.string() })),
  refuse: base.input(z.object({})).output(z.object({})),
  break: base.input(z.object({})).output(z.object({})),
  never: base.input(z.object({})).output(z.object({})),
  log: base.input(z.object({ size: z.number() })).output(logSlice),
  watch: base.input(z.object({})).output(eventIterator(z.object({ sequence: z.number() }))),
};

export const refusal = {
  code: 'branchExists' as const,
  message: 'The branch "fix" exists.',
  next: 'Choose another name.',
  detail: { name: 'fix' },
};

/** A live source whose events the test makes, one by one. It counts its readers and those that were ended by `return`. */
export class LiveSource {
  readonly resumedFrom: (string | undefined)[] = [];
  readers = 0;
  returned = 0;
  #length = 0;
  #changed = Promise.withResolvers<void>();

  publish(count: number): void {
    this.#length += count;
    this.#wake();
  }

  /** Settles when the condition holds; looked at whenever anything here changes. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await this.#changed.promise;
  }

  read(lastEventId: string | undefined): AsyncIteratorObject<{ sequence: number }> {
    this.resumedFrom.push(lastEventId);
    this.readers += 1;
    let at = lastEventId === undefined ? 0 : Number(lastEventId);
    let ended = false;
    return {
      next: async () => {
        await this.until(() => ended || at < this.#length);
        if (ended) return { done: true, value: undefined };
        at += 1;
        return { done: false, value: withEventMeta({ sequence: at }, { id: String(at) }) };
      },
      return: async () => {
        if (!ended) {
          ended = true;
          this.readers -= 1;
          this.returned += 1;
          this.#wake();
        }
        return { done: true, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
      async [Symbol.asyncDispose]() {
        await this.return?.();
      },
    };
  }

  #wake(): void {
    const { resolve } = this.#changed;
    this.#changed = Promise.withResolvers<void>();
    resolve();
  }
}

/** The contract above over a live source. `never` answers only when the client goes away. */
export function createWireRouter(live: LiveSource) {
  const os = implement(wireContract);
  return os.router({
    echo: os.echo.handler(({ input }) => ({ text: input.text })),
    refuse: os.refuse.handler(({ errors }) => {
      throw errors.FAULT({ data: refusal });
    }),
    break: os.break.handler(() => {
      throw new Error('a secret of the inside');
    }),
    never: os.never.handler(({ signal }) => {
      live.readers += 1;
      live.publish(0);
      return new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('gone')), { once: true });
      });
    }),
    log: os.log.handler(({ input }) => ({
      offset: 0,
      bytes: Buffer.alloc(input.size, 0xe9).toString('base64'),
      length: input.size,
      ended: true,
      marks: [],
    })),
    watch: os.watch.handler(({ lastEventId }) => live.read(lastEventId)),
  });
}
