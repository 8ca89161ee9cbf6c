import type { RefObject } from 'react';
import { useActions, type Action } from '../client/actions.ts';
import { showDone } from '../ui/toast.tsx';
import { changeView, toggleLayout, toggleWrap, useReviewView, useWrapped } from './review-view.ts';
import { startDraft } from './diff/comment-drafts.ts';
import type { DiffView } from './diff/diff-view.ts';
import type { FileChange } from '../../src-main/contract/result.ts';
import type { Run } from '../../src-main/contract/run.ts';
import { setIncluded, setViewed } from './run-commands.ts';
import type { FileMarks } from './files/file-filter.ts';

interface Reviewed {
  readonly run: Run;
  readonly file: FileChange | null;
  readonly marks: FileMarks;
  readonly fixed: boolean;
  readonly canCheck: boolean;
  readonly onCheck: () => void;
  readonly view: RefObject<DiffView | null>;
  /** The files are known: before that there is none to go to. */
  readonly hasFiles: boolean;
  /** Goes to another file of those listed; false: there is none. */
  readonly step: (by: 1 | -1) => boolean;
  readonly onHunk: () => void;
  readonly onEvidence: () => void;
  readonly onBack: () => void;
}

const nothing = (): void => undefined;

/** The keys of the line cursor: they are the diff's own, since arrows also move in what else has the focus. */
const LINE_KEYS: readonly Action[] = [
  { title: 'Go to the next line', section: 'Review', keys: 'ArrowDown', hidden: true, told: true, run: nothing },
  { title: 'Go to the previous line', section: 'Review', keys: 'ArrowUp', hidden: true, told: true, run: nothing },
  { title: 'Choose lines downwards', section: 'Review', keys: 'shift+ArrowDown', hidden: true, told: true, run: nothing },
  { title: 'Choose lines upwards', section: 'Review', keys: 'shift+ArrowUp', hidden: true, told: true, run: nothing },
  { title: 'Go to the base beside the line', section: 'Review', keys: 'ArrowLeft', hidden: true, told: true, run: nothing },
  { title: 'Go to the result beside the line', section: 'Review', keys: 'ArrowRight', hidden: true, told: true, run: nothing },
];

/** What a key does to the line cursor of a diff; false: it is not one of its keys. */
export const moveByKey = (view: DiffView, { key, shiftKey, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>): boolean => {
  if (ctrlKey || metaKey || altKey) return false;
  if (key === 'Escape') return view.leave();
  if (key === 'ArrowDown' || key === 'ArrowUp') view.move(key === 'ArrowDown' ? 1 : -1, shiftKey);
  else if (!shiftKey && key === 'ArrowLeft') view.cross('base');
  else if (!shiftKey && key === 'ArrowRight') view.cross('result');
  else return false;
  return true;
};

/** Everything that is done to a result by key, under the keys of the tools that people know. */
export const useReviewActions = ({ run, file, marks, fixed, canCheck, onCheck, view, hasFiles, step, onHunk, onEvidence, onBack }: Reviewed): void => {
  const { diff, hideWhitespace, files, showFiles, showEvidence } = useReviewView();
  const wrapped = useWrapped();
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
    // What has no lines, as a binary, is commented on as a file.
    if (file && view.current?.path === file.path) startDraft(run.id, file.path, view.current.lines());
  };
  useActions([
    { title: 'Go to the next file', section, keys: 'j', early: hasFiles, run: () => void step(1) },
    { title: 'Go to the previous file', section, keys: 'k', early: hasFiles, run: () => void step(-1) },
    { title: 'Go to the next hunk', section, keys: 'n', run: hunk(1) },
    { title: 'Go to the previous hunk', section, keys: 'p', run: hunk(-1) },
    ...LINE_KEYS,
    { title: 'Comment on the line, the lines, the hunk or the file', section, keys: 'c', run: comment },
    ...(fixed || !file
      ? []
      : [
          { title: 'Exclude or include the hunk', section, keys: 'x', run: onHunk },
          { title: marks.excluded ? 'Include the file' : 'Exclude the file', section, keys: 'X', run: () => void setIncluded(run, [file.path], marks.excluded) },
        ]),
    { title: marks.viewed ? 'Mark the file as not viewed' : 'Mark the file as viewed, go to the next', section, keys: 'v', run: viewed },
    { title: 'Go to the evidence; again: base or result', section, keys: 'e', also: 'checks findings criteria output', run: onEvidence },
    // In the list of keys also where it is not offered now: after the next exclusion it is.
    { title: 'Run the checks on what is selected', section, keys: 'r', also: 'evidence test', ...(!canCheck && { told: true, hidden: true }), run: onCheck },
    { title: hideWhitespace ? 'Show changes of white space' : 'Hide changes of white space', section, keys: 'w', run: () => changeView({ hideWhitespace: !hideWhitespace }) },
    { title: diff === 'split' ? 'Show the changes inline' : 'Show the changes side by side', section, keys: 's', also: 'split unified layout', run: () => toggleLayout(showDone) },
    { title: wrapped ? 'Do not wrap long lines' : 'Wrap long lines', section, keys: 'W', run: toggleWrap },
    { title: files === 'tree' ? 'List the files' : 'Show the files as a tree', section, run: () => changeView({ files: files === 'tree' ? 'list' : 'tree' }) },
    { title: showFiles ? 'Hide the files' : 'Show the files', section, keys: '[', run: () => changeView({ showFiles: !showFiles }) },
    { title: showEvidence ? 'Hide the evidence' : 'Show the evidence', section, keys: ']', run: () => changeView({ showEvidence: !showEvidence }) },
    { title: 'Go back', section, keys: 'u', early: true, run: onBack },
  ]);
};
