import { useEffect, useRef, type ReactElement } from 'react';
import { languageOf, monaco } from './monaco.ts';

export interface DiffEditorProps {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Given the editor's way to the next and previous hunk while it is shown. */
  readonly onReady: (goTo: ((direction: 'next' | 'previous') => void) | null) => void;
}

/** Longer than the editor's worker takes to answer about a pair that was on screen for a moment, in milliseconds. */
const RELEASE_AFTER_MS = 5_000;

/** Lets go of both texts later: the worker may still be comparing them, and a text that is gone would be an error to it. */
const release = (model: ReturnType<ReturnType<typeof monaco.editor.createDiffEditor>['getModel']>): void => {
  setTimeout(() => {
    model?.original.dispose();
    model?.modified.dispose();
  }, RELEASE_AFTER_MS);
};

/** Both sides of a text file, unchanged parts folded. Read-only; nothing in the text is a link. */
const DiffEditor = ({ path, before, after, onReady }: DiffEditorProps): ReactElement => {
  const box = useRef<HTMLDivElement>(null);
  const editor = useRef<ReturnType<typeof monaco.editor.createDiffEditor> | null>(null);

  useEffect(() => {
    if (!box.current) return;
    const created = monaco.editor.createDiffEditor(box.current, {
      automaticLayout: true,
      readOnly: true,
      domReadOnly: true,
      originalEditable: false,
      renderSideBySide: true,
      renderSideBySideInlineBreakpoint: 560,
      useInlineViewWhenSpaceIsLimited: true,
      hideUnchangedRegions: { enabled: true, contextLineCount: 3, minimumLineCount: 3, revealLineCount: 20 },
      ignoreTrimWhitespace: false,
      renderMarginRevertIcon: false,
      renderGutterMenu: false,
      minimap: { enabled: false },
      renderOverviewRuler: false,
      overviewRulerLanes: 0,
      scrollBeyondLastLine: false,
      fontSize: 12,
      lineHeight: 18,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      links: false,
      contextmenu: false,
      stickyScroll: { enabled: false },
    });
    editor.current = created;
    onReady((direction) => created.goToDiff(direction));
    return () => {
      onReady(null);
      const model = created.getModel();
      created.dispose();
      release(model);
    };
  }, [onReady]);

  useEffect(() => {
    const shown = editor.current;
    if (!shown) return;
    const language = languageOf(path);
    const old = shown.getModel();
    shown.setModel({ original: monaco.editor.createModel(before, language), modified: monaco.editor.createModel(after, language) });
    release(old);
  }, [path, before, after]);

  return <div className="diff-editor" ref={box} data-testid="diff" />;
};

export default DiffEditor;
