import type { FileChange } from '../../contract/result.ts';

/** A changed path with both of its texts. */
export interface ChangedFile {
  readonly change: FileChange;
  /** Empty where the file does not exist on that side. null: it is no text, or was not read. */
  readonly text: { readonly before: string; readonly after: string } | null;
  /** The result's first bytes, of what is called like a picture; absent: they were not read. */
  readonly head?: Uint8Array;
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

const cut = (lines: readonly ChangedLine[]): readonly ChangedLine[] => lines.map((each) => (each.text.length <= LONGEST_LINE ? each : { ...each, text: each.text.slice(0, LONGEST_LINE) }));

interface Difference {
  readonly added: readonly ChangedLine[];
  readonly removed: readonly ChangedLine[];
  /** As they are, whatever their length. */
  readonly whole: readonly ChangedLine[];
}

/** Each file is compared once, for all kinds. */
const compared = new WeakMap<ChangedFile, Difference>();

const differenceOf = (file: ChangedFile): Difference => {
  const known = compared.get(file);
  if (known !== undefined) return known;
  const [before, after] = file.text === null ? [[], []] : [trimmedLines(file.text.before), trimmedLines(file.text.after)];
  const whole = beyond(before, after);
  const difference = { whole, added: cut(whole), removed: cut(beyond(after, before)) };
  compared.set(file, difference);
  return difference;
};

/** Lines that the result has and the base has not, as far as they are looked at with patterns. */
export const addedLines = (file: ChangedFile): readonly ChangedLine[] => differenceOf(file).added;

/** The same, to their ends: for patterns that take as long as the line, and no longer. */
export const wholeAddedLines = (file: ChangedFile): readonly ChangedLine[] => differenceOf(file).whole;

/** Lines that the base has and the result has not. */
export const removedLines = (file: ChangedFile): readonly ChangedLine[] => differenceOf(file).removed;

export const fileName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Whether the result still has the file. */
export const isThere = ({ change }: ChangedFile): boolean => change.newBlob !== null;

/** A line that a program does not run, in any of the usual languages; Rust's `#[…]` and a private field's `#name` are none. */
export const isComment = (line: string): boolean => /^(?:\/\/|\/\*|\*|#(?![[\w])|# |<!--|--\s|;;|"""|''')/.test(line);
