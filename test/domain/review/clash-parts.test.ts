import { expect, it } from 'vitest';
import { clashParts } from '../../../src-main/domain/review/clash-parts.ts';

const [onto, mine] = ['a'.repeat(40), 'b'.repeat(40)];

it('reads what each side has where git could not merge', () => {
  const merged = ['first', `<<<<<<< ${onto}`, 'theirs', '=======', 'mine', 'more', `>>>>>>> ${mine}`, 'between', `<<<<<<< ${onto}:old.ts`, '||||||| base', 'was', '=======', 'only mine', `>>>>>>> ${mine}:new.ts`, ''];
  const parts = [{ there: 'theirs', here: 'mine\nmore' }, { there: '', here: 'only mine' }];
  expect(clashParts(merged.join('\n'))).toEqual(parts);
  expect(clashParts(merged.join('\r\n'))).toEqual(parts);
});

it('takes no text for marks that only looks like them, and shortens what is long', () => {
  expect(clashParts(`Title\n=======\n<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> branch\n<<<<<<< ${onto}\nnever ends\n=======\n`)).toEqual([]);
  const long = (from: number) => Array.from({ length: 50 }, (_, at) => `line ${from + at}`).join('\n');
  const [part] = clashParts(`<<<<<<< ${onto}\n${long(0)}\n=======\n${long(100)}\n>>>>>>> ${mine}\n`);
  expect(part?.there.split('\n').slice(-2)).toEqual(['line 39', '… 10 more lines']);
  expect(clashParts(`<<<<<<< ${onto}\na\n=======\nb\n>>>>>>> ${mine}\n`.repeat(20))).toHaveLength(8);
});
