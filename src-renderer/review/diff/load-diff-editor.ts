import { useEffect, useState } from 'react';
import { loadPart } from '../../client/load-part.ts';
import type DiffEditor from './diff-editor.tsx';

type Loaded = typeof DiffEditor;

let editor: Loaded | null = null;
let loading: Promise<Loaded> | null = null;

/** The editor is most of the window's code and comes when it is needed, or when it will be needed soon and nothing else is to be done. */
export const loadDiffEditor = (): Promise<Loaded> => {
  loading ??= loadPart(() => import('./diff-editor.tsx')).then(
    (module) => (editor = module.default),
    (error: unknown) => {
      loading = null;
      throw error;
    },
  );
  return loading;
};

/**
 * The editor, or null until it has come. Not by `lazy`: that shows its fallback even for what is there already, and what has shown
 * a fallback is held back for 300 ms.
 */
export const useDiffEditor = (): Loaded | null => {
  const [ended, setEnded] = useState<{ readonly error: unknown } | null>(null);
  useEffect(() => {
    if (editor !== null) return;
    let isWanted = true;
    loadDiffEditor().then(
      () => isWanted && setEnded({ error: null }),
      (error: unknown) => isWanted && setEnded({ error }),
    );
    return () => {
      isWanted = false;
    };
  }, []);
  if (editor === null && ended !== null) throw ended.error;
  return editor;
};
