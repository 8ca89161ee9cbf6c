import type { FileChange, Finding } from '../../../src-main/contract/result.ts';
import type { Run } from '../../../src-main/contract/run.ts';
import { isFindingOut } from '../../../src-main/domain/review/left-out.ts';
import { countFindings } from '../../client/finding-words.ts';

/** Which files are listed. */
export type Which = 'all' | 'unviewed' | 'findings' | 'comments' | 'excluded';

export const WHICH_WORD: Readonly<Record<Which, string>> = {
  all: 'All files',
  unviewed: 'Not viewed yet',
  findings: 'With findings',
  comments: 'With comments',
  excluded: 'With something excluded',
};

/** What the list says about a file beside its change. */
export interface FileMarks {
  readonly viewed: boolean;
  readonly findings: number;
  /** The colour that they have together. */
  readonly findingTone: 'red' | 'amber' | 'grey';
  readonly comments: number;
  readonly excluded: boolean;
  readonly excludedHunks: number;
}

const NO_MARKS: FileMarks = { viewed: false, findings: 0, findingTone: 'grey', comments: 0, excluded: false, excludedHunks: 0 };

/** What was found, by path. What is left out is told in grey. */
const foundIn = (findings: readonly Finding[], run: Run): ReadonlyMap<string, Pick<FileMarks, 'findings' | 'findingTone'>> =>
  new Map(
    [...Map.groupBy(findings, ({ path }) => path)].flatMap(([path, all]) => {
      if (path === null) return [];
      const left = all.filter((finding) => !isFindingOut(finding, run));
      return [[path, { findings: countFindings(all).all, findingTone: left.length === 0 ? 'grey' : countFindings(left).tone }]];
    }),
  );

const counted = (paths: readonly (string | null)[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const path of paths) if (path !== null) counts.set(path, (counts.get(path) ?? 0) + 1);
  return counts;
};

/** The marks of every file. A file is viewed when what was looked at is what is there. */
export const marksOf = (files: readonly FileChange[], run: Run, findings: readonly Finding[]): ReadonlyMap<string, FileMarks> => {
  const found = foundIn(findings, run);
  const comments = counted(run.comments.map(({ path }) => path));
  const excluded = new Set(run.excluded);
  return new Map(
    files.map((file) => [
      file.path,
      {
        viewed: run.viewed[file.path] !== undefined && run.viewed[file.path] === (file.newBlob ?? file.oldBlob),
        ...(found.get(file.path) ?? { findings: 0, findingTone: 'grey' }),
        comments: comments.get(file.path) ?? 0,
        excluded: excluded.has(file.path),
        excludedHunks: run.excludedHunks[file.path]?.length ?? 0,
      },
    ]),
  );
};

export const marksFor = (marks: ReadonlyMap<string, FileMarks>, path: string): FileMarks => marks.get(path) ?? NO_MARKS;

const isIn = (which: Which, marks: FileMarks): boolean => {
  switch (which) {
    case 'all':
      return true;
    case 'unviewed':
      return !marks.viewed;
    case 'findings':
      return marks.findings > 0;
    case 'comments':
      return marks.comments > 0;
    case 'excluded':
      return marks.excluded || marks.excludedHunks > 0;
  }
};

/** The files that a filter leaves: by a mark, and by every word of a text that is somewhere in the path. */
export const filterFiles = (files: readonly FileChange[], marks: ReadonlyMap<string, FileMarks>, which: Which, text: string): readonly FileChange[] => {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  if (which === 'all' && words.length === 0) return files;
  return files.filter((file) => isIn(which, marksFor(marks, file.path)) && words.every((word) => file.path.toLowerCase().includes(word)));
};
