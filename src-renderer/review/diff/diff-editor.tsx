import { useMemo, useRef, type ReactElement } from 'react';
import { createPortal } from 'react-dom';
import type { RunId } from '../../../src-main/contract/ids.ts';
import type { Comment, Hunk } from '../../../src-main/contract/result.ts';
import { dropDraft, startDraft, startEdit, useDrafts, type Draft } from './comment-drafts.ts';
import { CommentForm } from './comment-form.tsx';
import { CommentNote, linesInWords } from './comment-note.tsx';
import { isOnLines, linesOfHunk, type DiffView, type LineComment, type Lines, type Side } from './diff-view.ts';
import { HunkBar } from './hunk-bar.tsx';
import { hunkAt, linesOfCursor } from './line-cursor.ts';
import { useCommentGutter } from './use-comment-gutter.ts';
import { useCursorMarks } from './use-cursor-marks.ts';
import { useDiffView } from './use-diff-view.ts';
import { useEditor } from './use-editor.ts';
import { useMarks } from './use-marks.ts';
import { useRemovedMarks } from './use-removed-marks.ts';
import { useRemovedNumbers, type RemovedSaid } from './use-removed-numbers.ts';
import { useZones } from './use-zones.ts';
import { barZones, textZones, type Place } from './zone-places.ts';
import type { Zone } from './zones.ts';

export interface DiffEditorProps {
  readonly runId: RunId;
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** null: not known; the editor compares by itself and nothing can be chosen. */
  readonly hunks: readonly Hunk[] | null;
  /** Ids of the hunks that are taken out. */
  readonly out: ReadonlySet<string>;
  readonly fixed: boolean;
  readonly comments: readonly LineComment[];
  /** Whether comments can be made: not on what is still being worked on. */
  readonly commentable?: boolean;
  /** Where to begin. */
  readonly at: Lines | null;
  readonly onHunk: (hunk: Hunk, included: boolean) => void;
  readonly onKeep: (comment: Omit<Comment, 'at'>) => Promise<boolean>;
  readonly onRemove: (comment: Comment) => void;
  readonly onReady: (view: DiffView | null) => void;
}

/** Heights until the content is measured, in pixels. */
const NOTE = 72;
const FORM = 128;
const NO_HUNKS: readonly Hunk[] = [];
const NOTHING_SAID: readonly RemovedSaid[] = [];
const NOT_SHOWN = { editor: null, pair: null, path: '', split: false };

/** Both sides of a text, with what is said about its lines and what is chosen of its hunks. Read-only; nothing in the text is a link. */
const DiffEditor = (props: DiffEditorProps): ReactElement => {
  const { runId, path, hunks: known, out, fixed, comments, commentable = true, at, onHunk, onKeep, onRemove, onReady } = props;
  const box = useRef<HTMLDivElement>(null);
  const shown = useEditor(box, props);
  const hunks = known ?? NO_HUNKS;
  const { current, cursor, choose } = useDiffView(shown, hunks, at, onReady);
  const all = useDrafts((state) => state.drafts);
  const drafts = useMemo(() => all.filter((draft) => draft.runId === runId && draft.path === path).filter(isOnLines), [all, runId, path]);
  // Where drafts are, apart from what is in them: typing moves no zone.
  const places = JSON.stringify(drafts.map(({ id, side, to }) => ({ id, side, to })));
  const comment = (lines: Lines): void => startDraft(runId, path, lines);
  const removedSaid = useMemo(() => {
    const begun = JSON.parse(places) as readonly Place[];
    const isIn = (hunk: Hunk) => ({ side, to }: Place) => side === 'base' && hunkAt({ side, line: to }, [hunk]) !== undefined;
    return hunks.map((hunk) => ({ hunk, zones: [...new Set([...comments, ...begun].filter(isIn(hunk)).map(({ id }) => id))] })).filter(({ zones }) => zones.length > 0);
  }, [hunks, comments, places]);
  useMarks(shown, hunks, out, comments, removedSaid);
  useRemovedMarks(shown, hunks, out);
  useCursorMarks(shown, cursor, hunks);
  useCommentGutter(commentable ? shown : NOT_SHOWN, comment);

  const { split } = shown;
  const zonesOf = useMemo(() => {
    const begun = JSON.parse(places) as readonly Place[];
    const kept = comments.filter(({ id }) => !begun.some((draft) => draft.id === id));
    const of = (side: Side): Zone[] => [...barZones(side, hunks, split), ...textZones(side, kept, hunks, split, NOTE), ...textZones(side, begun, hunks, split, FORM)];
    return { base: split ? of('base') : [], result: of('result') };
  }, [hunks, split, comments, places]);
  const base = useZones(shown.editor?.getOriginalEditor() ?? null, shown.pair, zonesOf.base);
  const result = useZones(shown.editor?.getModifiedEditor() ?? null, shown.pair, zonesOf.result);

  const moved = useRemovedNumbers(split ? NOTHING_SAID : removedSaid, result);

  const keep = async ({ id, side, from, to, text }: Draft): Promise<void> => {
    const kept = { id, path, side, from, to, text };
    dropDraft(id);
    // What was refused is typed text again.
    if (!(await onKeep(kept))) startEdit(runId, kept);
  };
  const inside = (key: string): ReactElement | null => {
    const number = hunks.findIndex(({ id }) => id === key);
    const hunk = hunks[number];
    if (hunk) {
      return (
        <HunkBar
          hunk={hunk}
          number={number + 1}
          of={hunks.length}
          included={!out.has(key)}
          current={hunk === current}
          fixed={fixed}
          onInclude={(included) => {
            choose(hunk);
            onHunk(hunk, included);
          }}
          onComment={() => comment(linesOfHunk(hunk))}
        />
      );
    }
    const draft = drafts.find(({ id }) => id === key);
    if (draft) return <CommentForm draft={draft} onKeep={(each) => void keep(each)} />;
    const note = comments.find(({ id }) => id === key);
    return note ? <CommentNote comment={note} onEdit={() => startEdit(runId, note)} onRemove={() => onRemove(note)} /> : null;
  };
  return (
    <>
      <div className="diff-editor" ref={box} data-testid="diff">
        {[...base, ...result].map(([key, element]) => createPortal(inside(key), element, key))}
      </div>
      {moved !== '' && <style>{moved}</style>}
      <span className="hidden-text" role="status" data-testid="cursor">
        {cursor && linesInWords(linesOfCursor(cursor))}
      </span>
    </>
  );
};

export default DiffEditor;
