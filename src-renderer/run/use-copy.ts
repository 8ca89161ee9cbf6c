import { useCallback } from 'react';
import { faultOf } from '../client/fault-of.ts';
import { count } from '../ui/format.ts';
import { showDone, showFault } from '../ui/toast.tsx';
import { copiedText, MOST_COPIED } from './copy-log.ts';
import type { LogReader } from './log-reader.ts';
import type { Selection } from './log-selection.ts';
import type { StreamRows } from './stream-rows.ts';

/** Puts selected text of the log on the clipboard, and says how much that was. */
export const useCopy = (reader: LogReader, rows: StreamRows, folded: ReadonlySet<string>): ((selection: Selection) => void) =>
  useCallback(
    (selection) => {
      const copy = async (): Promise<void> => {
        const { text, lines, cut } = await copiedText(reader, rows, folded, selection);
        await navigator.clipboard.writeText(text);
        if (cut) showFault({ message: `Only the first ${count(lines, 'line')} were copied: more than ${MOST_COPIED / 1_000_000} million characters do not go onto the clipboard.`, next: 'Download the log to have all of it.' });
        else showDone(`${count(lines, 'line')} copied.`);
      };
      copy().catch((error: unknown) => showFault(faultOf(error)));
    },
    [reader, rows, folded],
  );
