/** A place in the text of a line: before its nth character as it is shown. */
export interface TextPlace {
  readonly line: number;
  readonly at: number;
}

export interface Selection {
  /** Where it began, and where it was drawn to. */
  readonly anchor: TextPlace;
  readonly focus: TextPlace;
}

const isBefore = (a: TextPlace, b: TextPlace): boolean => a.line < b.line || (a.line === b.line && a.at <= b.at);

/** Start and end of a selection, whichever way it was drawn. */
export const orderOf = ({ anchor, focus }: Selection): { readonly from: TextPlace; readonly to: TextPlace } =>
  isBefore(anchor, focus) ? { from: anchor, to: focus } : { from: focus, to: anchor };

export const isEmpty = ({ anchor, focus }: Selection): boolean => anchor.line === focus.line && anchor.at === focus.at;

/** The part of a line that is selected, as character positions; null: none of it. */
export const partOf = (selection: Selection, line: number, length: number): { readonly from: number; readonly to: number } | null => {
  const { from, to } = orderOf(selection);
  if (line < from.line || line > to.line) return null;
  return { from: line === from.line ? Math.min(from.at, length) : 0, to: line === to.line ? Math.min(to.at, length) : length };
};

const WORD = /[\p{L}\p{N}_./:@-]/u;

/** The word around a place, as a double click takes it. */
export const wordAround = (text: string, at: number): { readonly from: number; readonly to: number } => {
  let from = at;
  let to = at;
  while (from > 0 && WORD.test(text[from - 1] ?? '')) from -= 1;
  while (to < text.length && WORD.test(text[to] ?? '')) to += 1;
  return from === to ? { from, to: Math.min(text.length, to + 1) } : { from, to };
};
