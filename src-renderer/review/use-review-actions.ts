import type { RefObject } from 'react';
import { useActions } from '../client/actions.ts';
import { changeView, useReviewView } from './review-view.ts';
import { startDraft } from './diff/comment-drafts.ts';
import type { DiffView } from './diff/diff-view.ts';
import type { FileChange } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { checkSelection, setIncluded, setViewed } from './run-commands.ts';
import type { FileMarks } from './files/file-filter.ts';

interface Reviewed {
  readonly run: Run;
  readonly file: FileChange | null;
  readonly marks: FileMarks;
  readonly fixed: boolean;
  readonly canCheck: boolean;
  readonly view: RefObject<DiffView | null>;
  /** Goes to another file of those listed; false: there is none. */
  readonly step: (by: 1 | -1) => boolean;
  readonly onHunk: () => void;
  readonly onEvidence: () => void;
  readonly onBack: () => void;
}

/** Everything that is done to a result by key, under the keys of the tools that people know. */
export const useReviewActions = ({ run, file, marks, fixed, canCheck, view, step, onHunk, onEvidence, onBack }: Reviewed): void => {
  const { diff, hideWhitespace, wrap, files, showFiles, showEvidence } = useReviewView();
  const section = 'Review';
  const hunk = (by: 1 | -1) => (): void => {
    if (!view.current?.step(by)) step(by);
  };
  const viewed = (): void => {
    if (!file) return;
    void setViewed(run, file, !marks.viewed);
    if (!marks.viewed) step(1);
  };
  const comment = (): void => {
    const lines = view.current?.lines();
    if (file && lines) startDraft(run.id, file.path, lines);
  };
  useActions([
    { title: 'Go to the next file', section, keys: 'j', run: () => void step(1) },
    { title: 'Go to the previous file', section, keys: 'k', run: () => void step(-1) },
    { title: 'Go to the next hunk', section, keys: 'n', run: hunk(1) },
    { title: 'Go to the previous hunk', section, keys: 'p', run: hunk(-1) },
    { title: 'Comment on the line, the selection or the hunk', section, keys: 'c', run: comment },
    ...(fixed || !file
      ? []
      : [
          { title: 'Exclude or include the hunk', section, keys: 'x', run: onHunk },
          { title: marks.excluded ? 'Include the file' : 'Exclude the file', section, keys: 'X', run: () => void setIncluded(run, [file.path], marks.excluded) },
        ]),
    { title: marks.viewed ? 'Mark the file as not viewed' : 'Mark the file as viewed, go to the next', section, keys: 'v', run: viewed },
    { title: 'Go to the evidence', section, keys: 'e', also: 'checks findings criteria', run: onEvidence },
    ...(canCheck ? [{ title: 'Run the checks on what is selected', section, keys: 'r', also: 'evidence test', run: () => void checkSelection(run) }] : []),
    { title: hideWhitespace ? 'Show changes of white space' : 'Hide changes of white space', section, keys: 'w', run: () => changeView({ hideWhitespace: !hideWhitespace }) },
    { title: diff === 'split' ? 'Show the changes inline' : 'Show the changes side by side', section, keys: 's', also: 'split unified layout', run: () => changeView({ diff: diff === 'split' ? 'inline' : 'split' }) },
    { title: wrap ? 'Do not wrap long lines' : 'Wrap long lines', section, run: () => changeView({ wrap: !wrap }) },
    { title: files === 'tree' ? 'List the files' : 'Show the files as a tree', section, run: () => changeView({ files: files === 'tree' ? 'list' : 'tree' }) },
    { title: showFiles ? 'Hide the files' : 'Show the files', section, keys: '[', run: () => changeView({ showFiles: !showFiles }) },
    { title: showEvidence ? 'Hide the evidence' : 'Show the evidence', section, keys: ']', run: () => changeView({ showEvidence: !showEvidence }) },
    { title: 'Go back', section, keys: 'u', run: onBack },
  ]);
};
