import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineIndex, LONGEST_LINE } from '../../src-renderer/run/line-index.ts';
import { BLOCK, LogBlocks } from '../../src-renderer/run/log-blocks.ts';
import { LogReader } from '../../src-renderer/run/log-reader.ts';
import { findInLog } from '../../src-renderer/run/find-in-log.ts';
import { rowWindow, scrollTopOf } from '../../src-renderer/run/row-window.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

const linesOf = (index: LineIndex, bytes: Uint8Array): string[] =>
  Array.from({ length: index.count }, (_, line) => {
    const { from, to } = index.range(line);
    return new TextDecoder().decode(bytes.subarray(from, to));
  });

describe('LineIndex', () => {
  it('gives the same lines however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '\n', 'é', '', '\n\n', 'xyz')), fc.array(fc.nat(5)), (parts, cuts) => {
        const bytes = encode(parts.join(''));
        const whole = new LineIndex();
        whole.append(bytes);
        const pieces = new LineIndex();
        let at = 0;
        for (const cut of cuts) {
          pieces.append(bytes.subarray(at, at + cut));
          at = Math.min(bytes.length, at + cut);
        }
        pieces.append(bytes.subarray(at));
        expect(linesOf(pieces, bytes)).toEqual(linesOf(whole, bytes));
        expect(linesOf(whole, bytes).join('')).toBe(parts.join(''));
      }),
    );
  });

  it('cuts an endless line without cutting a character', () => {
    const bytes = encode('é'.repeat(LONGEST_LINE) + '\nend');
    const index = new LineIndex();
    index.append(bytes);
    const lines = linesOf(index, bytes);
    expect(lines.at(-1)).toBe('end');
    expect(lines.join('')).toBe('é'.repeat(LONGEST_LINE) + '\nend');
    expect(Math.max(...lines.map((line) => encode(line.replace('\n', '')).length))).toBeLessThanOrEqual(LONGEST_LINE);
  });
});

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

describe('LogReader', () => {
  const readerOf = (bytes: Uint8Array) => {
    const reads: number[] = [];
    const reader = new LogReader(
      (offset, max) => {
        reads.push(offset);
        const part = Buffer.from(bytes.subarray(offset, offset + Math.min(max, 400_000)));
        return Promise.resolve({ offset, bytes: part.toString('base64'), length: bytes.length, ended: true, marks: [] });
      },
      () => undefined,
    );
    return { reader, reads };
  };

  it('pulls again what it no longer holds', async () => {
    const line = `${'x'.repeat(999)}\n`;
    const { reader, reads } = readerOf(encode(line.repeat(40_000)));
    await reader.pull();
    expect(reader.lines.count).toBe(40_000);
    const pulled = reads.length;
    expect(reader.text(0)).toBeNull();
    expect(await reader.loadText(0)).toBe('x'.repeat(999));
    expect(reads.length).toBeGreaterThan(pulled);
    expect(reads.at(-1)).toBe(0);
  });

  it('finds text in every line, whatever its case', async () => {
    const { reader } = readerOf(encode(Array.from({ length: 5_000 }, (_, at) => (at % 1000 === 7 ? 'An ERROR here' : `line ${at}`)).join('\n')));
    await reader.pull();
    let lines: readonly number[] = [];
    await findInLog(reader, 'error', new AbortController().signal, (found) => {
      lines = found;
    });
    expect(lines).toEqual([7, 1007, 2007, 3007, 4007]);
  });
});

describe('rowWindow', () => {
  it('reaches the first and the last row of a log of any length', () => {
    for (const rows of [10, 1_000, 50_000_000]) {
      const first = rowWindow(rows, 18, 0, 500);
      expect(first.from).toBe(0);
      const end = rowWindow(rows, 18, Math.max(0, first.height - 500), 500);
      expect(end.to).toBe(rows);
      expect(end.top + (end.to - end.from) * 18).toBeCloseTo(first.height, 0);
    }
  });

  it('puts a row that is jumped to into the window', () => {
    for (const rows of [1_000, 50_000_000]) {
      for (const row of [0, 17, Math.floor(rows / 2), rows - 1]) {
        const { from, to } = rowWindow(rows, 18, scrollTopOf(row, rows, 18, 500), 500);
        expect(row).toBeGreaterThanOrEqual(from);
        expect(row).toBeLessThan(to);
      }
    }
  });
});
