import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { dataDirectoryOption } from '../../src-main/shell/data-directory-option.ts';

it.each([
  [['electron', '.', '--data-dir', 'here'], resolve('here')],
  [['electron', '.', '--data-dir=here', '--x'], resolve('here')],
  [['electron', '.', '--data-dir='], null],
  [['electron', '.', '--data-dir'], null],
  [['electron', '.', '--data-directory=x'], null],
  [[], null],
])('%j', (argv, expected) => expect(dataDirectoryOption(argv)).toBe(expected));
