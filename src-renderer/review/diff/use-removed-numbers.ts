import { useEffect, useState } from 'react';
import type { Hunk } from '../../../src-main/contract/result.ts';

/** A hunk with something said of its removed lines. */
export interface RemovedSaid {
  readonly hunk: Hunk;
  /** The zones in which it is said. */
  readonly zones: readonly string[];
}

/** Names the lines of a hunk whose numbers are to be moved. */
export const movedNumbers = ({ oldStart }: Hunk): string => `moved-${oldStart}`;

const ruleOf = ({ hunk, zones }: RemovedSaid, elements: ReadonlyMap<string, HTMLElement>): string =>
  `.monaco-editor .margin-view-overlays > div:has(> .${movedNumbers(hunk)}) { transform: translateY(-${zones.reduce((sum, key) => sum + (elements.get(key)?.offsetHeight ?? 0), 0)}px); }`;

/**
 * In one column a comment stands between the removed lines and the next. Their numbers are the other editor's, which has left that room
 * above them: gives back the style that moves them up by the height of what is said.
 */
export const useRemovedNumbers = (said: readonly RemovedSaid[], elements: ReadonlyMap<string, HTMLElement>): string => {
  const [style, setStyle] = useState('');
  useEffect(() => {
    if (said.length === 0) return setStyle('');
    const measure = (): void => setStyle(said.map((each) => ruleOf(each, elements)).join('\n'));
    const sizes = new ResizeObserver(measure);
    for (const key of said.flatMap(({ zones }) => zones)) {
      const element = elements.get(key);
      if (element) sizes.observe(element);
    }
    measure();
    return () => sizes.disconnect();
  }, [said, elements]);
  return style;
};
