import type { FileChange } from '../../contract/result.ts';

/** A changed path with both of its texts. */
export interface ChangedFile {
  readonly change: FileChange;
  /** Empty where the file does not exist on that side. null: it is no text, or was not read. */
  readonly text: { readonly before: string; readonly after: string } | null;
}

/** A line that is on one side only, counted from 1 on that side. */
export interface ChangedLine {
  readonly line: number;
  /** Without the white space around it: a line that was only indented or moved is no change. */
  readonly text: string;
}

/** Lines of `there` that `here` does not have as often. */
const beyond = (here: readonly string[], there: readonly string[]): ChangedLine[] => {
  const known = new Map<string, number>();
  for (const line of here) known.set(line, (known.get(line) ?? 0) + 1);
  return there.flatMap((text, at) => {
    const left = known.get(text) ?? 0;
    if (left > 0) known.set(text, left - 1);
    return left > 0 || text === '' ? [] : [{ line: at + 1, text }];
  });
};

/** Not `trim`, which takes invisible characters for white space and would hide them. */
const trimmedLines = (text: string): string[] => text.split('\n').map((line) => line.replace(/^[ \t]+|[ \t\r]+$/g, ''));

/** Longer lines are generated; what is looked for with patterns stands further left, and a hostile one must not take minutes. */
export const LONGEST_LINE = 1_000;

const cutTo = (longest: number, lines: ChangedLine[]): ChangedLine[] => lines.map((each) => (each.text.length <= longest ? each : { ...each, text: each.text.slice(0, longest) }));

/** Lines that the result has and the base has not, as far as `longest` characters. */
export const addedLines = ({ text }: ChangedFile, longest = LONGEST_LINE): ChangedLine[] =>
  text === null ? [] : cutTo(longest, beyond(trimmedLines(text.before), trimmedLines(text.after)));

/** Lines that the base has and the result has not. */
export const removedLines = ({ text }: ChangedFile): ChangedLine[] => (text === null ? [] : cutTo(LONGEST_LINE, beyond(trimmedLines(text.after), trimmedLines(text.before))));

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the result still has the file. */
export const isThere = ({ change }: ChangedFile): boolean => change.newBlob !== null;

/** A line that a program does not run, in any of the usual languages; Rust's `#[…]` and a private field's `#name` are none. */
export const isComment = (line: string): boolean => /^(?:\/\/|\/\*|\*|#(?![[\w])|# |<!--|--\s|;;|"""|''')/.test(line);
