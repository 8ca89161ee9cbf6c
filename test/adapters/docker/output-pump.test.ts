import { Readable } from 'node:stream';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { loggedPieces } from '../../../src-main/adapters/docker/logged-pieces.ts';
import { pump, type PieceFilter } from '../../../src-main/adapters/docker/output-pump.ts';

type Frame = readonly ['stdout' | 'stderr', string];

const framed = (frames: readonly Frame[]): Buffer =>
  Buffer.concat(
    frames.map(([stream, text]) => {
      const payload = Buffer.from(text);
      const header = Buffer.alloc(8);
      header[0] = stream === 'stdout' ? 1 : 2;
      header.writeUInt32BE(payload.length, 4);
      return Buffer.concat([header, payload]);
    }),
  );

/** Chunks of this size, each of its own memory, since the pump changes them. */
const chunked = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) => Buffer.from(bytes.subarray(index * size, (index + 1) * size)));

const carried = async (bytes: Buffer, size: number, filter?: PieceFilter) => {
  const got = { stdout: '', stderr: '' };
  await pump(Readable.from(chunked(bytes, size)), (stream, piece) => void (got[stream] += Buffer.from(piece).toString('latin1')), filter);
  return got;
};

const anyFrames = fc.array(fc.tuple(fc.constantFrom('stdout' as const, 'stderr' as const), fc.string({ unit: 'grapheme-ascii', maxLength: 40 })), { maxLength: 30 });
const textOf = (frames: readonly Frame[], stream: string): string => frames.map(([of, text]) => (of === stream ? text : '')).join('');

it('gives every byte of each stream in order, wherever the chunks are cut', () =>
  fc.assert(
    fc.asyncProperty(anyFrames, fc.integer({ min: 1, max: 60 }), async (frames, size) => {
      expect(await carried(framed(frames), size)).toEqual({ stdout: textOf(frames, 'stdout'), stderr: textOf(frames, 'stderr') });
    }),
  ));

it('rejects a stream that ends inside a frame', async () => {
  const bytes = framed([['stdout', 'whole']]);
  for (const length of [3, 8, 10]) await expect(carried(bytes.subarray(0, length), 4)).rejects.toThrow('middle of a frame');
});

const T1 = '2026-11-21T01:00:00.000000001Z';
const T2 = '2026-11-21T01:00:00.000000002Z';

it.each([1, 7, 33, 4096])('puts lost line breaks back and skips what is held, in chunks of %i', async (size) => {
  const frames: Frame[] = [
    ['stdout', `${T1} long-`], ['stderr', `${T2} err\n`], ['stdout', `${T1} line`], ['stdout', `${T2} next\n`], ['stdout', `${T1} `], ['stdout', `${T2} end`],
  ];
  const held = { stdout: 5, stderr: 0 };
  expect(await carried(framed(frames), size, loggedPieces(held))).toEqual({ stdout: 'line\nnext\n\nend', stderr: 'err\n' });
  expect(held).toEqual({ stdout: 19, stderr: 4 });
});
