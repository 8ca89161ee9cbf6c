import type { editor } from 'monaco-editor/editor/editor.api.js';
import { Range } from 'monaco-editor/editor/editor.api.js';
import { LineRange } from 'monaco-editor/editor/common/core/ranges/lineRange.js';
import { linesDiffComputers } from 'monaco-editor/editor/common/diff/linesDiffComputers.js';
import { DetailedLineRangeMapping, RangeMapping, type DocumentDiff } from 'monaco-editor/editor/common/diff/rangeMapping.js';
import { IEditorWorkerService, type DiffOptions } from 'monaco-editor/editor/common/services/editorWorker.js';
import { StandaloneServices } from 'monaco-editor/editor/standalone/browser/standaloneServices.js';
import type { Hunk } from '../../../src-main/contract/result.ts';

/** Hunks by the text of the result that they lead to. A text without an entry is compared by the editor itself. */
const hunksOfText = new WeakMap<editor.ITextModel, readonly Hunk[]>();

/** Has the editor show exactly git's hunks for a text: what is excluded by hunk is then what is seen as one. */
export const showAsHunks = (modified: editor.ITextModel, hunks: readonly Hunk[]): void => {
  hunksOfText.set(modified, hunks);
};

/** Larger hunks are marked by their lines alone. */
const MOST_LINES_COMPARED = 400;
/** Comparing the words of one hunk, and of all, may take this long, in milliseconds: it is done while the file is opened. */
const LONGEST_MS = 20;
const LONGEST_ALL_MS = 80;

/** The first hunks, which are looked at first, are compared whatever the machine is busy with, when they are as small as this: characters. */
const FIRST_HUNKS = 8;
const SMALL = 2_000;

/** First line of a side's part; a length of 0 stands behind its start. */
const firstLine = (start: number, lines: number): number => (lines === 0 ? start + 1 : start);

const linesOf = (model: editor.ITextModel, from: number, count: number): string[] => Array.from({ length: count }, (_, at) => (from + at <= model.getLineCount() ? model.getLineContent(from + at) : ''));

const moved = (range: { startLineNumber: number; startColumn: number; endLineNumber: number; endColumn: number }, by: number): Range =>
  new Range(range.startLineNumber + by, range.startColumn, range.endLineNumber + by, range.endColumn);

/** What changed within the lines of a hunk, where both sides have some. */
const wordsOf = (original: editor.ITextModel, modified: editor.ITextModel, hunk: Hunk, { first, late }: { readonly first: boolean; readonly late: boolean }): RangeMapping[] | undefined => {
  if (hunk.oldLines === 0 || hunk.newLines === 0 || hunk.oldLines + hunk.newLines > MOST_LINES_COMPARED) return undefined;
  const [before, after] = [linesOf(original, hunk.oldStart, hunk.oldLines), linesOf(modified, hunk.newStart, hunk.newLines)];
  const isSmall = [...before, ...after].reduce((sum, line) => sum + line.length, 0) <= SMALL;
  if (late && !(first && isSmall)) return undefined;
  // 0: no limit.
  const options = { ignoreTrimWhitespace: false, maxComputationTimeMs: first && isSmall ? 0 : LONGEST_MS, computeMoves: false };
  const { changes } = linesDiffComputers.getDefault().computeDiff(before, after, options);
  return changes.flatMap((change) => change.innerChanges ?? []).map((each) => new RangeMapping(moved(each.originalRange, hunk.oldStart - 1), moved(each.modifiedRange, hunk.newStart - 1)));
};

const onlyWhitespace = (original: editor.ITextModel, modified: editor.ITextModel, hunk: Hunk): boolean => {
  if (hunk.oldLines !== hunk.newLines) return false;
  const now = linesOf(modified, hunk.newStart, hunk.newLines);
  return linesOf(original, hunk.oldStart, hunk.oldLines).every((line, at) => line.trim() === now[at]?.trim());
};

const diffOf = (original: editor.ITextModel, modified: editor.ITextModel, hunks: readonly Hunk[], ignoreTrimWhitespace: boolean): DocumentDiff => {
  const shown = ignoreTrimWhitespace ? hunks.filter((hunk) => !onlyWhitespace(original, modified, hunk)) : hunks;
  const until = performance.now() + LONGEST_ALL_MS;
  const changes = shown.map((hunk, at) => {
    const from = firstLine(hunk.oldStart, hunk.oldLines);
    const now = firstLine(hunk.newStart, hunk.newLines);
    return new DetailedLineRangeMapping(new LineRange(from, from + hunk.oldLines), new LineRange(now, now + hunk.newLines), wordsOf(original, modified, hunk, { first: at < FIRST_HUNKS, late: performance.now() >= until }));
  });
  return { identical: changes.length === 0, quitEarly: false, changes, moves: [] };
};

const never = (): { dispose(): void } => ({ dispose: () => undefined });

/** Takes the place of the editor's own comparison. Must run before anything else of the editor does. */
export const installHunkDiff = (): void => {
  StandaloneServices.initialize({
    diffProviderFactoryService: {
      createDiffProvider: () => ({
        onDidChange: never,
        computeDiff: async (original: editor.ITextModel, modified: editor.ITextModel, options: DiffOptions): Promise<DocumentDiff> => {
          const nothing = { identical: false, quitEarly: true, changes: [], moves: [] };
          if (original.isDisposed() || modified.isDisposed()) return nothing;
          const hunks = hunksOfText.get(modified);
          if (hunks !== undefined) return diffOf(original, modified, hunks, options.ignoreTrimWhitespace);
          return (await StandaloneServices.get(IEditorWorkerService).computeDiff(original.uri, modified.uri, options, 'advanced')) ?? nothing;
        },
      }),
    },
  });
};
