import { expect, it } from 'vitest';
import { createByteChannel } from '../../../src-main/core/live/byte-channel.ts';
import { handClock } from '../../support/hand-clock.ts';

const KIB = 1024;

it('gives every byte in order, also what came before its end', async () => {
  const channel = createByteChannel(handClock());
  void channel.push(Buffer.from('one '));
  void channel.push(Buffer.from('two'));
  channel.end();
  await channel.push(Buffer.from(' never'));
  const pieces: string[] = [];
  for await (const piece of channel.pieces(new AbortController().signal)) pieces.push(piece.toString());
  expect(pieces.join('')).toBe('one two');
});

it('keeps a copy: the bytes belong to the writer', async () => {
  const channel = createByteChannel(handClock());
  const bytes = Buffer.from('mine');
  void channel.push(bytes);
  bytes.fill(0);
  channel.end();
  expect((await channel.pieces(new AbortController().signal).next()).value?.toString()).toBe('mine');
});

it('holds the writer back while nobody reads, and lets it go on when somebody does', async () => {
  const channel = createByteChannel(handClock());
  let taken = false;
  const pushed = channel.push(Buffer.alloc(300 * KIB)).then(() => (taken = true));
  const pieces = channel.pieces(new AbortController().signal);
  await new Promise((resolve) => setImmediate(resolve));
  expect(taken).toBe(false);
  expect((await pieces.next()).value?.length).toBe(64 * KIB);
  await pushed;
});

it('lets the writer go when the reader has gone', async () => {
  const channel = createByteChannel(handClock());
  const controller = new AbortController();
  const pieces = channel.pieces(controller.signal);
  const waiting = pieces.next();
  controller.abort();
  expect((await waiting).done).toBe(true);
  await channel.push(Buffer.alloc(2 ** 20));

  const dropped = createByteChannel(handClock());
  const pushed = dropped.push(Buffer.alloc(2 ** 20));
  dropped.drop();
  await pushed;
  expect((await dropped.pieces(new AbortController().signal).next()).done).toBe(true);
});

it('keeps to its pace: 1 MiB at once, then 4 MiB a second', async () => {
  const clock = handClock();
  const channel = createByteChannel(clock);
  const controller = new AbortController();
  void (async () => {
    while (!controller.signal.aborted) await channel.push(Buffer.alloc(64 * KIB));
  })();
  let bytes = 0;
  const reading = (async () => {
    for await (const piece of channel.pieces(controller.signal)) bytes += piece.length;
  })();
  const settle = async (): Promise<void> => {
    for (let before = -1; before !== bytes; ) {
      before = bytes;
      for (let time = 0; time < 20; time += 1) await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await settle();
  expect(bytes).toBe(2 ** 20);
  for (let time = 0; time < 10; time += 1) {
    clock.pass(100);
    await settle();
  }
  expect(bytes).toBeGreaterThan(4 * 2 ** 20);
  expect(bytes).toBeLessThan(6 * 2 ** 20);
  controller.abort();
  await reading;
});
