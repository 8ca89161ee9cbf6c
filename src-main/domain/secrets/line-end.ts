/** A value without the line break that programs and editors leave behind a single line. One of several lines, as a key, stays as it is. */
export const withoutLineEnd = (text: string): string => (/^[^\n]*\n$/.test(text) ? text.replace(/\r?\n$/, '') : text);
