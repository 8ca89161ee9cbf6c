import { stringify } from 'yaml';
import { z } from 'zod';
import { briefText, type BriefText } from '../contract/brief.ts';
import type { Fault } from '../contract/fault.ts';
import { issuesInWords } from './issue-in-words.ts';
import { readYaml } from './yaml-text.ts';

/** The parts of a brief that are prose: sections of the file, in this order. The rest is front matter. */
const SECTIONS = { Goal: 'goal', Context: 'context', Constraints: 'constraints', 'Stop when': 'stopCondition' } as const;
type Heading = keyof typeof SECTIONS;
const HEADING = /^(\\*)## (Goal|Context|Constraints|Stop when)$/;

/** Version of the file format. */
const FORMAT = 1;

const frontMatter = briefText
  .omit({ goal: true, context: true, constraints: true, stopCondition: true })
  .extend({ drydock: z.literal(FORMAT).optional() });

export type ParsedBrief = { readonly ok: true; readonly text: BriefText } | { readonly ok: false; readonly fault: Fault };

/** `line`: of the file, from 1, where one is to blame. */
const wrong = (message: string, line: number | null = null): ParsedBrief => ({
  ok: false,
  fault: {
    code: 'invalid',
    message: `This is no brief that can be read: ${line === null ? '' : `line ${line}: `}${message}`,
    next: 'Correct it there; a brief that is exported shows which fields there are.',
    ...(line !== null && { detail: { line } }),
  },
});

/** A line of prose that looks like one of our headings gets one more backslash, and loses it on reading. */
const escapeHeadings = (prose: string): string => prose.replaceAll(/^(?=\\*## (?:Goal|Context|Constraints|Stop when)$)/gm, '\\');

const PROSE = new Set<string>(Object.values(SECTIONS));

/** Writes a brief as Markdown with YAML front matter; `parseBriefFile` gives the same brief back. */
export const writeBriefFile = (text: BriefText): string => {
  const settings = Object.entries(text).filter(([field]) => !PROSE.has(field));
  const front = stringify({ drydock: FORMAT, ...Object.fromEntries(settings) }, { lineWidth: 0 });
  const sections = Object.entries(SECTIONS)
    .filter(([, field]) => text[field] !== '')
    .map(([heading, field]) => `## ${heading}\n\n${escapeHeadings(text[field])}\n\n`);
  return `---\n${front}---\n\n${sections.join('')}`;
};

const splitFront = (file: string): { front: string; body: string } | null => {
  if (!file.startsWith('---\n')) return { front: '', body: file };
  const end = file.indexOf('\n---\n', 3);
  if (end >= 0) return { front: file.slice(4, end + 1), body: file.slice(end + 5) };
  return file.endsWith('\n---') ? { front: file.slice(4, -3), body: '' } : null;
};

const readSections = (body: string): Partial<Record<Heading, string>> | null => {
  const sections: Partial<Record<Heading, string>> = {};
  let current: Heading | null = null;
  let lines: string[] = [];
  const close = (end: RegExp): void => {
    // What writing puts around the prose: an empty line before it and one after it.
    if (current !== null) sections[current] = lines.join('\n').replace(/^\n/, '').replace(end, '');
    lines = [];
  };
  for (const line of body.split('\n')) {
    const found = HEADING.exec(line);
    if (found?.[1] === '') {
      if (current === null && lines.join('').trim() !== '') return null;
      close(/\n$/);
      current = found[2] as Heading;
      if (current in sections) return null;
    } else lines.push(found ? line.slice(1) : line);
  }
  close(/\n\n?$/);
  return sections;
};

/** A file without our headings: its first line is the goal, the rest the context. */
const readFreely = (body: string): Partial<Record<Heading, string>> => {
  const [first = '', ...rest] = body.trim().split('\n');
  return { Goal: first.replace(/^#+ */, ''), Context: rest.join('\n').trim() };
};

/** Where in a brief something is wrong, and what. */
const inWords = (error: z.ZodError): string => `${issuesInWords(error.issues, 'the front matter').slice(0, 8).join('; ')}.`;

/** Reads a brief file. Fields that do not exist, or have the wrong form, are refused by name. */
export const parseBriefFile = (markdown: string): ParsedBrief => {
  const file = markdown.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const parts = splitFront(file);
  if (parts === null) return wrong('the front matter has no end (a line with only ---).');
  const yaml = readYaml(parts.front);
  // The front matter begins on the file's second line.
  const inFile = (line: number | null): number | null => (line === null ? null : line + 1);
  if (!yaml.ok) return wrong(yaml.problem.message, inFile(yaml.problem.line));
  const front = frontMatter.safeParse(yaml.value);
  if (!front.success) {
    const [first] = front.error.issues;
    return wrong(inWords(front.error), inFile(yaml.lineOf(first?.path ?? [], first?.code === 'unrecognized_keys' ? first.keys[0] : undefined)));
  }
  const hasHeadings = parts.body.split('\n').some((line) => HEADING.exec(line)?.[1] === '');
  const sections = hasHeadings ? readSections(parts.body) : readFreely(parts.body);
  if (sections === null) return wrong('a section stands twice, or there is text before the first one.');
  const { drydock: _format, ...settings } = front.data;
  const prose = Object.fromEntries(Object.entries(SECTIONS).map(([heading, field]) => [field, sections[heading as Heading] ?? '']));
  const text = briefText.safeParse({ ...settings, ...prose });
  return text.success ? { ok: true, text: text.data } : wrong(inWords(text.error));
};
