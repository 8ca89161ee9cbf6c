import { expect, it } from 'vitest';
import { ScanStream, type SecretFinder } from '../../../src-main/domain/seal/scan-stream.ts';

/** Finds one word, across pieces, as the real finder does. */
const finderOf = (word: string): SecretFinder => {
  let held = '';
  return {
    push: (bytes) => {
      const before = held;
      held += Buffer.from(bytes).toString('latin1');
      return held.includes(word) && !before.includes(word) ? [{ secret: 'TOKEN', form: 'raw' }] : [];
    },
    reset: () => (held = ''),
  };
};

const said = Buffer.from('f 5 home/a\0n home/link\0n /run/hunter2222\0f 0 empty\0f 9 odd\nname\0\0helloxhunter22');

const scan = (bytes: Buffer, pieces: number, word: string) => {
  const stream = new ScanStream(finderOf(word));
  for (let at = 0; at < bytes.length; at += pieces) expect(stream.push(bytes.subarray(at, at + pieces))).toBe(true);
  return stream.end();
};

it.each([1, 2, 7, 1_000])('names where a secret is, whatever pieces of %i bytes it comes in', (pieces) => {
  expect(scan(said, pieces, 'hunter22')).toEqual({
    files: 3,
    bytes: 14,
    whole: true,
    found: [
      { secret: 'TOKEN', form: 'raw', place: 'the name /run/hunter2222' },
      { secret: 'TOKEN', form: 'raw', place: '/odd\nname' },
    ],
  });
});

it('does not find what only two files together would hold', () => {
  expect(scan(said, 3, 'helloxhunter').found).toEqual([]);
});

it.each([
  ['content is missing', said.subarray(0, -1)],
  ['there is more than was announced', Buffer.concat([said, Buffer.from('x')])],
  ['the list has no end', said.subarray(0, 20)],
  ['nothing came at all', Buffer.alloc(0)],
])('is not whole when %s', (_, bytes) => {
  expect(scan(bytes, 4, 'zzzzzzzz').whole).toBe(false);
});

it('is whole when nothing was changed, and looks into what comes apart', () => {
  const stream = new ScanStream(finderOf('hunter22'));
  stream.push(Buffer.from('\0'));
  stream.lookInto(Buffer.from('machine a password hunter22'), '/etc/netrc');
  expect(stream.end()).toEqual({ files: 0, bytes: 0, whole: true, found: [{ secret: 'TOKEN', form: 'raw', place: '/etc/netrc' }] });
});
