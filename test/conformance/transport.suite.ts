import type { ContractRouterClient } from '@orpc/contract';
import { isDefinedError, safe, type AnyRouter } from '@orpc/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LOG_READ_LIMIT } from '../../src-main/contract/log.ts';
import type { Connection } from '../../src-main/wire/client/connection.ts';
import { createWireRouter, LiveSource, refusal, type wireContract } from '../support/wire-contract.ts';

export type WireClient = ContractRouterClient<typeof wireContract>;

/** One transport between a served router and a client. */
export interface TransportUnderTest {
  readonly connection: Connection<WireClient>;
  /** Ends the service's side, as a service that goes down does. */
  stopServing(): Promise<void>;
}

/** What every transport promises; the clients differ in nothing else. */
export function transportSuite(name: string, open: (router: AnyRouter) => Promise<TransportUnderTest>): void {
  describe(`transport: ${name}`, () => {
    let live: LiveSource;
    let transport: TransportUnderTest;
    let client: WireClient;

    beforeEach(async () => {
      live = new LiveSource();
      transport = await open(createWireRouter(live));
      client = transport.connection.client;
    });
    afterEach(async () => {
      await transport.connection.close();
      await transport.stopServing();
    });

    it('answers a call', async () => {
      expect(await client.echo({ text: 'Grüße \u0000 🚢' })).toEqual({ text: 'Grüße \u0000 🚢' });
    });

    it('hands over a refusal as the typed error with its data', async () => {
      const { error } = await safe(client.refuse({}));
      expect(isDefinedError(error) && error.code === 'FAULT' && error.data).toEqual(refusal);
    });

    it('refuses input that breaks the contract', async () => {
      const { error } = await safe(client.echo({ text: 1 } as never));
      expect(error).toMatchObject({ code: 'BAD_REQUEST' });
    });

    it('tells nothing of the inside when the service breaks', async () => {
      const { error } = await safe(client.break({}));
      expect(error).not.toBeNull();
      if (name !== 'in-memory') expect(JSON.stringify(error)).not.toContain('secret');
    });

    it('carries the largest slice of a log, byte for byte', async () => {
      const slice = await client.log({ size: LOG_READ_LIMIT });
      expect(Buffer.from(slice.bytes, 'base64').equals(Buffer.alloc(LOG_READ_LIMIT, 0xe9))).toBe(true);
    });

    it('keeps twenty calls at once apart', async () => {
      const texts = Array.from({ length: 20 }, (_, index) => `call ${index}`);
      const answers = await Promise.all(texts.map((text) => client.echo({ text })));
      expect(answers.map((answer) => answer.text)).toEqual(texts);
    });

    it('delivers live events in order, with their ids', async () => {
      const events = await client.watch({});
      live.publish(3);
      expect(await take(events, 3)).toEqual([1, 2, 3]);
      live.publish(2);
      expect(await take(events, 2)).toEqual([4, 5]);
    });

    it('goes on from the last event that a client names', async () => {
      live.publish(5);
      const events = await client.watch({}, { lastEventId: '3' });
      expect(await take(events, 2)).toEqual([4, 5]);
      expect(live.resumedFrom).toEqual(['3']);
    });

    it('ends the source when the client stops reading, even with no event due', async () => {
      const events = await client.watch({});
      live.publish(1);
      await take(events, 1);
      await events.return?.(undefined as never);
      await live.until(() => live.returned === 1);
      expect(live.readers).toBe(0);
    });

    it('ends the source when the client aborts while it waits', async () => {
      const abort = new AbortController();
      const events = await client.watch({}, { signal: abort.signal });
      const waiting = events.next();
      abort.abort();
      await expect(waiting).rejects.toThrow();
      await live.until(() => live.returned === 1);
    });

    it('ends the source when the connection goes away', async () => {
      const events = await client.watch({});
      const waiting = events.next();
      const rejected = expect(waiting).rejects.toThrow();
      await live.until(() => live.readers === 1);
      await transport.connection.close();
      await rejected;
      await live.until(() => live.returned === 1);
    });

    it('rejects pending calls when the service goes down, and later ones', async () => {
      const pending = client.never({});
      const rejected = expect(pending).rejects.toThrow();
      await live.until(() => live.readers === 1);
      await transport.stopServing();
      await rejected;
      await expect(client.echo({ text: 'too late' })).rejects.toThrow();
    });
  });
}

/** The next `count` sequence numbers. */
export async function take(events: AsyncIterator<{ sequence: number }>, count: number): Promise<number[]> {
  const seen: number[] = [];
  while (seen.length < count) {
    const item = await events.next();
    if (item.done) throw new Error(`ended after ${seen.length} of ${count} events`);
    seen.push(item.value.sequence);
  }
  return seen;
}
