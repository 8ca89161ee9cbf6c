import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineText, SHOWN } from '../../src-renderer/run/line-text.ts';
import { BLOCK, LogBlocks } from '../../src-renderer/run/log-blocks.ts';
import { readerOf } from './support/log-reader-of.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('LogBlocks', () => {
  it('reads across blocks and names the block that is missing', () => {
    const blocks = new LogBlocks();
    const bytes = Uint8Array.from({ length: BLOCK + 10 }, (_, at) => at % 251);
    blocks.put(0, bytes.subarray(0, 100));
    blocks.put(100, bytes.subarray(100));
    expect(blocks.read(BLOCK - 3, BLOCK + 3)).toEqual(bytes.slice(BLOCK - 3, BLOCK + 3));
    expect(blocks.read(BLOCK + 5, BLOCK + 11)).toBe(1);
  });

  it('holds a bounded part of a log', () => {
    const blocks = new LogBlocks();
    const block = new Uint8Array(BLOCK);
    for (let number = 0; number < 200; number += 1) blocks.put(number * BLOCK, block);
    expect(blocks.read(0, 10)).toBe(0);
    expect(blocks.read(199 * BLOCK, 199 * BLOCK + 10)).toHaveLength(10);
  });
});

describe('a line of a log', () => {
  it('is the same however the bytes come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', '\n', 'é', '', '\n\n', 'xyz', '日本')), fc.integer({ min: 1, max: 9 }), async (parts, slice) => {
        const text = parts.join('');
        const { reader } = readerOf(encode(text), { slice });
        await reader.pull();
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(reader.lines.count).toBe(expected.length);
        expect(await Promise.all(expected.map(async (_, line) => (await reader.loadLine(line)).raw))).toEqual(expected);
      }),
    );
  });

  it('starts where another source goes on, though the one before ended without a line end', async () => {
    const marks = [
      { offset: 0, source: 'setup', stream: 'stdout' as const, at: 1 },
      { offset: 4, source: 'work', stream: 'stderr' as const, at: 2 },
    ];
    const { reader } = readerOf(encode('donehello\nend\n'), { marks });
    await reader.pull();
    expect([await reader.loadLine(0), await reader.loadLine(1), await reader.loadLine(2)].map(({ raw }) => raw)).toEqual(['done', 'hello', 'end']);
    expect(reader.pieces.map(({ source, line }) => [source, line])).toEqual([['setup', 0], ['work', 1]]);
    expect(reader.markOf(1)?.stream).toBe('stderr');
  });

  it('crosses from block to block, and is pulled again when it is no longer held', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const { reader, reads } = readerOf(encode(line.repeat(40_000)));
    await reader.pull();
    expect(reader.lines.count).toBe(40_000);
    const pulled = reads.length;
    expect(reader.line(0)).toBeNull();
    for (const number of [0, 262, 263, 39_999]) expect((await reader.loadLine(number)).raw).toBe('x'.repeat(999));
    expect(reads.length).toBeGreaterThan(pulled);
  });

  it('of many megabytes costs a few reads, and tells how much more there is', async () => {
    const length = 32 * 1024 ** 2;
    const end = encode('\nafter\n');
    const { reader, reads } = readerOf({
      length: length + end.length,
      read: (from, to) => {
        const bytes = Buffer.alloc(to - from, 0x61);
        for (let at = Math.max(from, length); at < to; at += 1) bytes[at - from] = end[at - length] ?? 0;
        return bytes;
      },
    });
    await reader.pull();
    expect(reader.lines.count).toBe(2);
    const pulled = reads.length;
    expect(await reader.loadLine(0)).toEqual({ raw: 'a'.repeat(SHOWN), more: length - SHOWN });
    expect((await reader.loadLine(1)).raw).toBe('after');
    expect(reads.length - pulled).toBeLessThanOrEqual(3);
  });

  it('shows its last state when carriage returns overwrote it, however long it became', () => {
    const whole = (text: string) => lineText({ head: encode(text), tail: null, size: encode(text).length }).raw;
    expect(whole('10 %\r50 %\r100 %')).toBe('100 %');
    expect(whole('10 %\r50 %\r')).toBe('50 %');
    const bar = encode('working 10 %\r'.repeat(5_000) + 'working 100 %');
    expect(lineText({ head: bar.subarray(0, SHOWN), tail: bar.subarray(-SHOWN), size: bar.length })).toEqual({ raw: 'working 100 %', more: 0 });
  });

  it('is cut between characters', () => {
    const long = encode('é'.repeat(SHOWN));
    const odd = long.subarray(0, SHOWN - 1);
    const { raw, more } = lineText({ head: odd, tail: long.subarray(-SHOWN), size: long.length });
    expect(raw).toBe('é'.repeat((SHOWN - 2) / 2));
    expect(more).toBe(long.length - (SHOWN - 2));
  });
});
