import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const TYPE: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a group of named fields',
  record: 'a group of names with values',
  null: 'empty',
};

/** What is counted of a thing that is too long or too short, by its kind; null: the thing itself is a number. */
const COUNTED: Readonly<Record<string, string>> = { string: 'character', array: 'entry', set: 'entry', map: 'entry' };

const amount = (origin: string, value: number | bigint): string => {
  const number = value.toLocaleString('en');
  const counted = COUNTED[origin];
  if (counted === undefined) return number;
  return `${number} ${value === 1 || value === 1n ? counted : counted === 'entry' ? 'entries' : `${counted}s`}`;
};

const oneOf = (values: readonly unknown[]): string => {
  const words = values.map(String);
  return words.length === 1 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
};

/** What the schema's author wrote of it; null: the library's own words, which begin with a capital letter. */
const written = (message: string): string | null => (/^[A-Z]/.test(message) ? null : message);

/**
 * What a schema found wrong with a value, in plain words that go on a sentence whose subject is the value's name: "must be a number".
 * The library's own messages speak of types and regular expressions.
 */
export const issueInWords = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.message.endsWith('received undefined') ? 'is missing' : `must be ${TYPE[issue.expected] ?? 'of another form'}`;
    case 'invalid_value':
      return `must be ${oneOf(issue.values)}`;
    case 'too_big':
      return `must ${COUNTED[issue.origin] === undefined ? 'be' : 'have'} ${issue.inclusive === false ? 'less than' : 'at most'} ${amount(issue.origin, issue.maximum)}`;
    case 'too_small':
      if (COUNTED[issue.origin] !== undefined && Number(issue.minimum) === 1) return 'must not be empty';
      return `must ${COUNTED[issue.origin] === undefined ? 'be' : 'have'} ${issue.inclusive === false ? 'more than' : 'at least'} ${amount(issue.origin, issue.minimum)}`;
    case 'unrecognized_keys':
      return `has no field ${oneOf(issue.keys)}`;
    case 'invalid_key':
      return 'is no name that can be used here';
    case 'invalid_union':
      return issue.discriminator === undefined ? 'has none of the forms that it can have' : 'is none of those there are';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_format':
      return written(issue.message) ?? 'has characters that cannot stand here';
    case 'invalid_element':
    case 'custom':
      return written(issue.message) ?? 'cannot be used as it is';
  }
};

/** Of a choice between forms, what is wrong with the one that was meant: an object is meant as one. */
export const meantOf = (issue: Issue): Issue[] => {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const meant = issue.errors.find((each) => each.some(({ code }) => code === 'unrecognized_keys')) ?? issue.errors.find((each) => !each.some(({ code }) => code === 'invalid_type')) ?? issue.errors.at(-1) ?? [];
  return meant.map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
};

/** The same with the name of what it is about: "limits.cpus must be a number". `whole`: how the whole is called. */
export const namedIssue = (issue: Issue, whole: string): string => {
  const words = issueInWords(issue);
  return `${issue.path.map(String).join('.') || whole}${/^(?:must|is|has|cannot)\b/.test(words) ? '' : ':'} ${words}`;
};

/** A field that does not exist, by its name. */
export const unknownField = (path: readonly PropertyKey[], key: string): string => `${[...path, key].map(String).join('.')}: there is no such field`;

/** All that is wrong with a value, each with its name. */
export const issuesInWords = (issues: readonly Issue[], whole: string): string[] =>
  issues.flatMap(meantOf).flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys.map((key) => unknownField(issue.path, key)) : [namedIssue(issue, whole)]));
