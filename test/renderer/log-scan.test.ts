import { describe, expect, it } from 'vitest';
import { looksLikeError } from '../../src-renderer/client/error-words.ts';
import { errorLines } from '../../src-renderer/run/error-lines.ts';
import { findPattern } from '../../src-renderer/run/find-pattern.ts';
import { BLOCK } from '../../src-renderer/run/log-blocks.ts';
import { scanLog, type Scanned, type Wanted } from '../../src-renderer/run/scan-log.ts';
import { readerOf } from './support/log-reader-of.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (wanted: string, matchCase = false): Wanted => ({ pattern: findPattern(wanted, matchCase)! });

const scan = async (log: Parameters<typeof readerOf>[0], wanted: Wanted): Promise<{ lines: number[]; last: Scanned; reads: number }> => {
  const { reader, reads } = readerOf(log);
  await reader.pull();
  let last: Scanned | null = null;
  await scanLog(reader, wanted, new AbortController().signal, (scanned) => {
    last = scanned;
  });
  const end = last as unknown as Scanned;
  return { lines: Array.from({ length: end.lines.count }, (_, at) => end.lines.at(at)!), last: end, reads: reads.length };
};

describe('finding in a log', () => {
  it('looks into every line, whatever its case unless that counts', async () => {
    const log = encode(Array.from({ length: 50_000 }, (_, at) => (at % 10_000 === 7 ? 'An ERROR here' : `line ${at} with some words to fill it`)).join('\n'));
    expect((await scan(log, text('error'))).lines).toEqual([7, 10_007, 20_007, 30_007, 40_007]);
    expect((await scan(log, text('error', true))).lines).toEqual([]);
    expect((await scan(log, text('line 49999 with'))).lines).toEqual([49_999]);
  });

  it('takes what is typed as text, not as a pattern', async () => {
    const log = encode('a.c\nabc\n(a|b)*[x]{2}^$\\-/ \n');
    expect((await scan(log, text('a.c'))).lines).toEqual([0]);
    expect((await scan(log, text('(a|b)*[x]{2}^$\\-/ '))).lines).toEqual([2]);
  });

  it('finds what colours and carriage returns cut through, and not what was overwritten', async () => {
    const log = encode('plain\nnee\u001b[31mdle\u001b[0m\nneedle\rgone\nwindows needle\r\n\u001b]0;needle\u0007title\nneedle');
    expect((await scan(log, text('needle'))).lines).toEqual([1, 3, 5]);
  });

  it('finds in lines that cross blocks, and counts them right after', async () => {
    const long = 'x'.repeat(BLOCK - 10);
    const log = encode(`${long}\nneedle one\n${long}${long}\nneedle two\n${'short\n'.repeat(100_000)}needle three\n`);
    expect((await scan(log, text('needle'))).lines).toEqual([1, 3, 100_004]);
  });

  it('goes through many megabytes on one line without reading all of it', async () => {
    const length = 32 * 1024 ** 2;
    const { reader, reads } = readerOf({ length, read: (from, to) => Buffer.alloc(to - from, 0x61) });
    await reader.pull();
    const pulled = reads.length;
    let last: Scanned | null = null;
    await scanLog(reader, text('b'), new AbortController().signal, (scanned) => {
      last = scanned;
    });
    expect(last).toMatchObject({ done: true, failed: false, bytes: length });
    expect(reads.length - pulled).toBeLessThan(12);
  });

  it('stops when it is told to', async () => {
    const { reader } = readerOf(encode('needle\n'.repeat(400_000)));
    await reader.pull();
    const stop = new AbortController();
    let told = 0;
    const scanning = scanLog(reader, text('needle'), stop.signal, () => {
      told += 1;
    });
    stop.abort();
    await scanning;
    expect(told).toBe(0);
  });
});

describe('lines that look like errors', () => {
  it.each([
    'Error: boom',
    'src/a.ts:3:1 - error TS2304: Cannot find name',
    'npm ERR! code 1',
    'TypeError: x is not a function',
    'java.lang.NullPointerException: null',
    'FAIL test/a.test.ts',
    '1 failed, 3 passed',
    'thread main panicked at src/main.rs',
    'fatal: not a git repository',
    'Segmentation fault (core dumped)',
    'bash: foo: command not found',
    'Traceback (most recent call last):',
    'not ok 3 - sums',
    '  ✗ sums',
  ])('%s', (line) => expect(looksLikeError(line)).toBe(true));

  it.each(['0 errors, 0 warnings', '12 passed, 0 failed', 'Found no errors.', 'errors: 0', 'compiling src/error.ts', 'Compiling thiserror v1.0', 'GET /errors/list 200', 'all is well', 'without failures', 'a-failed-branch'])('not: %s', (line) =>
    expect(looksLikeError(line)).toBe(false),
  );

  it('are found in a log with their numbers', async () => {
    expect((await scan(encode('ok\n0 errors\n\u001b[31merror\u001b[0m: x\nok\nnpm ERR! y\n'), errorLines())).lines).toEqual([2, 4]);
  });

  it('take time that is linear in the text', async () => {
    const began = performance.now();
    await scan(encode('a'.repeat(2_000_000) + '\n' + 'erro '.repeat(200_000) + '\n' + '0 '.repeat(500_000) + '\n'), errorLines());
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
