import { expect, it } from 'vitest';
import { lastLinesOf } from '../../src-main/domain/last-lines.ts';

const told = (...chunks: string[]): string[] => {
  const last = lastLinesOf();
  for (const chunk of chunks) last.push(Buffer.from(chunk));
  return last.lines();
};

it('keeps the last lines with something to see, without controls', () => {
  expect(told()).toEqual([]);
  expect(told('one\ntw', 'o\n\n  \n\x1b[31mred\x1b[0m\x07 \n')).toEqual(['one', 'two', 'red']);
  expect(told(Array.from({ length: 50 }, (_, at) => `line ${at}\n`).join(''))).toEqual(Array.from({ length: 20 }, (_, at) => `line ${at + 30}`));
});

it('is bounded, and shows no half of a line whose beginning it has dropped', () => {
  expect(told('begin ', 'x'.repeat(100_000), '\nend')).toEqual(['end']);
  expect(told('y'.repeat(1_000_000))).toEqual(['y'.repeat(400)]);
  expect(told(...Array.from({ length: 5_000 }, () => 'word of a line\n'))).toEqual(Array.from({ length: 20 }, () => 'word of a line'));
});
