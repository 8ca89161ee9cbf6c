import { expect, test } from 'vitest';
import { lastLineOf } from '../../src-main/domain/last-line.ts';

const after = (...chunks: (string | Uint8Array)[]): string => {
  const line = lastLineOf();
  for (const chunk of chunks) line.push(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
  return line.text();
};

test.each([
  ['nothing', [], ''],
  ['the last whole line', ['one\ntwo\n'], 'two'],
  ['the line under way', ['one\ntw'], 'tw'],
  ['a line in pieces', ['on', 'e li', 'ne\n'], 'one line'],
  ['empty lines are passed over', ['one\n\n  \n\t\n'], 'one'],
  ['an empty chunk changes nothing', ['one\n', ''], 'one'],
  ['a progress bar', ['10%\r50%\r90%'], '90%'],
  ['colours', ['\x1b[1;32mok\x1b[0m\n'], 'ok'],
  ['a colour cut in two', ['\x1b[1;3', '2mok\n'], 'ok'],
  ['a title', ['\x1b]0;title\x07text\n'], 'text'],
  ['a line of escapes only', ['text\n\x1b[2K\x1b[1G'], 'text'],
  ['controls', ['a\x00b\x08c\x7f\n'], 'abc'],
  ['text that is turned around', ['abc\u202edef\n'], 'abcdef'],
] as const)('%s', (_, chunks, expected) => {
  expect(after(...chunks)).toBe(expected);
});

test('a character cut between chunks is whole', () => {
  const bytes = Buffer.from('naïve 🚢\n');
  for (let cut = 0; cut <= bytes.length; cut += 1) expect(after(bytes.subarray(0, cut), bytes.subarray(cut))).toBe('naïve 🚢');
});

test('an endless line is at most 200 characters and costs no memory', () => {
  const line = lastLineOf();
  for (let count = 0; count < 1_000; count += 1) line.push(Buffer.alloc(65_536, 'y'));
  expect(line.text()).toBe('y'.repeat(200));
  expect(after('🚢'.repeat(300)).length).toBe(200);
});
