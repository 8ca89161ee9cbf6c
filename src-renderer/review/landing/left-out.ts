import type { Hunk } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { visibleText } from '../../../src-main/domain/visible-text.ts';
import { count } from '../../ui/format.ts';
import { linesOfHunk } from '../diff/diff-view.ts';

/** More than these are counted: the review shows which they are. */
const NAMED = 4;

/** Hunks by the path of their file, as far as they are known. */
export type KnownHunks = ReadonlyMap<string, readonly Hunk[]>;

const someOf = (parts: readonly string[]): string => (parts.length <= NAMED ? parts.join(', ') : `${parts.slice(0, NAMED - 1).join(', ')} and ${parts.length - NAMED + 1} more`);

const linesInWords = (hunks: readonly Hunk[], side: 'base' | 'result'): string | null => {
  const lines = hunks.map(linesOfHunk).filter((each) => each.side === side);
  if (lines.length === 0) return null;
  const isOne = lines.every(({ from, to }) => from === to) && lines.length === 1;
  return `${side === 'base' ? 'removed ' : ''}${isOne ? 'line' : 'lines'} ${someOf(lines.map(({ from, to }) => (from === to ? String(from) : `${from}–${to}`)))}`;
};

/** Which lines of a file the hunks are: of the result, and of the base where they only remove some. */
const hunksInWords = (path: string, ids: readonly string[], known: KnownHunks): string => {
  const hunks = known.get(path)?.filter(({ id }) => ids.includes(id)) ?? [];
  const words = hunks.length === ids.length ? [linesInWords(hunks, 'result'), linesInWords(hunks, 'base')].filter((each) => each !== null).join(' and ') : count(ids.length, 'hunk');
  return `${words} of ${visibleText(path)}`;
};

/** What of the result is not landed: files, and lines of files that stay in; empty when all of it is. */
export const leftOutInWords = ({ excluded, excludedHunks }: Pick<Run, 'excluded' | 'excludedHunks'>, known: KnownHunks): string => {
  const hunks = Object.entries(excludedHunks).filter(([path, ids]) => ids.length > 0 && !excluded.includes(path));
  return someOf([...excluded.map(visibleText), ...hunks.map(([path, ids]) => hunksInWords(path, ids, known))]);
};
