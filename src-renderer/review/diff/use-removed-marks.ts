import { useEffect } from 'react';
import type { Hunk } from '../../../src-main/contract/result.ts';
import type { ShownEditor } from './use-editor.ts';

/**
 * Marks the removed lines of excluded hunks where both sides are in one column. There they are no text of the editor that could
 * be decorated, but elements in the room between its lines: one for each change that removes lines, in the order of the changes.
 */
export const useRemovedMarks = ({ editor: of, pair, split }: ShownEditor, hunks: readonly Hunk[], out: ReadonlySet<string>): void => {
  useEffect(() => {
    const inside = of?.getModifiedEditor().getContainerDomNode();
    if (!of || !inside || !pair || split) return undefined;
    const outStarts = new Set(hunks.filter(({ id, oldLines }) => out.has(id) && oldLines > 0).map(({ oldStart }) => oldStart));
    const parts = [
      { room: inside.querySelector('.view-zones'), removed: 'line-delete' },
      { room: inside.querySelector('.margin-view-zones'), removed: 'inline-deleted-margin-view-zone' },
    ];
    const mark = (): void => {
      const removing = of.getLineChanges()?.filter(({ originalEndLineNumber }) => originalEndLineNumber > 0) ?? [];
      for (const { room, removed } of parts) {
        const elements = [...(room?.children ?? [])].filter(({ classList }) => classList.contains(removed));
        // While the editor makes them anew there are others; it tells when it is done.
        if (elements.length !== removing.length) continue;
        elements.forEach((element, at) => element.classList.toggle('out-removed', outStarts.has(removing[at]?.originalStartLineNumber ?? 0)));
      }
    };
    const changed = new MutationObserver(mark);
    for (const { room } of parts) if (room) changed.observe(room, { childList: true });
    const compared = of.onDidUpdateDiff(mark);
    mark();
    return () => {
      changed.disconnect();
      compared.dispose();
    };
  }, [of, pair, split, hunks, out]);
};
