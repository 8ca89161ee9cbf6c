import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import type { Hunk } from '../../../src-main/contract/result.ts';
import { setNarrow, setTooLong, useReviewView, useWrapped } from '../review-view.ts';
import { showAsHunks } from './hunk-diff.ts';
import { longestChange } from './longest-line.ts';
import { languageOf, monaco } from './monaco.ts';

/** Longer than the editor's worker takes to answer about a pair that was on screen for a moment, in milliseconds. */
const RELEASE_AFTER_MS = 5_000;
/** Narrower than this two sides cannot be read beside each other, in pixels. */
const SPLIT_FROM = 760;

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
  fontLigatures: false,
  // Room between the sign of a change and the text.
  lineDecorationsWidth: 18,
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
  /** The texts in it, once they are compared, and whose they are. */
  readonly pair: editor.IDiffEditorModel | null;
  readonly path: string;
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
  const [compared, setCompared] = useState<(ShownText & { readonly pair: editor.IDiffEditorModel }) | null>(null);
  const { diff, hideWhitespace } = useReviewView();
  const wrap = useWrapped();
  const longest = useMemo(() => longestChange(before, after, hunks), [before, after, hunks]);
  const wide = useWide(box);
  const split = diff === 'split' && wide;
  useEffect(() => {
    setNarrow(!wide);
    return () => setNarrow(false);
  }, [wide]);
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
      setCompared(null);
    };
  }, [box]);

  useEffect(() => shown?.updateOptions({ ...NAMES, renderSideBySide: split, ignoreTrimWhitespace: hideWhitespace, diffWordWrap: wrap ? 'on' : 'off' }), [shown, split, hideWhitespace, wrap]);

  // Before the text is set: what is wrapped is so from the first frame on.
  useEffect(() => {
    if (!shown) return undefined;
    const [one, other] = [shown.getModifiedEditor(), shown.getOriginalEditor()];
    const look = (): void => {
      const widths = [one, ...(split ? [other] : [])].map((each) => each.getLayoutInfo()).map(({ contentWidth, verticalScrollbarWidth }) => contentWidth - verticalScrollbarWidth);
      const fits = Math.floor(Math.min(...widths) / one.getOption(monaco.editor.EditorOption.fontInfo).typicalHalfwidthCharacterWidth);
      setTooLong(longest > fits);
    };
    look();
    const laidOut = one.onDidLayoutChange(look);
    return () => {
      laidOut.dispose();
      setTooLong(false);
    };
  }, [shown, split, longest]);

  useEffect(() => {
    if (!shown) return;
    const language = languageOf(path);
    const next = { original: monaco.editor.createModel(before, language), modified: monaco.editor.createModel(after, language) };
    if (hunks !== null) showAsHunks(next.modified, hunks);
    const old = shown.getModel();
    const listening = shown.onDidUpdateDiff(() => {
      listening.dispose();
      setCompared({ pair: next, path, before, after, hunks });
    });
    shown.setModel(next);
    release(old);
    return () => listening.dispose();
  }, [shown, path, before, after, hunks]);

  // What is on screen until the next texts are compared is of the file before: nothing is to be said of it or done to it any more.
  const isCurrent = compared !== null && compared.path === path && compared.before === before && compared.after === after && compared.hunks === hunks;
  const pair = isCurrent && shown?.getModel()?.modified === compared.pair.modified ? compared.pair : null;
  return { editor: shown, pair, path, split };
};
