import { useEffect, useMemo, useRef, useState } from 'react';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { lineBeside, linesOfHunk, type DiffView, type Lines } from './diff-view.ts';
import { crossCursor, cursorAt, hunkAt, linesOfCursor, moveCursor, type Cursor } from './line-cursor.ts';
import { monaco } from './monaco.ts';
import { revealAcross } from './reveal-across.ts';
import type { ShownEditor } from './use-editor.ts';

/** Room left above what is gone to, in pixels: a hunk's bar and some lines of context. */
const ABOVE = 90;

/** The editor that a line can be seen in, and the line there. */
const placeOf = ({ editor: of, split }: ShownEditor, { side, from }: Pick<Lines, 'side' | 'from'>, hunks: readonly Hunk[]) => {
  const target = side === 'base' && split ? of?.getOriginalEditor() : of?.getModifiedEditor();
  const last = target?.getModel()?.getLineCount();
  if (!target || last === undefined) return null;
  return { target, line: Math.max(1, Math.min(last, side === 'base' && !split ? lineBeside(from, hunks) : from)) };
};

const goTo = (shown: ShownEditor, lines: Lines, hunks: readonly Hunk[]): void => {
  const place = placeOf(shown, lines, hunks);
  if (!place) return;
  place.target.setPosition({ lineNumber: place.line, column: 1 });
  place.target.setScrollTop(Math.max(0, place.target.getTopForLineNumber(place.line) - ABOVE));
};

const goToHunk = (shown: ShownEditor, hunk: Hunk, hunks: readonly Hunk[]): void => {
  goTo(shown, linesOfHunk(hunk), hunks);
  if (shown.editor) revealAcross(shown.editor, hunk, shown.split);
};

interface Place {
  /** Index of the hunk that the keys are about. */
  readonly at: number;
  /** The line that they are about; null: none, but the hunk. */
  readonly cursor: Cursor | null;
}
const FIRST: Place = { at: 0, cursor: null };

/** The current hunk and line, and what the rest of the review asks of the diff. `first`: where to begin, instead of the first hunk. */
export const useDiffView = (shown: ShownEditor, hunks: readonly Hunk[], first: Lines | null, onReady: (view: DiffView | null) => void) => {
  const [place, setPlace] = useState(FIRST);
  const now = useRef({ shown, hunks, place });
  useEffect(() => {
    now.current = { ...now.current, shown, hunks };
  });
  const actions = useMemo(() => {
    /** Known at once: of two keys in a row the second goes on from the first. */
    const go = (next: Place): void => {
      now.current = { ...now.current, place: next };
      setPlace(next);
    };
    const point = (cursor: Cursor): void => {
      const within = now.current.hunks.indexOf(hunkAt(cursor, now.current.hunks) as Hunk);
      go({ at: within < 0 ? now.current.place.at : within, cursor });
    };
    /** Where the cursor begins: at the current hunk, else at what is in sight. */
    const begin = (): Cursor => {
      const { shown: on, hunks: all, place: from } = now.current;
      const hunk = all[from.at];
      if (hunk) return cursorAt(linesOfHunk(hunk).side, linesOfHunk(hunk).from);
      return cursorAt('result', on.editor?.getModifiedEditor().getVisibleRanges()[0]?.startLineNumber ?? 1);
    };
    const show = ({ side, line }: Cursor): void => {
      const seen = placeOf(now.current.shown, { side, from: line }, now.current.hunks);
      seen?.target.revealLineInCenterIfOutsideViewport(seen.line, monaco.editor.ScrollType.Immediate);
    };
    const view = (path: string): DiffView => ({
      path,
      step: (by) => {
        const { shown: on, hunks: all, place: from } = now.current;
        const next = all[from.at + by];
        if (!next) return false;
        go({ at: from.at + by, cursor: null });
        goToHunk(on, next, all);
        return true;
      },
      hunk: () => now.current.hunks[now.current.place.at] ?? null,
      lines: () => {
        const { hunks: all, place: from } = now.current;
        const hunk = all[from.at];
        if (from.cursor) return linesOfCursor(from.cursor);
        return hunk ? linesOfHunk(hunk) : { side: 'result', from: 1, to: 1 };
      },
      reveal: (lines) => {
        const { shown: on, hunks: all, place: from } = now.current;
        const within = all.findIndex((hunk) => hunkAt({ side: lines.side, line: lines.from }, [hunk]) !== undefined);
        go({ at: within < 0 ? from.at : within, cursor: null });
        goTo(on, lines, all);
      },
      move: (by, extend) => {
        const { shown: on, hunks: all, place: from } = now.current;
        const next = from.cursor === null ? begin() : moveCursor(on, from.cursor, by, all);
        // A comment is about lines of one side.
        const anchor = extend && from.cursor?.side === next.side ? from.cursor.anchor : next.line;
        if (extend && from.cursor && from.cursor.side !== next.side) return;
        point({ ...next, anchor });
        show({ ...next, anchor });
      },
      cross: (to) => {
        const { shown: on, hunks: all, place: from } = now.current;
        if (!from.cursor || !on.split) return;
        point(crossCursor(on, from.cursor, to, all));
      },
      leave: () => {
        const had = now.current.place.cursor !== null;
        if (had) go({ at: now.current.place.at, cursor: null });
        return had;
      },
    });
    return { go, point, view };
  }, []);

  useEffect(() => {
    if (!shown.pair) return;
    const view = actions.view(shown.path);
    actions.go(FIRST);
    const [opening] = now.current.hunks;
    if (first) view.reveal(first);
    else if (opening) goToHunk(now.current.shown, opening, now.current.hunks);
    // What is shown across is known once the lines are drawn: the editor drops what was asked for before, when its bars come.
    const drawn = requestAnimationFrame(() => {
      const { shown: on, place: still } = now.current;
      if (!first && opening && on.editor && still === FIRST) revealAcross(on.editor, opening, on.split);
    });
    onReady(view);
    return () => {
      cancelAnimationFrame(drawn);
      onReady(null);
    };
    // A place is gone to once, when its text is there.
  }, [shown.pair, shown.path, first, actions, onReady]);

  const { editor: of, pair } = shown;
  useEffect(() => {
    if (!of || !pair) return undefined;
    // A click into the text puts the cursor there, and a choice of text is a choice of its lines.
    const follow = (one: monaco.editor.ICodeEditor, side: Lines['side']) =>
      one.onDidChangeCursorSelection(({ source, selection }) => {
        if (source !== 'mouse') return;
        const { startLineNumber, endLineNumber, endColumn } = selection;
        const end = endColumn === 1 && endLineNumber > startLineNumber ? endLineNumber - 1 : endLineNumber;
        actions.point({ side, line: end, anchor: startLineNumber });
      });
    const listening = [follow(of.getOriginalEditor(), 'base'), follow(of.getModifiedEditor(), 'result')];
    return () => listening.forEach((each) => each.dispose());
  }, [of, pair, actions]);

  return { current: hunks[place.at] ?? null, cursor: place.cursor, choose: (hunk: Hunk) => actions.go({ at: hunks.indexOf(hunk), cursor: null }) };
};
