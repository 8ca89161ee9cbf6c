import type { LogReader } from './log-reader.ts';

/** Most matches that are kept. */
const MOST = 10_000;
/** Lines looked at between two breaths of the window. */
const AT_ONCE = 2_000;

/** Numbers of the lines that hold a text, whatever its case, told as they are found. */
export const findInLog = async (reader: LogReader, text: string, signal: AbortSignal, found: (lines: readonly number[]) => void): Promise<void> => {
  const wanted = text.toLowerCase();
  const matches: number[] = [];
  for (let line = 0; line < reader.lines.count && matches.length < MOST; line += 1) {
    if ((reader.text(line) ?? (await reader.loadText(line))).toLowerCase().includes(wanted)) matches.push(line);
    if (line % AT_ONCE !== AT_ONCE - 1) continue;
    found([...matches]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    if (signal.aborted) return;
  }
  if (!signal.aborted) found(matches);
};
