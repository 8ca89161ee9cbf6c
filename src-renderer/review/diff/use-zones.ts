import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { editor } from 'monaco-editor/editor/editor.api.js';
import { createZones, type Zone } from './zones.ts';

const NONE: ReadonlyMap<string, HTMLElement> = new Map();

/**
 * The elements of an editor's zones that are in sight, by key. `text` names the text that the zones are of. They are filled at
 * once: the next key press may already be for a field in one.
 */
export const useZones = (of: editor.ICodeEditor | null, text: object | null, zones: readonly Zone[]): ReadonlyMap<string, HTMLElement> => {
  const [elements, setElements] = useState(NONE);
  const kept = useRef<ReturnType<typeof createZones> | null>(null);
  useEffect(() => {
    if (!of || !text) return;
    const made = createZones(of, (next) => flushSync(() => setElements(next)));
    kept.current = made;
    return () => {
      kept.current = null;
      // An editor that is gone has taken its zones with it.
      if (of.getModel()) made.set([]);
      made.dispose();
    };
  }, [of, text]);
  useEffect(() => kept.current?.set(zones), [of, text, zones]);
  return elements;
};
