/** A pattern that finds a text as it is typed, whatever its case unless that counts. null: nothing to look for. */
export const findPattern = (text: string, matchCase: boolean): RegExp | null =>
  text === '' ? null : new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), matchCase ? 'gu' : 'giu');
