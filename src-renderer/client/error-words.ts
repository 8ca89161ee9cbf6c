/** Words that a line with a failure has. What stands in a path or in a longer name ("error.ts", "no-error") is none. */
const WORDS = [
  'errors?',
  'err!',
  'fail(?:ed|ure|ures|s)?',
  'fatal',
  'panic(?:ked)?',
  'exception',
  'traceback',
  'aborted',
  'core dumped',
  'segmentation fault',
  'command not found',
  'permission denied',
  'no such file or directory',
  'out of memory',
].join('|');

export const ERROR_PATTERN = new RegExp(`(?<![\\w/\\\\-])[a-z]{1,40}(?:error|exception)(?=:)|(?<![\\w/.\\\\-])(?:${WORDS})(?![\\w/\\\\-]|\\.\\w)|^\\s{0,16}(?:[✖✗✘]|not ok\\b)`, 'gimu');

/** What says that there was none: "0 failed", "no errors", "errors: 0". */
const NONE = /\b(?:0|no|without|zero)\s+(?:\w+\s+)?(?:errors?|fail(?:ed|ures?|s)?|exceptions?)\b|\b(?:errors?|fail(?:ed|ures?|s)?)\s*[:=]\s*0\b(?!\.)/giu;

/** Whether a line looks like an error or a failure. A guess from its words, for jumping: it decides nothing. */
export const looksLikeError = (line: string): boolean => {
  ERROR_PATTERN.lastIndex = 0;
  if (!ERROR_PATTERN.test(line)) return false;
  const rest = line.replace(NONE, '');
  ERROR_PATTERN.lastIndex = 0;
  return rest === line || ERROR_PATTERN.test(rest);
};
