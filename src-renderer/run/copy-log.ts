import { plainText } from './ansi.ts';
import type { LogReader } from './log-reader.ts';
import { orderOf, partOf, type Selection } from './log-selection.ts';
import type { StreamRows } from './stream-rows.ts';

/** Most characters that are copied; what is larger is for a file. */
export const MOST_COPIED = 8_000_000;

export interface Copied {
  readonly text: string;
  readonly lines: number;
  /** There was more than is copied at once. */
  readonly cut: boolean;
}

/** The selected text of the log, clean: no escapes, numbers or times, and nothing of folded parts. */
export const copiedText = async (reader: LogReader, rows: StreamRows, folded: ReadonlySet<string>, selection: Selection): Promise<Copied> => {
  const { from, to } = orderOf(selection);
  const parts: string[] = [];
  let size = 0;
  for (let line = from.line; line <= to.line; line += 1) {
    const section = rows.sectionOf(line);
    if (section && folded.has(section.key)) {
      line = section.to - 1;
      continue;
    }
    const text = plainText((await reader.loadLine(line)).raw);
    const part = partOf(selection, line, text.length);
    const taken = part ? text.slice(part.from, part.to) : '';
    size += taken.length + 1;
    if (size > MOST_COPIED) return { text: parts.join('\n'), lines: parts.length, cut: true };
    parts.push(taken);
  }
  return { text: parts.join('\n'), lines: parts.length, cut: false };
};
