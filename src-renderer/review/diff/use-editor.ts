import { useEffect, useRef, useState, type RefObject } from 'react';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { useReviewView } from '../review-view.ts';
import { showAsHunks } from './hunk-diff.ts';
import { languageOf, monaco } from './monaco.ts';

/** Longer than the editor's worker takes to answer about a pair that was on screen for a moment, in milliseconds. */
const RELEASE_AFTER_MS = 5_000;
/** Narrower than this two sides cannot be read beside each other, in pixels. */
const SPLIT_FROM = 700;

/** Lets go of both texts later: the worker may still be looking at them, and a text that is gone would be an error to it. */
const release = (pair: editor.IDiffEditorModel | null): void => {
  setTimeout(() => {
    pair?.original.dispose();
    pair?.modified.dispose();
  }, RELEASE_AFTER_MS);
};

/** Named at every change of the options: the editor forgets them otherwise. */
const NAMES = { originalAriaLabel: 'Base', modifiedAriaLabel: 'Result' };

const OPTIONS: editor.IStandaloneDiffEditorConstructionOptions = {
  automaticLayout: true,
  readOnly: true,
  domReadOnly: true,
  // A text field as readers know it; the editor's newer way of typing is not spoken by all of them.
  editContext: false,
  originalEditable: false,
  useInlineViewWhenSpaceIsLimited: false,
  hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 4, revealLineCount: 20 },
  renderMarginRevertIcon: false,
  renderGutterMenu: false,
  minimap: { enabled: false },
  renderOverviewRuler: false,
  overviewRulerLanes: 0,
  overviewRulerBorder: false,
  scrollBeyondLastLine: false,
  fontSize: 12,
  lineHeight: 18,
  links: false,
  contextmenu: false,
  stickyScroll: { enabled: false },
  renderControlCharacters: true,
  unicodeHighlight: { invisibleCharacters: true, ambiguousCharacters: true, nonBasicASCII: false, includeComments: true, includeStrings: true },
  bracketPairColorization: { enabled: false },
  renderFinalNewline: 'on',
  guides: { indentation: false },
  occurrencesHighlight: 'off',
  selectionHighlight: false,
  matchBrackets: 'never',
  cursorStyle: 'line-thin',
  scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  padding: { bottom: 24 },
};

export interface ShownText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** null: the editor compares by itself. */
  readonly hunks: readonly Hunk[] | null;
}

export interface ShownEditor {
  readonly editor: editor.IStandaloneDiffEditor | null;
  /** The texts in it, once they are compared. */
  readonly pair: editor.IDiffEditorModel | null;
  readonly split: boolean;
}

/** Whether a box is wide enough for two sides. */
const useWide = (box: RefObject<HTMLElement | null>): boolean => {
  const [wide, setWide] = useState(true);
  useEffect(() => {
    const sizes = new ResizeObserver(([entry]) => setWide((entry?.contentRect.width ?? SPLIT_FROM) >= SPLIT_FROM));
    if (box.current) sizes.observe(box.current);
    return () => sizes.disconnect();
  }, [box]);
  return wide;
};

/** One editor that shows a pair of texts after the other, in the way that the person has chosen. */
export const useEditor = (box: RefObject<HTMLElement | null>, { path, before, after, hunks }: ShownText): ShownEditor => {
  const [shown, setShown] = useState<editor.IStandaloneDiffEditor | null>(null);
  const [pair, setPair] = useState<editor.IDiffEditorModel | null>(null);
  const { diff, hideWhitespace, wrap } = useReviewView();
  const wide = useWide(box);
  const split = diff === 'split' && wide;
  const first = useRef({ split, hideWhitespace, wrap });

  useEffect(() => {
    if (!box.current) return;
    const mono = getComputedStyle(document.documentElement).getPropertyValue('--mono');
    const { split: side, hideWhitespace: hidden, wrap: wrapped } = first.current;
    const created = monaco.editor.createDiffEditor(box.current, { ...OPTIONS, ...NAMES, fontFamily: mono, renderSideBySide: side, ignoreTrimWhitespace: hidden, diffWordWrap: wrapped ? 'on' : 'off' });
    setShown(created);
    return () => {
      const last = created.getModel();
      created.dispose();
      release(last);
      setShown(null);
      setPair(null);
    };
  }, [box]);

  useEffect(() => shown?.updateOptions({ ...NAMES, renderSideBySide: split, ignoreTrimWhitespace: hideWhitespace, diffWordWrap: wrap ? 'on' : 'off' }), [shown, split, hideWhitespace, wrap]);

  useEffect(() => {
    if (!shown) return;
    const language = languageOf(path);
    const next = { original: monaco.editor.createModel(before, language), modified: monaco.editor.createModel(after, language) };
    if (hunks !== null) showAsHunks(next.modified, hunks);
    const old = shown.getModel();
    const compared = shown.onDidUpdateDiff(() => {
      compared.dispose();
      setPair(next);
    });
    shown.setModel(next);
    release(old);
    return () => compared.dispose();
  }, [shown, path, before, after, hunks]);

  return { editor: shown, pair: shown?.getModel()?.modified === pair?.modified ? pair : null, split };
};
